#include "accel/system.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/device_links.hpp"
#include "core/device_work.hpp"
#include "core/discovery.hpp"
#include "core/sampling.hpp"
#include "core/system_state.hpp"

namespace accel {
namespace {

Error no_settings(const AcceleratorInfo& info) {
  return {Errc::operation_not_supported,
          "the driver of this device (" + info.vendor + ") takes no settings through accel",
          "",
          {}};
}

}  // namespace

System::System(Machine machine, std::span<const BackendEntry> entries, Options options)
    : state_(std::make_unique<State>(std::move(machine), options)) {
  for (const BackendEntry& entry : entries) {
    state_->vendors.push_back(std::make_unique<VendorSlot>(entry, state_->machine.clock));
  }
}

System::~System() = default;

void System::discover() { accel::discover(*state_); }

const Machine& System::machine() const { return state_->machine; }

std::vector<const AcceleratorInfo*> System::devices() const {
  std::vector<const AcceleratorInfo*> infos;
  infos.reserve(state_->devices.size());
  for (const auto& slot : state_->devices) infos.push_back(&slot->info);
  return infos;
}

const std::vector<Error>& System::problems() const { return state_->problems; }

std::vector<VendorReport> System::vendors() const {
  std::vector<VendorReport> reports;
  for (const auto& vendor : state_->vendors) {
    const auto count = std::ranges::count_if(state_->devices, [&](const auto& slot) {
      return slot->vendor == vendor.get() && slot->info.parent.empty();
    });
    reports.push_back({&vendor->entry, static_cast<int>(count), vendor->problems});
  }
  return reports;
}

std::span<const PciFunction> System::pci() const { return state_->pci; }

std::vector<DeviceSample> System::sample(std::span<const std::size_t> positions, Wanted wanted) {
  return accel::sample(*state_, positions, wanted);
}

std::vector<DeviceSample> System::sample_all(Wanted wanted) {
  std::vector<std::size_t> positions(state_->devices.size());
  for (std::size_t i = 0; i < positions.size(); ++i) positions[i] = i;
  return sample(positions, wanted);
}

std::vector<Result<std::vector<DeviceLink>>> System::links(std::span<const std::size_t> positions) {
  return accel::device_links(*state_, positions);
}

std::vector<Result<void>> System::control(std::span<const ControlWork> work) {
  std::vector<DeviceWork> on_devices;
  on_devices.reserve(work.size());
  for (const ControlWork& one : work) {
    on_devices.push_back({one.position, [ask = one.work](Device& device) -> Result<void> {
                            if (Controller* controller = device.controller()) {
                              return ask(*controller);
                            }
                            return no_settings(device.info());
                          }});
  }
  return work_on_devices(*state_, on_devices, state_->options.control_deadline,
                         "changing its settings");
}

std::vector<Finding> System::findings() { return accel::findings(*state_); }

bool System::has_stuck_driver() const {
  return std::ranges::any_of(state_->vendors, [](const auto& v) { return v->worker.is_busy(); }) ||
         std::ranges::any_of(state_->devices, [](const auto& d) { return d->worker->is_busy(); });
}

}  // namespace accel
