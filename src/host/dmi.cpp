#include "host/dmi.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "host/field.hpp"

namespace accel::host {
namespace {

constexpr std::size_t kHeader = 4;  // type, length, handle
constexpr std::uint8_t kEndOfTable = 127;

/// Splits the NUL-terminated strings behind a structure; they end with an empty one. Number of
/// bytes used, or nothing when the table ends first.
std::optional<std::size_t> take_strings(std::span<const std::uint8_t> bytes,
                                        std::vector<std::string_view>& strings) {
  std::size_t at = 0;
  for (;;) {
    const auto rest = bytes.subspan(at);
    const auto end = std::ranges::find(rest, std::uint8_t{0});
    if (end == rest.end()) return std::nullopt;
    const auto length = static_cast<std::size_t>(end - rest.begin());
    at += length + 1;
    if (length > 0) {
      // The bytes are characters by the specification.
      strings.emplace_back(reinterpret_cast<const char*>(rest.data()), length);
      continue;
    }
    // A structure without strings has two NULs.
    if (!strings.empty()) return at;
    if (at >= bytes.size() || bytes[at] != 0) return std::nullopt;
    return at + 1;
  }
}

Error cut_off(std::size_t offset) {
  return {Errc::malformed, "SMBIOS tables: cut off at byte " + std::to_string(offset), {}, {}};
}

// Table 76, "Memory Device: Type". The first two mean that the firmware does not know.
std::string memory_type(std::uint8_t number) {
  struct Row {
    std::uint8_t number;
    std::string_view name;
  };
  constexpr std::array kTypes{
      Row{0x03, "DRAM"},
      Row{0x0f, "SDRAM"},
      Row{0x12, "DDR"},
      Row{0x13, "DDR2"},
      Row{0x14, "DDR2 FB-DIMM"},
      Row{0x18, "DDR3"},
      Row{0x19, "FBD2"},
      Row{0x1a, "DDR4"},
      Row{0x1b, "LPDDR"},
      Row{0x1c, "LPDDR2"},
      Row{0x1d, "LPDDR3"},
      Row{0x1e, "LPDDR4"},
      Row{0x1f, "logical non-volatile"},
      Row{0x20, "HBM"},
      Row{0x21, "HBM2"},
      Row{0x22, "DDR5"},
      Row{0x23, "LPDDR5"},
      Row{0x24, "HBM3"},
  };
  const auto* const found = std::ranges::find(kTypes, number, &Row::number);
  return found == kTypes.end() ? std::string{} : std::string(found->name);
}

/// Table 75, "Memory Device: Size" and "Extended Size".
std::optional<std::int64_t> memory_size(const DmiStructure& device) {
  const auto size = device.number<std::uint16_t>(0x0c);
  if (!size || *size == 0xffff) return std::nullopt;
  if (*size == 0x7fff) {
    const auto extended = device.number<std::uint32_t>(0x1c);
    if (!extended) return std::nullopt;
    return static_cast<std::int64_t>(*extended & 0x7fffffffU) << 20U;
  }
  const std::int64_t amount = *size & 0x7fffU;
  return (*size & 0x8000U) != 0 ? amount << 10U : amount << 20U;
}

/// MT/s; 0 is "unknown", 0xffff points to the wide field of version 3.3.
std::optional<std::int64_t> memory_speed(const DmiStructure& device, std::size_t offset,
                                         std::size_t wide_offset) {
  const auto speed = device.number<std::uint16_t>(offset);
  if (!speed || *speed == 0) return std::nullopt;
  if (*speed != 0xffff) return *speed;
  const auto wide = device.number<std::uint32_t>(wide_offset);
  if (!wide || (*wide & 0x7fffffffU) == 0) return std::nullopt;
  return static_cast<std::int64_t>(*wide & 0x7fffffffU);
}

DmiMemoryDevice memory_device(const DmiStructure& structure) {
  DmiMemoryDevice device;
  device.slot = structure.text(0x10);
  device.bank = structure.text(0x11);
  device.size = memory_size(structure);
  device.type = memory_type(structure.number<std::uint8_t>(0x12).value_or(0));
  device.speed_mts = memory_speed(structure, 0x15, 0x54);
  device.configured_speed_mts = memory_speed(structure, 0x20, 0x58);
  device.manufacturer = structure.text(0x17);
  device.part_number = structure.text(0x1a);
  // Table 80, "Memory Technology": 4 to 6 are NVDIMMs, 7 is Optane.
  const auto technology = structure.number<std::uint8_t>(0x28).value_or(0);
  device.persistent = technology >= 4 && technology <= 7;
  return device;
}

/// Table 74, "Memory Array: Error Correction Types"; only for arrays used as system memory (3).
std::string error_correction(const DmiStructure& array) {
  constexpr std::array<std::string_view, 8> kNames{
      "", "", "", "none", "parity", "single-bit ECC", "multi-bit ECC", "CRC"};
  if (array.number<std::uint8_t>(0x05) != 3) return {};
  const auto number = array.number<std::uint8_t>(0x06).value_or(0);
  return number < kNames.size() ? std::string(kNames.at(number)) : std::string{};
}

void add(const DmiStructure& structure, DmiTables& tables) {
  const auto first = [](std::string& field, std::string text) {
    if (field.empty()) field = std::move(text);
  };
  switch (structure.type) {
    case 0: first(tables.bios_version, structure.text(0x05)); break;
    case 1:
      first(tables.manufacturer, structure.text(0x04));
      first(tables.product, structure.text(0x05));
      break;
    case 2: first(tables.board, structure.text(0x05)); break;
    case 4:
      if (auto version = structure.text(0x10); !version.empty()) {
        tables.cpu_versions.push_back(std::move(version));
      }
      break;
    case 16: first(tables.error_correction, error_correction(structure)); break;
    case 17: tables.memory_devices.push_back(memory_device(structure)); break;
    default: break;
  }
}

}  // namespace

bool is_placeholder(std::string_view text) {
  // Seen in the tables of AMI, Insyde and Phoenix firmware (linuxhw/DMI collection).
  constexpr std::array<std::string_view, 16> kPlaceholders{"to be filled by o.e.m.",
                                                           "default string",
                                                           "not specified",
                                                           "not available",
                                                           "unknown",
                                                           "undefined",
                                                           "none",
                                                           "n/a",
                                                           "o.e.m.",
                                                           "oem",
                                                           "system manufacturer",
                                                           "system product name",
                                                           "no dimm",
                                                           "[empty]",
                                                           "empty",
                                                           "xxxxxxxx"};
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kPlaceholders, lower) != kPlaceholders.end();
}

