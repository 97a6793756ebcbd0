// What callers of the facade know of vendors by name: their order and their framework's word.
#pragma once

#include <string>
#include <string_view>

namespace accel::facade {

/// Position in the order of vendors; those that are not named there share the last.
[[nodiscard]] std::size_t vendor_rank(std::string_view vendor);

/// "cuda:1", "mps"; "<vendor>:1" in lower case for a vendor without a word of its own.
[[nodiscard]] std::string framework_device(std::string_view vendor, int device_id);

[[nodiscard]] std::string lower(std::string_view text);

}  // namespace accel::facade
