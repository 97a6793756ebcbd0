// The firmware's tables (DMTF DSP0134, SMBIOS reference specification 3.7): what they say of
// memory and processors. Parses bytes; where these come from is not known here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::host {

/// One structure of the tables. The views last as long as the bytes.
struct DmiStructure {
  std::uint8_t type = 0;
  std::uint16_t handle = 0;
  std::span<const std::uint8_t> formatted;  ///< with its header of 4 bytes
  std::vector<std::string_view> strings;

  /// Little endian; empty where the structure is of an older version and too short.
  template <class Number>
  [[nodiscard]] std::optional<Number> number(std::size_t offset) const {
    if (offset + sizeof(Number) > formatted.size()) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;) value = value << 8U | formatted[offset + i];
    return static_cast<Number>(value);
  }
  /// The string whose number is at `offset`; empty where there is none, where it is no text, or
  /// where the firmware's maker left a placeholder.
  [[nodiscard]] std::string text(std::size_t offset) const;
};

/// malformed when the bytes end inside a structure. Structures of types that we do not read are
/// there as well.
[[nodiscard]] Result<std::vector<DmiStructure>> parse_dmi(std::span<const std::uint8_t> bytes);

/// "To Be Filled By O.E.M." and its like: no statement of anything.
[[nodiscard]] bool is_placeholder(std::string_view text);

/// Type 17. Empty where the firmware does not know; a socket without a module has size 0.
struct DmiMemoryDevice {
  std::string slot;
  std::string bank;
  std::optional<std::int64_t> size;  ///< bytes
  std::string type;                  ///< "DDR5"
  std::optional<std::int64_t> speed_mts;
  std::optional<std::int64_t> configured_speed_mts;
  std::string manufacturer;
  std::string part_number;
  bool persistent = false;  ///< an NVDIMM or Optane module
};

struct DmiTables {
  std::vector<DmiMemoryDevice> memory_devices;
  std::string error_correction;  ///< type 16, of the system memory: "multi-bit ECC"
  std::string bios_version;      ///< type 0
  std::string manufacturer;      ///< type 1
  std::string product;
  std::string board;                      ///< type 2
  std::vector<std::string> cpu_versions;  ///< type 4: "Ampere(R) Altra(R) Processor"
};

[[nodiscard]] Result<DmiTables> read_dmi_tables(std::span<const std::uint8_t> bytes);

}  // namespace accel::host
