// Temperatures and their limits. Which sensor stands for the die follows the order that Intel's own
// library prefers them in.
#include <algorithm>
#include <array>

#include "backends/intel/readings.hpp"
#include "base/number.hpp"

namespace accel::intel {
namespace {

constexpr std::array<std::string_view, 4> kDie{"gpu", "pkg", "gt", "core"};
constexpr std::string_view kChannel = "vram_ch_";

base::Attribute<Temperature> file(const std::string& name) { return {name, 1}; }  // m°C

const TemperatureSensor* find(const std::vector<TemperatureSensor>& sensors,
                              std::string_view label) {
  const auto found = std::ranges::find(sensors, label, &TemperatureSensor::label);
  return found == sensors.end() ? nullptr : &*found;
}

const TemperatureSensor* die_sensor(const std::vector<TemperatureSensor>& sensors) {
  for (const std::string_view label : kDie) {
    if (const auto* sensor = find(sensors, label)) return sensor;
  }
  return nullptr;
}

/// One metric: the sensor, the end of its file's name, and what it is called where it is missing.
void read(Sampling& sampling, const Hwmon& hwmon, const TemperatureSensor* sensor,
          const Metric<Temperature>& metric, std::string_view ending) {
  const std::string name = (sensor == nullptr ? "temp*" : sensor->files) + std::string(ending);
  if (sensor == nullptr || !hwmon.has(name)) {
    sampling.set(metric, hwmon.lacks<Temperature>(sampling, name + " for it"));
  } else if (ending == "_input") {
    sampling.set(metric, hwmon.live(sampling, file(name)));
  } else {
    sampling.set(metric, hwmon.held(sampling, file(name)));
  }
}

void read_channels(Sampling& sampling, const Hwmon& hwmon,
                   const std::vector<TemperatureSensor>& sensors) {
  for (const TemperatureSensor& sensor : sensors) {
    if (!sensor.label.starts_with(kChannel)) continue;
    const auto number = base::parse_integer(sensor.label.substr(kChannel.size()));
    constexpr std::int64_t most = 999;
    if (!number || *number < 0 || *number > most) continue;
    const std::string name = sensor.files + "_input";
    sampling.set(metric::temperature_memory_channel, hwmon.live(sampling, file(name)),
                 static_cast<int>(*number));
  }
}

}  // namespace

void read_temperatures(Sampling& sampling, const Hwmon& hwmon) {
  const auto sensors = hwmon.temperature_sensors();
  const auto* die = die_sensor(sensors);
  const auto* memory = find(sensors, "vram");
  read(sampling, hwmon, die, metric::temperature, "_input");
  read(sampling, hwmon, memory, metric::temperature_memory, "_input");
  read_channels(sampling, hwmon, sensors);
  if (const auto* sensor = find(sensors, "mctrl")) {
    read(sampling, hwmon, sensor, metric::temperature_memory_controller, "_input");
  }
  if (const auto* sensor = find(sensors, "pcie")) {
    read(sampling, hwmon, sensor, metric::temperature_pcie, "_input");
  }
  // xe_hwmon.c: crit is where it throttles for good, emergency where the card switches off.
  read(sampling, hwmon, die, metric::temperature_limit_shutdown, "_emergency");
  read(sampling, hwmon, die, metric::temperature_limit_critical, "_crit");
  read(sampling, hwmon, memory, metric::temperature_limit_memory, "_crit");
  read(sampling, hwmon, memory, metric::temperature_limit_memory_shutdown, "_emergency");
}

}  // namespace accel::intel
