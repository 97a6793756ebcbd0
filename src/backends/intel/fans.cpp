// Fans: their turns only. No driver in the kernel tells a share of the maximum, or who sets them.
#include "backends/intel/readings.hpp"

namespace accel::intel {

void read_voltage(Sampling& sampling, const Hwmon& hwmon) {
  constexpr std::int64_t kMillivolt = 1'000;
  for (const std::string_view file : {"in0_input", "in1_input"}) {  // i915, xe
    if (!hwmon.has(file)) continue;
    return sampling.set(metric::voltage,
                        hwmon.live(sampling, base::Attribute<Voltage>{file, kMillivolt}));
  }
  sampling.set(metric::voltage, hwmon.lacks<Voltage>(sampling, "in0_input or in1_input"));
}

void read_fans(Sampling& sampling, const Hwmon& hwmon) {
  const auto fans = hwmon.fans();
  for (const int number : fans) {
    const std::string file = "fan" + std::to_string(number) + "_input";
    sampling.set(metric::fan_rpm, hwmon.live(sampling, base::Attribute<Rpm>{file, 1}), number - 1);
  }
  if (fans.empty()) {
    sampling.set(metric::fan_speed, hwmon.lacks<Ratio>(sampling, "fan*_input"));
    return;
  }
  sampling.set(metric::fan_speed,
               Reading<Ratio>(Absence{ReadingStatus::unsupported,
                                      "i915 and xe tell a fan's turns, and no share of its "
                                      "maximum",
                                      "see fan_rpm"}));
}

}  // namespace accel::intel
