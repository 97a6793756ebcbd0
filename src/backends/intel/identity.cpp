#include "backends/intel/identity.hpp"

#include "backends/intel/memory_regions.hpp"
#include "backends/intel/models.hpp"
#include "base/place.hpp"
#include "core/bare_device.hpp"
#include "core/pci/scan.hpp"

namespace accel::intel {
namespace {

/// These drivers are part of the kernel, unless their module says otherwise.
Reading<std::string> driver_version(const Place& place, const Machine& machine) {
  const base::Dir module(machine.path("/sys/module/" + place.driver()));
  if (auto version = module.text("version"); version && !version->empty()) {
    return {std::move(*version), module.source("version")};
  }
  const base::Dir kernel(machine.path("/proc/sys/kernel"));
  return {kernel.text("osrelease"), kernel.source("osrelease")};
}

void name_gpu(AcceleratorInfo& info, const PciFunction& function, bool discrete) {
  info.device_type = DeviceType::gpu;
  const Model* model = find_model(function.ids.device);
  if (model != nullptr && !model->name.empty()) info.model = {std::string(model->name), "PCI id"};
  if (model != nullptr) info.extra.emplace_back("architecture", std::string(model->platform->name));
  const std::string source = function.directory.string();
  if (!discrete) {
    info.gpu_type = {GpuType::integrated, source};
    info.bus_type = {BusType::soc, source};
  } else if (!info.gpu_type) {  // The bus knows one behind Thunderbolt.
    info.gpu_type = {GpuType::discrete, source};
  }
}

void name_npu(AcceleratorInfo& info, const PciFunction& function) {
  info.device_type = DeviceType::npu;
  info.bus_type = {BusType::soc, function.directory.string()};
  info.gpu_type = {Absence{ReadingStatus::unsupported, "it is no GPU", ""}};
}

void add_nodes(AcceleratorInfo& info, const Place& place, const Machine& machine) {
  for (const std::string& node : place.nodes) {
    if (base::exists(machine.path(node))) info.device_nodes.push_back(node);
  }
}

}  // namespace

bool is_discrete(const PciFunction& function) {
  if (const Model* model = find_model(function.ids.device)) return model->platform->is_discrete;
  // Integrated GPUs have been 0000:00:02.0 ever since; a card is behind a port.
  return function.address.bus != 0 || function.behind_thunderbolt;
}

AcceleratorInfo identity_of(const Place& place, const Machine& machine) {
  const PciFunction& function = place.function;
  AcceleratorInfo info = bus_identity(function);
  const bool is_npu = place.driver() == "intel_vpu";
  const bool discrete = !is_npu && is_discrete(function);
  if (is_npu) {
    name_npu(info, function);
  } else {
    name_gpu(info, function, discrete);
  }
  if (!info.model) info.model = pci::database_name(function.ids, machine);
  info.driver_version = driver_version(place, machine);
  info.compute_capability = Absence{ReadingStatus::unsupported, "Intel numbers none", ""};
  info.serial = Absence{ReadingStatus::unsupported, "no file of the driver tells it", ""};
  info.firmware_version = Absence{ReadingStatus::unsupported,
                                  "the driver tells it in debugfs only, which root may read", ""};
  add_nodes(info, place, machine);
  if (!place.class_folder.empty()) {
    info.extra.emplace_back("node", place.class_folder.filename().string());
  }
  if (function.is_suspended() && !machine.wake) {
    info.state = DeviceState::asleep;
    info.state_reason = function.runtime_status.source() + " is '" + *function.runtime_status + "'";
    info.state_remedy = "reading would wake it: use --wake, or run a program on it";
    info.memory = Absence{ReadingStatus::asleep, info.state_reason, info.state_remedy};
    return info;
  }
  if (is_npu) {
    info.memory = Absence{ReadingStatus::unsupported, "it works in the host's memory", ""};
  } else {
    info.memory = memory_of(place, machine, discrete).total;
  }
  return info;
}

}  // namespace accel::intel
