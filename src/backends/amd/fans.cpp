// The fan: how fast it turns, and who decides that.
#include <algorithm>

#include "backends/amd/overdrive.hpp"
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

constexpr int kFan = 0;
constexpr const char* kCurve = "gpu_od/fan_ctrl/fan_curve";

Reading<Ratio> speed(const Sampling& sampling) {
  constexpr Scale<Count> duty{0, 255, "", [](std::int64_t n) { return Count{n}; }};
  const auto now = sampling.sensor("pwm1", duty);
  if (!now) return {now.absence(), now.source(), now.time()};
  return {ratio(static_cast<double>(now->value) / 255.0), now.source(), now.time()};
}

/// A curve whose rows are all 0 °C and 0 % is none.
Reading<Text> policy_of_curve(const Sampling& sampling) {
  const std::string source = sampling.device().source(kCurve);
  const auto text = Sampling::text(sampling.device(), kCurve);
  if (!text) return sampling.reading<Text>(text.error(), source);
  const auto table = parse_overdrive(*text);
  if (!table) return sampling.reading<Text>(annotate(source, table.error()), source);
  const OverdriveSection* curve = table->section("OD_FAN_CURVE");
  if (curve == nullptr) {
    return {Absence{ReadingStatus::unsupported, source + ": no section 'OD_FAN_CURVE'", ""},
            source};
  }
  const bool set = std::ranges::any_of(curve->rows, [](const OverdriveRow& row) {
    return std::ranges::any_of(row.values, [](const auto& value) { return value.number != 0; });
  });
  return sampling.reading<Text>(Text(set ? "curve" : "automatic"), source);
}

/// pwm1_enable: 0 full speed without control, 1 manual, 2 automatic
/// (Documentation/gpu/amdgpu/thermal.rst).
Reading<Text> policy(const Sampling& sampling) {
  auto curve = policy_of_curve(sampling);
  if (curve && *curve == "curve") return curve;
  constexpr Scale<Count> modes{0, 2, "", [](std::int64_t n) { return Count{n}; }};
  const auto mode = sampling.sensor("pwm1_enable", modes);
  if (!mode) {
    return first_of<Text>({curve, {mode.absence(), mode.source(), mode.time()}});
  }
  return {Text(mode->value == 2 ? "automatic" : "manual"), mode.source(), mode.time()};
}

}  // namespace

void read_fans(Sampling& sampling) {
  sampling.set(metric::fan_speed, speed(sampling), kFan);
  sampling.set(metric::fan_rpm,
               first_of({sampling.sensor("fan1_input", kRpm),
                         sampling.field(MetricsField::current_fan_speed, kRpm)}),
               kFan);
  sampling.set(metric::fan_policy, policy(sampling), kFan);
}

}  // namespace accel::amd
