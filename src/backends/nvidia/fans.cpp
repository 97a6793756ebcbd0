// Fans: as many as the board has, each with its speed and who sets it.
#include <array>

#include "backends/nvidia/fan_count.hpp"
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// nvmlFanControlPolicy_t
constexpr std::array<const char*, 2> kPolicies{"automatic", "manual"};

/// Asked until there is an answer.
Result<std::uint32_t> held_count(Sampling& sampling, Held& held) {
  if (held.fan_count && sampling.may_ask()) return *held.fan_count;
  const auto count = fan_count(sampling.gpu());
  if (!count) return count;
  sampling.note(*count);
  held.fan_count = *count;
  return count;
}

Reading<Rpm> rpm(Sampling& sampling, std::uint32_t fan) {
  const auto& function = sampling.functions().fan_rpm;
  nvmlFanSpeedInfo_t answer{struct_version<nvmlFanSpeedInfo_t>(1), fan, 0};
  if (auto done = sampling.gpu().call(function, &answer); !done) {
    return sampling.reading<Rpm>(done.error(), function.name);
  }
  return sampling.judge(kRpm, Result<std::uint32_t>(answer.speed), function.name);
}

Reading<Text> fan_policy(Sampling& sampling, std::uint32_t fan) {
  const auto& function = sampling.functions().fan_policy;
  const auto raw = sampling.gpu().ask<std::uint32_t>(function, fan);
  if (!raw) return sampling.reading<Text>(raw.error(), function.name);
  sampling.note(*raw);
  if (*raw >= kPolicies.size()) {
    return sampling.reading<Text>(implausible(function.name, *raw, 0, 1, ""), function.name);
  }
  return sampling.reading<Text>(Text(kPolicies.at(*raw)), function.name);
}

}  // namespace

void read_fans(Sampling& sampling, Held& held) {
  const Functions& nvml = sampling.functions();
  const auto count = held_count(sampling, held);
  if (!count || *count == 0) {
    const Absence why = absence_of(count ? cooled_passively(sampling.gpu()) : count.error());
    sampling.set(metric::fan_speed, {why, nvml.fan_count.name});
    sampling.set(metric::fan_rpm, {why, nvml.fan_count.name});
    sampling.set(metric::fan_policy, {why, nvml.fan_count.name});
    return;
  }
  for (std::uint32_t fan = 0; fan < *count; ++fan) {
    const int instance = static_cast<int>(fan);
    sampling.set(metric::fan_speed, sampling.read(kFanPercent, nvml.fan_speed, fan), instance);
    sampling.set(metric::fan_rpm, rpm(sampling, fan), instance);
    sampling.set(metric::fan_policy, fan_policy(sampling, fan), instance);
  }
}

}  // namespace accel::nvidia
