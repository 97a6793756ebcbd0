// What a System holds: a slot a vendor and a slot a device, each with the worker that serves it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "accel/system.hpp"
#include "base/worker.hpp"

namespace accel {

struct VendorSlot {
  VendorSlot(BackendEntry row, std::shared_ptr<Clock> clock)
      : entry(std::move(row)), worker(std::move(clock)) {}

  BackendEntry entry;
  base::Worker worker;
  /// Shared with the job that uses it: a job that hangs outlives the slot.
  std::shared_ptr<Backend> backend;
  std::vector<Error> problems;
  std::string skipped;  ///< why there is no back end; empty when there is one
  bool hung = false;
};

struct DeviceSlot {
  DeviceSlot(std::shared_ptr<Device> object, VendorSlot* owner, std::shared_ptr<Clock> clock)
      : device(std::move(object)),
        vendor(owner),
        info(device->info()),
        worker(std::make_unique<base::Worker>(std::move(clock))) {}

  std::shared_ptr<Device> device;
  VendorSlot* vendor;  ///< null for a device that only the bus shows
  AcceleratorInfo info;
  std::shared_ptr<const PciFunction> function;  ///< null for one that is not on the PCI bus
  std::unique_ptr<base::Worker> worker;
};

struct System::State {
  State(Machine where, Options how) : machine(std::move(where)), options(how) {}

  Machine machine;
  Options options;
  std::vector<std::unique_ptr<VendorSlot>> vendors;
  std::vector<std::unique_ptr<DeviceSlot>> devices;
  /// Those of the discovery before, for who still shows samples of theirs. They serve nobody: they
  /// have neither device nor worker.
  std::vector<std::unique_ptr<DeviceSlot>> retired;
  std::vector<PciFunction> pci;
  std::vector<Error> problems;
};

}  // namespace accel
