// The text of `lspci -nn`, for input that was recorded elsewhere; live machines are read from
// sysfs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accel {

struct LspciEntry {
  std::string slot;        ///< "01:00.0", as written
  std::string class_name;  ///< "VGA compatible controller"
  std::uint16_t class_code = 0;
  std::string name;  ///< "NVIDIA Corporation AD102 [GeForce RTX 4090]"
  std::uint16_t vendor_id = 0;
  std::uint16_t device_id = 0;

  /// Display controllers (03xx) and processing accelerators (12xx).
  [[nodiscard]] bool is_accelerator() const;
};

/// One entry a line; lines of another form are passed over.
[[nodiscard]] std::vector<LspciEntry> parse_lspci(std::string_view text);

}  // namespace accel
