// The tables of pp_od_clk_voltage and gpu_od/fan_ctrl/*, in every dialect: sections of rows, and
// the ranges within which they may be set. It knows the form, and no section by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::amd {

struct OverdriveValue {
  std::int64_t number = 0;
  std::string unit;  ///< lower case: "mhz", "mv", "c", "%"; empty where none is printed
};

struct OverdriveRow {
  std::optional<int> index;  ///< none for a value that stands alone: "-50mV"
  std::vector<OverdriveValue> values;
};

struct OverdriveSection {
  std::string name;  ///< as printed, without colon: "OD_SCLK", "CCLK_RANGE in Core0"
  std::vector<OverdriveRow> rows;
};

struct OverdriveRange {
  std::string name;  ///< "SCLK", "FAN_CURVE(hotspot temp)"
  OverdriveValue low, high;
};

struct OverdriveTable {
  std::vector<OverdriveSection> sections;
  std::vector<OverdriveRange> ranges;

  [[nodiscard]] const OverdriveSection* section(std::string_view name) const;
  [[nodiscard]] const OverdriveRange* range(std::string_view name) const;
};

/// `malformed` for a line that is neither header, row nor range. An empty text is an empty table:
/// Van Gogh prints nothing unless the level is manual.
[[nodiscard]] Result<OverdriveTable> parse_overdrive(std::string_view text);

}  // namespace accel::amd
