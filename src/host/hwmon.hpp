// The temperature sensor of a disk, which anybody may read.
#pragma once

#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "accel/units.hpp"
#include "base/dir.hpp"

namespace accel::host {

struct DiskSensor {
  Reading<Temperature> temperature;
  Reading<Temperature> warning_limit;
};

/// `device` is the disk's device directory. Drivers: nvme, and drivetemp for ATA disks.
[[nodiscard]] DiskSensor read_disk_sensor(const Machine& machine, const base::Dir& device);

}  // namespace accel::host
