// Temperatures and the limits they are held against.
#include <string>

#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

/// "temp2_" of the channel with that label; nothing where there is none. MI300 has no temp1.
std::optional<std::string> channel(const Sampling& sampling, std::string_view label) {
  if (!sampling.sensors()) return std::nullopt;
  for (int number = 1; number <= 3; ++number) {
    const std::string prefix = "temp" + std::to_string(number) + "_";
    const auto text = sampling.sensors()->text(prefix + "label");
    if (text && *text == label) return prefix;
  }
  return std::nullopt;
}

/// One sensor's files.
class Channel {
 public:
  /// A driver without labels (radeon) has one sensor, `unlabelled`.
  Channel(const Sampling& sampling, std::string_view label, std::string_view unlabelled = {})
      : sampling_(sampling), label_(label), prefix_(channel(sampling, label)) {
    if (prefix_ || !sampling.sensors() || unlabelled.empty()) return;
    const bool labels = sampling.sensors()->has(std::string(unlabelled) + "label");
    if (!labels) prefix_ = unlabelled;
  }

  [[nodiscard]] Reading<Temperature> read(std::string_view file) const {
    if (prefix_) return sampling_.sensor(*prefix_ + std::string(file), kMillidegrees);
    if (!sampling_.sensors()) return sampling_.sensor("temp1_input", kMillidegrees);
    const std::string source = sampling_.sensors()->source("temp*_label");
    return {Absence{ReadingStatus::unsupported, source + ": no sensor '" + label_ + "'", ""},
            source};
  }

 private:
  const Sampling& sampling_;
  std::string label_;
  std::optional<std::string> prefix_;
};

/// An RX 5500 XT has the channel and no sensor behind it: 0 always.
Reading<Temperature> memory(const Channel& channel) {
  Reading<Temperature> reading = channel.read("input");
  if (!reading || reading->value != 0) return reading;
  return {Absence{ReadingStatus::unsupported, reading.source() + " is 0: no sensor behind it", ""},
          reading.source(), reading.time()};
}

}  // namespace

void read_temperatures(Sampling& sampling) {
  const Channel edge(sampling, "edge", "temp1_");
  const Channel junction(sampling, "junction");
  const Channel mem(sampling, "mem");
  const auto hotspot =
      first_of({junction.read("input"), sampling.field(Field::temperature_hotspot, kDegrees)});
  // A GPU without an edge sensor (MI300) is known by its hottest point.
  const auto table = sampling.is_apu_table() ? sampling.field(Field::temperature_gfx, kCentidegrees)
                                             : sampling.field(Field::temperature_edge, kDegrees);
  sampling.set(metric::temperature, first_of({edge.read("input"), table, hotspot}));
  sampling.set(metric::temperature_hotspot, hotspot);
  sampling.set(metric::temperature_memory,
               first_of({memory(mem), sampling.field(Field::temperature_mem, kDegrees)}));
  sampling.set(metric::temperature_limit_critical, edge.read("crit"));
  sampling.set(metric::temperature_limit_shutdown, edge.read("emergency"));
  sampling.set(metric::temperature_limit_hotspot, junction.read("crit"));
  sampling.set(metric::temperature_limit_hotspot_shutdown, junction.read("emergency"));
  sampling.set(metric::temperature_limit_memory, mem.read("crit"));
  sampling.set(metric::temperature_limit_memory_shutdown, mem.read("emergency"));
  sampling.set(metric::temperature_soc, sampling.field(Field::temperature_soc, kCentidegrees));
  sampling.set(metric::temperature_vr_graphics, sampling.field(Field::temperature_vrgfx, kDegrees));
  sampling.set(metric::temperature_vr_soc, sampling.field(Field::temperature_vrsoc, kDegrees));
  sampling.set(metric::temperature_vr_memory, sampling.field(Field::temperature_vrmem, kDegrees));
  if (!sampling.table()) return;
  for (std::size_t i = 0; i < sampling.table()->count(Field::temperature_hbm); ++i) {
    const auto stack = sampling.field(Field::temperature_hbm, kDegrees, i);
    if (stack) sampling.set(metric::temperature_hbm, stack, static_cast<int>(i));
  }
}

}  // namespace accel::amd
