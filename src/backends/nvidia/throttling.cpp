// What slows the GPU down now, and for how long which limit has done so.
#include "backends/nvidia/clock_reasons.hpp"
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// The field, or the deprecated function that gave the same counter before.
Reading<Duration> throttled_for(Sampling& sampling, std::uint32_t field, std::uint32_t policy) {
  Reading<Duration> counted = sampling.field(kNanoseconds, {field});
  if (counted || counted.status() != ReadingStatus::unsupported) return counted;
  const auto& function = sampling.functions().violation_status;
  const auto answer = sampling.gpu().ask<nvmlViolationTime_t>(function, policy);
  if (!answer) return counted;
  return sampling.judge(kNanoseconds, Result<std::uint64_t>(answer->violation_time), function.name);
}

}  // namespace

void read_throttling(Sampling& sampling) {
  const auto& function = sampling.functions().clock_reasons;
  auto mask = sampling.gpu().ask<std::uint64_t>(function);
  if (mask) sampling.note(*mask);
  if (mask && is_all_ones(*mask)) mask = all_ones(function.name);
  if (mask) {
    sampling.set(metric::throttle,
                 sampling.reading<TextList>(throttle_reasons(*mask), function.name));
    sampling.set(metric::throttle_raw,
                 sampling.reading<TextList>(clock_reason_names(*mask), function.name));
  } else {
    sampling.set(metric::throttle, sampling.reading<TextList>(mask.error(), function.name));
    sampling.set(metric::throttle_raw, sampling.reading<TextList>(mask.error(), function.name));
  }
  sampling.set(metric::throttle_time_power,
               throttled_for(sampling, field::kPolicyPower, policy::kPower));
  sampling.set(metric::throttle_time_thermal,
               throttled_for(sampling, field::kPolicyThermal, policy::kThermal));
  sampling.set(metric::throttle_time_sync_boost,
               throttled_for(sampling, field::kPolicySyncBoost, policy::kSyncBoost));
  sampling.set(metric::throttle_time_board_limit,
               throttled_for(sampling, field::kPolicyBoardLimit, policy::kBoardLimit));
  sampling.set(metric::throttle_time_low_utilization,
               throttled_for(sampling, field::kPolicyLowUtilization, policy::kLowUtilization));
  sampling.set(metric::throttle_time_reliability,
               throttled_for(sampling, field::kPolicyReliability, policy::kReliability));
}

}  // namespace accel::nvidia
