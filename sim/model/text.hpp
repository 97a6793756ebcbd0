// A text of bounded length that can live in shared memory: no pointer, always terminated.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace accel::sim {

template <std::size_t N>
struct Text {
  char bytes[N];

  [[nodiscard]] std::string_view view() const { return {bytes, ::strnlen(bytes, N - 1)}; }
  [[nodiscard]] bool empty() const { return bytes[0] == '\0'; }

  /// Cuts what does not fit.
  void set(std::string_view value) {
    const std::size_t length = std::min(value.size(), N - 1);
    std::memcpy(bytes, value.data(), length);
    std::memset(bytes + length, 0, N - length);
  }
};

}  // namespace accel::sim
