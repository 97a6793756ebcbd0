#include "host/hwmon.hpp"

#include <optional>
#include <string>

#include "host/field.hpp"

namespace accel::host {
namespace {

/// Directly below the device where that has a class (nvme), else below a directory "hwmon".
std::vector<base::Dir> sensors(const base::Dir& device) {
  std::vector<base::Dir> found = device.child("hwmon").children("hwmon");
  for (auto& entry : device.children("hwmon")) {
    if (entry.name() != "hwmon") found.push_back(std::move(entry));
  }
  return found;
}

Reading<Temperature> millidegrees(const Machine& machine, const base::Dir& dir,
                                  std::string_view file) {
  const auto raw = integer_field(machine, dir, file);
  if (!raw) return {raw.absence(), raw.source(), raw.time()};
  // Absolute zero below, and above what any disk survives: -1 and all-ones come from dead ones.
  if (*raw < -273'000 || *raw > 200'000) {
    return {nonsense(raw.source() + ": no temperature: " + std::to_string(*raw)), raw.source()};
  }
  return {millicelsius(*raw), raw.source(), raw.time()};
}

}  // namespace

DiskSensor read_disk_sensor(const Machine& machine, const base::Dir& device) {
  // Before Linux 5.12 the nvme driver put its sensor with the PCI function behind the controller.
  for (const auto& place : {device, device.child("device")}) {
    for (const auto& dir : sensors(place)) {
      const auto name = dir.text("name");
      if (!name || (*name != "nvme" && *name != "drivetemp")) continue;
      return {millidegrees(machine, dir, "temp1_input"), millidegrees(machine, dir, "temp1_max")};
    }
  }
  const std::string source = device.source("hwmon*");
  const Absence why = unsupported(source + ": no sensor 'nvme' or 'drivetemp'");
  return {{why, source}, {why, source}};
}

}  // namespace accel::host
