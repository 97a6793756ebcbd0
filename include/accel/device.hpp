// What every accelerator offers, whatever its vendor. A vendor implements Backend and Device;
// everything above this header knows nothing of vendors.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/control/controller.hpp"
#include "accel/device_link.hpp"
#include "accel/process.hpp"
#include "accel/reading_set.hpp"

namespace accel {

/// Ability to tell which programs use the device.
class ProcessLister {
 public:
  virtual ~ProcessLister() = default;
  /// Fails as a whole only when the device cannot be asked at all. Reads /proc of each program:
  /// tens of microseconds a program.
  [[nodiscard]] virtual Result<ProcessList> processes() = 0;
};

/// Ability to read what is too slow for every sample (NVML's PCIe throughput measures for 20 ms).
class SlowReader {
 public:
  virtual ~SlowReader() = default;
  /// Adds its readings to `out`; may take 100 ms.
  virtual void sample_slowly(ReadingSet& out) = 0;
};

/// Ability to tell of the vendor's own links to other devices (NVLink, xGMI).
class LinkLister {
 public:
  virtual ~LinkLister() = default;
  /// All of them, also those that are down; none for a device that could have links and has not.
  /// Fails as a whole only when the device cannot be asked at all.
  [[nodiscard]] virtual Result<std::vector<DeviceLink>> links() = 0;
};

/// One thread at a time may use a device; System keeps to that.
class Device {
 public:
  virtual ~Device() = default;

  /// Does not change while the object lives, but for what System fills in: global_index,
  /// partition and support_level.
  [[nodiscard]] virtual const AcceleratorInfo& info() const = 0;

  /// Adds every reading the device offers, with a reason for each that it does not give now.
  /// Never fails as a whole: one broken sensor must not hide another. Meant for once a second;
  /// what blocks for more than 10 ms belongs in SlowReader. After Backend::shutdown() every
  /// reading is `error`.
  virtual void sample(ReadingSet& out) = 0;

  // Abilities: null when the device lacks them. Owned by the device.
  [[nodiscard]] virtual ProcessLister* process_lister() { return nullptr; }
  [[nodiscard]] virtual SlowReader* slow_reader() { return nullptr; }
  [[nodiscard]] virtual LinkLister* link_lister() { return nullptr; }
  [[nodiscard]] virtual Controller* controller() { return nullptr; }
};

}  // namespace accel
