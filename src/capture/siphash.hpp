// SipHash-2-4 (Aumasson and Bernstein, 2012): a hash that nobody can search backwards who does not
// know its key.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace accel::capture {

using Key = std::array<std::uint64_t, 2>;

[[nodiscard]] std::uint64_t siphash(const Key& key, std::string_view bytes);

}  // namespace accel::capture
