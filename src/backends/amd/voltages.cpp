// Voltages of the rails, and what was set to be added to that of the engines.
#include <array>
#include <string>

#include "backends/amd/overdrive.hpp"
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

/// The sensor inN with that label. 0 is a reading: the rail is off.
Reading<Voltage> sensor(const Sampling& sampling, std::string_view label) {
  if (!sampling.sensors()) return sampling.sensor("in0_input", kMillivolts);
  for (int number = 0; number <= 2; ++number) {
    const std::string prefix = "in" + std::to_string(number) + "_";
    const auto text = sampling.sensors()->text(prefix + "label");
    if (text && *text == label) return sampling.sensor(prefix + "input", kMillivolts);
  }
  const std::string source = sampling.sensors()->source("in*_label");
  return {
      Absence{ReadingStatus::unsupported, source + ": no sensor '" + std::string(label) + "'", ""},
      source};
}

Reading<Voltage> offset(const Sampling& sampling) {
  const std::string source = sampling.device().source("pp_od_clk_voltage");
  const auto text = Sampling::text(sampling.device(), "pp_od_clk_voltage");
  if (!text) return sampling.reading<Voltage>(text.error(), source);
  const auto table = parse_overdrive(*text);
  if (!table) return sampling.reading<Voltage>(annotate(source, table.error()), source);
  const OverdriveSection* section = table->section("OD_VDDGFX_OFFSET");
  if (section == nullptr || section->rows.empty() ||
      section->rows.front().values.front().unit != "mv") {
    return {Absence{ReadingStatus::unsupported, source + ": no section 'OD_VDDGFX_OFFSET'", ""},
            source};
  }
  constexpr Scale<Voltage> scale{-2'000, 2'000, "mV", kMillivolts.make};
  return sampling.reading<Voltage>(
      judged(scale, section->rows.front().values.front().number, source), source);
}

}  // namespace

void read_voltages(Sampling& sampling) {
  sampling.set(
      metric::voltage,
      first_of({sensor(sampling, "vddgfx"),
                sampling.field({Field::voltage_gfx, Field::average_gfx_voltage}, kMillivolts)}));
  sampling.set(metric::voltage_soc,
               sampling.field({Field::voltage_soc, Field::average_soc_voltage}, kMillivolts));
  sampling.set(metric::voltage_memory, sampling.field(Field::voltage_mem, kMillivolts));
  sampling.set(metric::voltage_northbridge, sensor(sampling, "vddnb"));
  sampling.set(metric::voltage_board, sensor(sampling, "vddboard"));
  sampling.set(metric::voltage_offset, offset(sampling));
}

}  // namespace accel::amd
