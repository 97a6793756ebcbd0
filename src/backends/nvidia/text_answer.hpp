// Room for a text that a vendor's function writes, and the judgement whether it wrote one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "accel/result.hpp"

namespace accel::nvidia {

/// More than every buffer size that nvml.h names (NVML_DEVICE_NAME_V2_BUFFER_SIZE is 96).
inline constexpr std::size_t kTextRoom = 128;

class TextBuffer {
 public:
  [[nodiscard]] char* data() { return room_.data(); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(room_.size()); }
  /// What was written: printable ASCII that ends within the buffer, else `malformed`;
  /// operation_not_supported for an empty text.
  [[nodiscard]] Result<std::string> text(std::string_view function) const;

 private:
  std::array<char, kTextRoom> room_{};
};

}  // namespace accel::nvidia