std::string DmiStructure::text(std::size_t offset) const {
  const auto index = number<std::uint8_t>(offset).value_or(0);
  if (index == 0 || index > strings.size()) return {};
  const auto text = trimmed(strings[index - 1]);
  return !is_plain_text(text) || is_placeholder(text) ? std::string{} : std::string(text);
}

Result<std::vector<DmiStructure>> parse_dmi(std::span<const std::uint8_t> bytes) {
  std::vector<DmiStructure> structures;
  std::size_t at = 0;
  // Zeros behind the last structure are padding.
  while (at < bytes.size() &&
         std::ranges::any_of(bytes.subspan(at), [](auto b) { return b != 0; })) {
    const auto rest = bytes.subspan(at);
    if (rest.size() < kHeader || rest[1] < kHeader || rest[1] > rest.size()) return cut_off(at);
    DmiStructure structure;
    structure.type = rest[0];
    structure.handle = static_cast<std::uint16_t>(rest[2] | rest[3] << 8);
    structure.formatted = rest.first(rest[1]);
    const auto used = take_strings(rest.subspan(rest[1]), structure.strings);
    if (!used) return cut_off(at);
    at += rest[1] + *used;
    const bool last = structure.type == kEndOfTable;
    structures.push_back(std::move(structure));
    if (last) break;
  }
  return structures;
}

Result<DmiTables> read_dmi_tables(std::span<const std::uint8_t> bytes) {
  const auto structures = parse_dmi(bytes);
  if (!structures) return structures.error();
  if (structures->empty()) return Error{Errc::malformed, "SMBIOS tables: empty", {}, {}};
  DmiTables tables;
  for (const auto& structure : *structures) add(structure, tables);
  return tables;
}

}  // namespace accel::host
