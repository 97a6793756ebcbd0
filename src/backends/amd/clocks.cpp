// Clocks now and at most: from the sensors, the tables of levels, and the metrics table.
#include <optional>
#include <string>

#include "backends/amd/dpm_table.hpp"
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

/// One file pp_dpm_*.
class Levels {
 public:
  Levels(const Sampling& sampling, std::string_view file)
      : sampling_(sampling), source_(sampling.device().source(file)) {
    const auto text = Sampling::rows(sampling.device(), file);
    table_ = text ? parse_dpm_table(*text) : Result<DpmTable>(text.error());
    if (text && !table_) table_ = annotate(source_, table_.error());
  }

  [[nodiscard]] Reading<Frequency> present() const {
    return pick(&DpmTable::present, ": no row is marked, or several that differ");
  }
  [[nodiscard]] Reading<Frequency> highest() const {
    return pick(&DpmTable::highest, ": lists no levels while the clock is gated or asleep");
  }

 private:
  [[nodiscard]] Reading<Frequency> pick(std::optional<std::int64_t> (DpmTable::*which)() const,
                                        const char* otherwise) const {
    if (!table_) return sampling_.reading<Frequency>(table_.error(), source_);
    const auto clock = ((*table_).*which)();
    if (clock) return sampling_.reading<Frequency>(megahertz(*clock), source_);
    return sampling_.reading<Frequency>(
        Error{Errc::operation_not_supported, source_ + otherwise, "", {}}, source_);
  }

  const Sampling& sampling_;
  std::string source_;
  Result<DpmTable> table_ = DpmTable{};
};

/// The sensor freqN with that label, in hertz. 0 is a reading: the clock is gated.
Reading<Frequency> sensor(const Sampling& sampling, std::string_view label) {
  if (!sampling.sensors()) return sampling.sensor("freq1_input", kHertz);
  for (int number = 1; number <= 2; ++number) {
    const std::string prefix = "freq" + std::to_string(number) + "_";
    const auto text = sampling.sensors()->text(prefix + "label");
    if (text && *text == label) return sampling.sensor(prefix + "input", kHertz);
  }
  const std::string source = sampling.sensors()->source("freq*_label");
  return {
      Absence{ReadingStatus::unsupported, source + ": no sensor '" + std::string(label) + "'", ""},
      source};
}

}  // namespace

void read_clocks(Sampling& sampling) {
  const Levels graphics(sampling, "pp_dpm_sclk");
  const Levels memory(sampling, "pp_dpm_mclk");
  const Levels video(sampling, "pp_dpm_vclk");
  const Levels soc(sampling, "pp_dpm_socclk");
  const Levels fabric(sampling, "pp_dpm_fclk");
  const auto table = [&](std::initializer_list<Field> fields) {
    return sampling.field(fields, kMegahertz);
  };
  sampling.set(metric::clock_graphics,
               first_of({sensor(sampling, "sclk"), graphics.present(),
                         table({Field::current_gfxclk, Field::average_gfxclk_frequency})}));
  sampling.set(metric::clock_memory,
               first_of({sensor(sampling, "mclk"), memory.present(),
                         table({Field::current_uclk, Field::average_uclk_frequency})}));
  sampling.set(metric::clock_video,
               first_of({video.present(), table({Field::current_vclk0, Field::current_vclk,
                                                 Field::average_vclk_frequency})}));
  sampling.set(
      metric::clock_soc,
      first_of({soc.present(), table({Field::current_socclk, Field::average_socclk_frequency})}));
  sampling.set(
      metric::clock_fabric,
      first_of({fabric.present(), table({Field::current_fclk, Field::average_fclk_frequency})}));
  if (sampling.table() && sampling.table()->count(Field::average_ipuclk_frequency) > 0) {
    sampling.set(metric::clock_npu, table({Field::average_ipuclk_frequency}));
  }
  sampling.set(metric::clock_graphics_max, graphics.highest());
  sampling.set(metric::clock_memory_max, memory.highest());
  sampling.set(metric::clock_video_max, video.highest());
  sampling.set(metric::clock_soc_max, soc.highest());
  sampling.set(metric::clock_fabric_max, fabric.highest());
}

}  // namespace accel::amd
