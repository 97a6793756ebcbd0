#include "core/bare_device.hpp"

#include <utility>

#include "core/device_state.hpp"
#include "core/pci/scan.hpp"

namespace accel {
namespace {

class BareDevice final : public Device {
 public:
  BareDevice(const PciFunction& function, const Machine& machine, BareState state)
      : info_(bus_identity(function)) {
    info_.state = state.state;
    info_.state_reason = std::move(state.reason);
    info_.state_remedy = std::move(state.remedy);
    if (!info_.model) info_.model = pci::database_name(function.ids, machine);
    // Only a back end could tell these; why there is none is the state's reason.
    const Absence why{status_of(info_.state), info_.state_reason, info_.state_remedy};
    for (auto* field : {&info_.compute_capability, &info_.driver_version, &info_.firmware_version,
                        &info_.serial}) {
      *field = why;
    }
    info_.memory = why;
    if (!info_.gpu_type) info_.gpu_type = why;
  }

  const AcceleratorInfo& info() const override { return info_; }

  void sample(ReadingSet& out) override {
    fill_absent(out, {status_of(info_.state), info_.state_reason, info_.state_remedy});
  }

 private:
  AcceleratorInfo info_;
};

}  // namespace

AcceleratorInfo bus_identity(const PciFunction& function) {
  const std::string source = function.directory.string();
  AcceleratorInfo info;
  info.uuid = "PCI-" + function.address.text();
  info.vendor = function.vendor;
  info.device_type = function.device_type;
  if (!function.model.empty()) info.model = {function.model, "PCI id"};
  info.bus_type = {BusType::pcie, source};
  info.pcie_gen = pcie_generation(function.slot.max_speed);
  info.bandwidth_gbps = pcie_bandwidth_gbps(function.slot);
  info.driver = function.driver;
  info.numa_node = function.numa_node;
  info.pci_address = {function.address, source};
  info.pci_ids = {function.ids, source};
  if (function.behind_thunderbolt) info.gpu_type = {GpuType::external, source};
  return info;
}

std::unique_ptr<Device> make_bare_device(const PciFunction& function, const Machine& machine,
                                         BareState state) {
  return std::make_unique<BareDevice>(function, machine, std::move(state));
}

}  // namespace accel
