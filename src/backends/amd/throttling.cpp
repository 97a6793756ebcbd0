// What slows the GPU down now: the mask of limiters, or, on MI300, the counters of time at a limit.
#include "backends/amd/readings.hpp"
#include "backends/amd/throttlers.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

constexpr double kLoad = 0.10;  // A limiter of an idle GPU slows nothing down.

/// A limiter contributes also at idle (seen: RX 7600S, 1 W, 54 °C, TEMP_HOTSPOT), so that it counts
/// only with load.
Reading<TextList> reasons(const Sampling& sampling, std::uint64_t mask, const std::string& source) {
  if (mask == 0) return sampling.reading<TextList>(TextList{}, source);
  const Reading<Ratio> busy = sampling.out().get(metric::utilization);
  if (!busy) {
    Absence why = busy.absence();
    why.reason = "a limiter counts only with load, and that is not known: " + why.reason;
    return {std::move(why), source};
  }
  if (busy->value <= kLoad) return sampling.reading<TextList>(TextList{}, source);
  return sampling.reading<TextList>(throttle_reasons(mask), source);
}

/// The sum of residency counters; nothing where one is missing.
std::optional<std::uint64_t> sum(const MetricsTable& table, std::initializer_list<Field> fields) {
  std::uint64_t total = 0;
  for (const Field field : fields) {
    const auto count = table.at(field);
    if (!count) return std::nullopt;
    total += *count;
  }
  return total;
}

/// Counters that moved since the sample before, of revisions 1.6 and later.
Reading<TextList> residencies(const Sampling& sampling, Before& before) {
  const MetricsTable& table = *sampling.table();
  const std::string source = table.source() + " *_residency_acc";
  const Before last = before;
  before.accumulations = sum(table, {Field::accumulation_counter});
  before.power = sum(table, {Field::ppt_residency_acc});
  before.thermal = sum(table, {Field::prochot_residency_acc, Field::socket_thm_residency_acc,
                               Field::vr_thm_residency_acc, Field::hbm_thm_residency_acc});
  if (!before.accumulations || !before.power || !before.thermal) {
    return {Absence{ReadingStatus::unsupported, source + ": not all of them are there", ""},
            source};
  }
  const bool comparable = last.accumulations && last.power && last.thermal;
  if (!comparable || *last.accumulations >= *before.accumulations) {
    return {Absence{ReadingStatus::pending,
                    source + ": shares between two samples, and there is no earlier one",
                    "sample again"},
            source};
  }
  TextList found;
  if (*before.thermal > *last.thermal) found.emplace_back("thermal");
  if (*before.power > *last.power) found.emplace_back("power_limit");
  return sampling.reading<TextList>(std::move(found), source);
}

}  // namespace

void read_throttling(Sampling& sampling, Before& before) {
  const auto& table = sampling.table();
  if (table && table->count(Field::accumulation_counter) > 0) {
    const auto now = residencies(sampling, before);
    sampling.set(metric::throttle, now);
    sampling.set(metric::throttle_raw, now);
    return;
  }
  const std::string source =
      table ? table->source() + " indep_throttle_status" : sampling.device().source("gpu_metrics");
  const auto mask =
      table ? table->at(Field::indep_throttle_status) : Result<std::uint64_t>(table.error());
  if (!mask) {
    sampling.set(metric::throttle, sampling.reading<TextList>(mask.error(), source));
    sampling.set(metric::throttle_raw, sampling.reading<TextList>(mask.error(), source));
    return;
  }
  sampling.set(metric::throttle, reasons(sampling, *mask, source));
  sampling.set(metric::throttle_raw, sampling.reading<TextList>(throttler_names(*mask), source));
}

}  // namespace accel::amd
