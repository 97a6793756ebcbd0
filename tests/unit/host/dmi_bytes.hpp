// Builds the bytes of SMBIOS tables, structure by structure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace accel::testing {

class DmiBytes {
 public:
  /// `formatted` without the header; `strings` in the order of their numbers.
  DmiBytes& structure(std::uint8_t type, const std::string& formatted,
                      const std::vector<std::string>& strings) {
    bytes_ += static_cast<char>(type);
    bytes_ += static_cast<char>(formatted.size() + 4);
    bytes_ += std::string("\x01\x00", 2) + formatted;
    for (const auto& text : strings) bytes_ += text + '\0';
    bytes_ += strings.empty() ? std::string(2, '\0') : std::string(1, '\0');
    return *this;
  }

  /// Type 16: system memory with that kind of error correction.
  DmiBytes& memory_array(std::uint8_t correction) {
    std::string formatted(0x17 - 4, '\0');
    formatted[0x04 - 4] = 3;
    formatted[0x05 - 4] = 3;
    formatted[0x06 - 4] = static_cast<char>(correction);
    return structure(16, formatted, {});
  }

  /// Type 17 of version 3.3; rated for 5600 MT/s. 0 MiB is an empty socket.
  DmiBytes& ddr5(const std::string& slot, const std::string& bank, std::uint32_t mebibytes,
                 std::uint16_t configured) {
    std::string formatted(0x5c - 4, '\0');
    put16(formatted, 0x0c, mebibytes > 0x7ffe ? 0x7fff : static_cast<std::uint16_t>(mebibytes));
    formatted[0x10 - 4] = 1;
    formatted[0x11 - 4] = 2;
    formatted[0x12 - 4] = 0x22;
    put16(formatted, 0x15, 5600);
    formatted[0x17 - 4] = 3;
    formatted[0x1a - 4] = 4;
    put16(formatted, 0x1c, static_cast<std::uint16_t>(mebibytes & 0xffffU));
    put16(formatted, 0x1e, static_cast<std::uint16_t>(mebibytes >> 16U));
    put16(formatted, 0x20, configured);
    formatted[0x28 - 4] = 3;
    return structure(17, formatted, {slot, bank, "Samsung", "M321R4GA3BB6-CQKET  "});
  }

  [[nodiscard]] std::string end() {
    structure(127, "", {});
    return bytes_;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  static void put16(std::string& formatted, std::size_t offset, std::uint16_t value) {
    formatted[offset - 4] = static_cast<char>(value & 0xffU);
    formatted[offset - 3] = static_cast<char>(value >> 8U);
  }

 private:
  std::string bytes_;
};

}  // namespace accel::testing
