// All accelerators of a machine, whatever their vendor: one list, one order, one way to read.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "accel/backend.hpp"
#include "accel/device.hpp"
#include "accel/finding.hpp"
#include "accel/machine.hpp"
#include "accel/selector.hpp"

namespace accel {

/// The readings of one device.
struct DeviceSample {
  const AcceleratorInfo* info = nullptr;  ///< valid until the next discover()
  DeviceState state = DeviceState::ok;    ///< as seen while sampling
  std::string state_reason;
  std::string state_remedy;  ///< what would help; empty when there is nothing to do
  ReadingSet readings;
  Result<ProcessList> processes = ProcessList{};
};

/// The programs that no list of these shows, each counted once. Devices that cannot be asked say so
/// in their own sample.
[[nodiscard]] HiddenPrograms hidden_from(std::span<const DeviceSample> samples);

/// What one vendor contributes, for doctor and `version -v`.
struct VendorReport {
  const BackendEntry* entry = nullptr;
  int device_count = 0;
  std::vector<Error> problems;
};

/// One thread at a time. Each device and each vendor is served by a worker with a deadline, so
/// that a driver that hangs costs only its own readings.
class System {
 public:
  struct Options {
    std::chrono::nanoseconds device_deadline = std::chrono::seconds(2);
    std::chrono::nanoseconds discovery_deadline = std::chrono::seconds(10);
    /// Of work on settings; a driver may take longer to change something than to tell of it.
    std::chrono::nanoseconds control_deadline = std::chrono::seconds(5);
  };
  struct Wanted {
    bool processes = false;
    bool slow = false;     ///< also what SlowReader offers
    bool readings = true;  ///< false: processes alone
  };

  System(Machine machine, std::span<const BackendEntry> entries, Options options);
  System(Machine machine, std::span<const BackendEntry> entries)
      : System(std::move(machine), entries, Options()) {}
  ~System();
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  /// Scans the bus and asks every vendor. May be called again; the devices are then new objects.
  void discover();

  [[nodiscard]] const Machine& machine() const;
  /// In the order of the global index; the partitions of a device follow it.
  [[nodiscard]] std::vector<const AcceleratorInfo*> devices() const;
  /// What went wrong while discovering, apart from what the devices say themselves.
  [[nodiscard]] const std::vector<Error>& problems() const;
  [[nodiscard]] std::vector<VendorReport> vendors() const;
  /// The PCI functions the bus shows, whether a driver exposes them or not.
  [[nodiscard]] std::span<const PciFunction> pci() const;

  /// Position of the selected device in devices(). GpuNotFound for an index, else `Device not
  /// found: <text>`; an ambiguous beginning of a UUID names all it fits.
  [[nodiscard]] Result<std::size_t> select(const Selector& selector) const;

  /// Reads the devices at those positions, side by side, each within its deadline. In the order
  /// given.
  [[nodiscard]] std::vector<DeviceSample> sample(std::span<const std::size_t> positions,
                                                 Wanted wanted);
  [[nodiscard]] std::vector<DeviceSample> sample_all(Wanted wanted);

  /// The vendors' own links of the devices at those positions, in the order given; each device
  /// within its deadline, and none that sleeps. operation_not_supported for a device that tells of
  /// none.
  [[nodiscard]] std::vector<Result<std::vector<DeviceLink>>> links(
      std::span<const std::size_t> positions);

  /// Work on the settings of the device at that position. It may outlive the System where a driver
  /// hangs, so it must own what it touches.
  struct ControlWork {
    std::size_t position = 0;
    std::function<Result<void>(Controller&)> work;
  };
  /// Does them side by side, each on its device's worker and within its deadline, none on a device
  /// that sleeps. What each gave back, in the order given; operation_not_supported for a device
  /// whose settings cannot be changed.
  [[nodiscard]] std::vector<Result<void>> control(std::span<const ControlWork> work);

  /// What the vendors' back ends find wrong; each within its deadline.
  [[nodiscard]] std::vector<Finding> findings();

  /// Whether a call into a driver has not come back. Such a thread cannot be ended: a program that
  /// exits then does so without waiting (std::_Exit after its output is written).
  [[nodiscard]] bool has_stuck_driver() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// In words: accelerators that the bus shows and no driver exposes. Empty when the counts agree.
[[nodiscard]] std::vector<std::string> unexposed_warnings(
    std::span<const PciFunction> pci, std::span<const AcceleratorInfo* const> devices);

}  // namespace accel
