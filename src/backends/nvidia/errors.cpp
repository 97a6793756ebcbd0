// Memory errors: correction modes, counters, and rows and pages taken out of use.
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// Functions that give the present and the pending state of a mode.
void read_mode(Sampling& sampling,
               const Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t*, std::uint32_t*)>& function,
               const Metric<bool>& current, const Metric<bool>& pending) {
  std::uint32_t now = 0;
  std::uint32_t next = 0;
  auto done = sampling.gpu().call(function, &now, &next);
  const auto state = [&](std::uint32_t raw) -> Result<std::uint32_t> {
    if (!done) return done.error();
    return raw;
  };
  sampling.set(current, sampling.flag(state(now), function.name));
  sampling.set(pending, sampling.flag(state(next), function.name));
}

void read_remapped_rows(Sampling& sampling) {
  const auto& function = sampling.functions().remapped_rows;
  std::uint32_t corrected = 0;
  std::uint32_t uncorrected = 0;
  std::uint32_t pending = 0;
  std::uint32_t failure = 0;
  auto done = sampling.gpu().call(function, &corrected, &uncorrected, &pending, &failure);
  const auto number = [&](std::uint32_t raw) -> Result<std::uint32_t> {
    if (!done) return done.error();
    return raw;
  };
  sampling.set(metric::rows_remapped_corrected,
               sampling.judge(kCount, number(corrected), function.name));
  sampling.set(metric::rows_remapped_uncorrected,
               sampling.judge(kCount, number(uncorrected), function.name));
  sampling.set(metric::row_remap_pending, sampling.flag(number(pending), function.name));
  sampling.set(metric::row_remap_failure, sampling.flag(number(failure), function.name));
}

Reading<bool> pages_pending(Sampling& sampling) {
  const Reading<Count> raw = sampling.field(kCount, {field::kRetiredPending});
  if (!raw) return {raw.absence(), raw.source(), raw.time()};
  if (raw->value > 1) {
    return sampling.reading<bool>(implausible(raw.source(), raw->value, 0, 1, ""), raw.source());
  }
  return sampling.reading<bool>(raw->value == 1, raw.source());
}

}  // namespace

void read_errors(Sampling& sampling) {
  const Functions& nvml = sampling.functions();
  read_mode(sampling, nvml.ecc_mode, metric::ecc_mode, metric::ecc_mode_pending);
  const auto errors = [&](std::uint32_t kind, std::uint32_t scope) {
    return sampling.read(kCount, nvml.ecc_errors, kind, scope);
  };
  sampling.set(metric::ecc_corrected, errors(ecc::kCorrected, ecc::kVolatile));
  sampling.set(metric::ecc_uncorrected, errors(ecc::kUncorrected, ecc::kVolatile));
  sampling.set(metric::ecc_corrected_lifetime, errors(ecc::kCorrected, ecc::kAggregate));
  sampling.set(metric::ecc_uncorrected_lifetime, errors(ecc::kUncorrected, ecc::kAggregate));
  read_remapped_rows(sampling);
  sampling.set(metric::pages_retired_corrected, sampling.field(kCount, {field::kRetiredSbe}));
  sampling.set(metric::pages_retired_uncorrected, sampling.field(kCount, {field::kRetiredDbe}));
  sampling.set(metric::page_retirement_pending, pages_pending(sampling));
}

void read_partition_modes(Sampling& sampling) {
  read_mode(sampling, sampling.functions().mig_mode, metric::mig_mode, metric::mig_mode_pending);
}

}  // namespace accel::nvidia
