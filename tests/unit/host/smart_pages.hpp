// Health pages of disks with chosen values.
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace accel::testing {

struct NvmePage {
  std::uint8_t warning = 0;
  std::uint16_t kelvin = 313;
  std::uint8_t spare = 100;
  std::uint8_t threshold = 10;
  std::uint8_t used = 3;
  std::uint32_t hours = 1234;
  std::uint8_t media_errors = 0;

  [[nodiscard]] std::vector<std::uint8_t> bytes() const {
    std::vector<std::uint8_t> page(512);
    page[0] = warning;
    page[1] = static_cast<std::uint8_t>(kelvin & 0xffU);
    page[2] = static_cast<std::uint8_t>(kelvin >> 8U);
    page[3] = spare;
    page[4] = threshold;
    page[5] = used;
    for (unsigned i = 0; i < 4; ++i) {
      page[128 + i] = static_cast<std::uint8_t>(hours >> (8U * i) & 0xffU);
    }
    page[160] = media_errors;
    return page;
  }
};

class AtaPage {
 public:
  AtaPage() : bytes_(512) { bytes_[0] = 0x10; }

  AtaPage& attribute(std::uint8_t number, std::uint8_t current, std::uint64_t raw) {
    const std::size_t at = 2 + 12 * rows_++;
    bytes_[at] = number;
    bytes_[at + 3] = current;
    for (unsigned i = 0; i < 6; ++i) {
      bytes_[at + 5 + i] = static_cast<std::uint8_t>(raw >> (8U * i) & 0xffU);
    }
    return *this;
  }
  [[nodiscard]] std::vector<std::uint8_t> bytes() const {
    auto page = bytes_;
    const unsigned sum = std::accumulate(page.begin(), page.end(), 0U);
    page[511] = static_cast<std::uint8_t>(256 - sum % 256);
    return page;
  }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t rows_ = 0;
};

}  // namespace accel::testing
