#include "capture/firmware_tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace accel::capture {
namespace {

std::uint8_t byte_at(std::string_view bytes, std::size_t offset) {
  return offset < bytes.size() ? static_cast<std::uint8_t>(bytes[offset]) : std::uint8_t{0};
}

std::uint32_t word_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t word = 0;
  for (std::size_t i = 4; i-- > 0;) word = word << 8U | byte_at(bytes, offset + i);
  return word;
}

/// A field that holds the number of a string (DMTF DSP0134 3.7, section 7).
struct StringField {
  std::uint8_t type;
  std::uint8_t offset;
};
constexpr std::array kSerialFields{
    StringField{1, 0x07},                          // system: serial number
    StringField{2, 0x07},  StringField{2, 0x08},   // board: serial number, asset tag
    StringField{3, 0x07},  StringField{3, 0x08},   // chassis
    StringField{4, 0x20},  StringField{4, 0x21},   // processor
    StringField{17, 0x18}, StringField{17, 0x19},  // memory device
    StringField{22, 0x07},                         // portable battery
    StringField{39, 0x08}, StringField{39, 0x09},  // power supply
    StringField{43, 0x10},                         // TPM: free text of its maker
};
constexpr std::uint8_t kSystem = 1;
constexpr std::size_t kUuidOffset = 8;
constexpr std::size_t kUuidSize = 16;
constexpr std::uint8_t kOemStrings = 11;
constexpr std::uint8_t kConfigurationOptions = 12;
constexpr std::uint8_t kFirstOem = 128;
constexpr std::size_t kHeader = 4;

bool is_serial(std::uint8_t type, std::string_view formatted, std::uint8_t string_number) {
  if (type == kOemStrings || type == kConfigurationOptions || type >= kFirstOem) return true;
  return std::ranges::any_of(kSerialFields, [&](const StringField& field) {
    return field.type == type && byte_at(formatted, field.offset) == string_number;
  });
}

std::string hidden_bytes(std::string_view bytes, const Pseudonyms& pseudonyms) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += kHex[static_cast<std::uint8_t>(c) >> 4U];
    text += kHex[static_cast<std::uint8_t>(c) & 0xFU];
  }
  const std::string chosen = pseudonyms.alike(text);
  std::string made;
  for (std::size_t i = 0; i + 1 < chosen.size(); i += 2) {
    made += static_cast<char>(kHex.find(chosen[i]) << 4U | kHex.find(chosen[i + 1]));
  }
  return made;
}

std::string scrubbed_formatted(std::uint8_t type, std::string_view formatted,
                               const Pseudonyms& pseudonyms) {
  std::string made(formatted);
  if (type >= kFirstOem) std::fill(made.begin() + kHeader, made.end(), '\0');
  if (type == kSystem && made.size() >= kUuidOffset + kUuidSize) {
    made.replace(kUuidOffset, kUuidSize,
                 hidden_bytes(formatted.substr(kUuidOffset, kUuidSize), pseudonyms));
  }
  return made;
}

}  // namespace

std::string scrubbed_dmi(std::string_view table, const Pseudonyms& pseudonyms) {
  std::string made;
  std::size_t at = 0;
  while (at + kHeader <= table.size()) {
    const std::uint8_t type = byte_at(table, at);
    const std::size_t length = byte_at(table, at + 1);
    if (length < kHeader || at + length + 2 > table.size()) break;
    const auto formatted = table.substr(at, length);
    made += scrubbed_formatted(type, formatted, pseudonyms);
    std::size_t text = at + length;
    // The strings end with an empty one; where there are none, two zeros stand in their place.
    for (std::uint8_t number = 1; text < table.size() && table[text] != '\0'; ++number) {
      const auto string = table.substr(text, table.substr(text).find('\0'));
      made += is_serial(type, formatted, number) ? pseudonyms.alike(string) : std::string(string);
      made += '\0';
      text += string.size() + 1;
    }
    if (text == at + length) {
      made += '\0';
      ++text;
    }
    made += '\0';
    at = text + 1;
  }
  made.resize(table.size(), '\0');
  return made;
}

std::string scrubbed_pci_config(std::string_view config, const Pseudonyms& pseudonyms) {
  // PCI Express Base Specification, extended capabilities: from 0x100 on, a header of id (16 bits),
  // version (4) and the offset of the next (12). Device Serial Number: id 3, 8 bytes behind it.
  constexpr std::size_t kFirst = 0x100;
  constexpr std::uint32_t kSerialNumber = 3;
  constexpr std::size_t kSerialSize = 8;
  constexpr int kMost = 256;
  std::string made(config);
  std::size_t at = kFirst;
  for (int i = 0; i < kMost && at >= kFirst && at + 4 + kSerialSize <= config.size(); ++i) {
    const std::uint32_t header = word_at(config, at);
    if ((header & 0xFFFFU) == kSerialNumber) {
      made.replace(at + 4, kSerialSize,
                   hidden_bytes(config.substr(at + 4, kSerialSize), pseudonyms));
    }
    at = header >> 20U;
  }
  return made;
}

}  // namespace accel::capture
