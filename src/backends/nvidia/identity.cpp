#include "backends/nvidia/identity.hpp"

#include <algorithm>
#include <utility>

#include "backends/nvidia/architecture.hpp"
#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/pcie.hpp"
#include "backends/nvidia/proc_files.hpp"
#include "backends/nvidia/readings.hpp"
#include "base/place.hpp"
#include "core/bare_device.hpp"

namespace accel::nvidia {
namespace {

/// Fills a field that the library told, or says why it did not where nothing was known before.
template <class T>
void learn(Reading<T>& field, Reading<T> answer) {
  if (answer || !field) field = std::move(answer);
}

template <class T>
Reading<T> reading(Result<T> result, const char* source) {
  return {std::move(result), source};
}

void add_text(AcceleratorInfo& info, const char* key, const Result<std::string>& text) {
  if (text) info.extra.emplace_back(key, *text);
}

void add_number(AcceleratorInfo& info, const char* key, const Result<std::uint32_t>& number) {
  if (number && !is_all_ones(*number)) info.extra.emplace_back(key, std::int64_t{*number});
}

bool exists(const Machine& machine, const std::string& node) {
  return base::exists(machine.path(node));
}

void add_nodes(AcceleratorInfo& info, const Machine& machine, const DriverIdentity& driver,
               int minor) {
  const std::string own = "/dev/nvidia" + std::to_string(minor);
  if (!info.device_nodes.empty() && info.device_nodes.front() == own) return;  // /proc said so.
  info.device_nodes.clear();
  add_node(info, machine, own);
  info.device_nodes.insert(info.device_nodes.end(), driver.nodes.begin(), driver.nodes.end());
}

void add_runtime_d3(AcceleratorInfo& info, const Machine& machine) {
  if (!info.pci_address) return;
  if (const auto d3 = runtime_d3(machine, *info.pci_address)) {
    info.extra.emplace_back("runtime_d3", *d3);
  }
}

/// Boards on an SXM socket say so in their name, except the newest (H200, B200): those are on a
/// baseboard whose NVLinks end in a switch, which no PCI Express card's do.
Reading<BusType> bus_type(const AcceleratorInfo& info, const Gpu& gpu) {
  if (info.model) {
    if (info.model->find("SXM") != std::string::npos) return {BusType::sxm, info.model.source()};
    for (const char* card : {"PCIe", "PCIE", "NVL", "GeForce"}) {
      if (info.model->find(card) != std::string::npos) return {BusType::pcie, info.model.source()};
    }
  }
  const auto& function = gpu.functions().link_remote_type;
  const auto remote = gpu.ask<std::uint32_t>(function, 0U);
  if (remote && *remote == kRemoteIsSwitch) return {BusType::sxm, function.name};
  return info.bus_type;
}

void ask_capability(AcceleratorInfo& info, const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  std::int32_t major = 0;
  std::int32_t minor = 0;
  const char* source = nvml.compute_capability.name;
  if (auto done = gpu.call(nvml.compute_capability, &major, &minor); !done) {
    learn(info.compute_capability, reading<std::string>(done.error(), source));
    return;
  }
  if (major < 1 || major > 99 || minor < 0 || minor > 99) {
    learn(info.compute_capability,
          reading<std::string>(implausible(source, major, 1, 99, ""), source));
    return;
  }
  info.compute_capability = {std::to_string(major) + "." + std::to_string(minor), source};
  const auto cores = gpu.ask<std::uint32_t>(nvml.core_count);
  const auto per_multiprocessor = cores_per_multiprocessor(major, minor);
  if (cores && per_multiprocessor && *cores % *per_multiprocessor == 0) {
    info.extra.emplace_back("sm_count", std::int64_t{*cores / *per_multiprocessor});
  }
  add_number(info, "cuda_cores", cores);
}

void ask_memory(AcceleratorInfo& info, const Gpu& gpu) {
  ReadingSet unused;
  Sampling sampling(gpu, nullptr, unused, {});
  learn(info.memory, memory_figures(sampling).total);
  // A GPU that shares the host's memory has none of its own to tell (seen in nvidia-smi of GB10).
  if (info.gpu_type) return;
  if (info.memory) {
    info.gpu_type = {GpuType::discrete, info.memory.source()};
  } else {
    Absence why = info.memory.absence();
    why.reason = "needs to know whether it has memory of its own: " + why.reason;
    info.gpu_type = {std::move(why), info.memory.source()};
  }
}

/// The link where sysfs does not show it.
void ask_link(AcceleratorInfo& info, const Gpu& gpu) {
  if (info.pcie_gen && info.bandwidth_gbps) return;
  ReadingSet unused;
  Sampling sampling(gpu, nullptr, unused, {});
  PciLink link;
  link.max_speed = highest_pcie_speed(sampling);
  link.max_width = highest_pcie_width(sampling);
  learn(info.pcie_gen, pcie_generation(link.max_speed));
  learn(info.bandwidth_gbps, pcie_bandwidth_gbps(link));
}

void ask_extra(AcceleratorInfo& info, const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (const auto number = gpu.ask<std::uint32_t>(nvml.architecture)) {
    if (const auto name = architecture_name(*number); !name.empty()) {
      info.extra.emplace_back("architecture", std::string(name));
    }
  }
  if (const auto number = gpu.ask<std::uint32_t>(nvml.brand)) {
    if (const auto name = brand_name(*number); !name.empty()) {
      info.extra.emplace_back("brand", std::string(name));
    }
  }
  add_number(info, "memory_bus_bits", gpu.ask<std::uint32_t>(nvml.memory_bus_width));
  add_text(info, "board_part_number", gpu.text(nvml.board_part_number));
  add_text(info, "inforom_version", gpu.text(nvml.inforom_version));
  TextBuffer gsp;
  if (gpu.call(nvml.gsp_version, gsp.data())) {
    add_text(info, "gsp_firmware", gsp.text(nvml.gsp_version.name));
  }
  add_number(info, "nvml_index", gpu.ask<std::uint32_t>(nvml.nvml_index));
  add_number(info, "module_id", gpu.ask<std::uint32_t>(nvml.module_id));
}

}  // namespace

void add_node(AcceleratorInfo& info, const Machine& machine, const std::string& node) {
  if (exists(machine, node)) info.device_nodes.push_back(node);
}

DriverIdentity driver_identity(const Machine& machine) {
  DriverIdentity driver{module_version(machine), {}};
  for (const char* node : {"/dev/nvidiactl", "/dev/nvidia-uvm"}) {
    if (exists(machine, node)) driver.nodes.emplace_back(node);
  }
  return driver;
}

AcceleratorInfo quiet_identity(const Machine& machine, const DriverIdentity& driver,
                               const PciFunction* function, const Absence& why) {
  AcceleratorInfo info;
  if (function != nullptr) info = bus_identity(*function);
  info.vendor = "NVIDIA";
  info.device_type = DeviceType::gpu;
  for (Reading<std::string>* field : {&info.compute_capability, &info.serial}) *field = {why};
  info.memory = {why};
  if (!info.gpu_type) info.gpu_type = {why};
  info.driver_version = driver.version;
  info.firmware_version = {why};
  if (function == nullptr) return info;

  const GpuFile file = gpu_file(machine, function->address);
  learn(info.model, file.model);
  if (file.uuid) info.uuid = *file.uuid;
  learn(info.firmware_version, file.video_bios);
  if (file.minor) {
    add_nodes(info, machine, driver, *file.minor);
    info.extra.emplace_back("minor", std::int64_t{*file.minor});
  }
  if (file.firmware) info.extra.emplace_back("gsp_firmware", *file.firmware);
  add_runtime_d3(info, machine);
  return info;
}

void ask_identity(AcceleratorInfo& info, const Gpu& gpu, const DriverIdentity& driver,
                  const Machine& machine) {
  const Functions& nvml = gpu.functions();
  info.extra.clear();
  const auto name = gpu.text(nvml.name);
  if (!name && name.error().code == Errc::device_lost) {
    info.state = DeviceState::lost;
    info.state_reason = name.error().message;
    info.state_remedy = name.error().remedy;
  }
  learn(info.model, reading(name, nvml.name.name));
  if (const auto uuid = gpu.text(nvml.uuid)) info.uuid = *uuid;
  learn(info.serial, reading(gpu.text(nvml.serial), nvml.serial.name));
  learn(info.firmware_version, reading(gpu.text(nvml.vbios_version), nvml.vbios_version.name));
  if (!gpu.nvml()->driver_version().empty()) {
    info.driver_version = {gpu.nvml()->driver_version(), nvml.driver_version.name};
  }
  ask_capability(info, gpu);
  ask_memory(info, gpu);
  ask_extra(info, gpu);
  info.bus_type = bus_type(info, gpu);
  ask_link(info, gpu);
  const auto minor = gpu.ask<std::uint32_t>(nvml.minor_number);
  if (minor && *minor < 1U << 20U) {
    add_nodes(info, machine, driver, static_cast<int>(*minor));
    info.extra.emplace_back("minor", std::int64_t{*minor});
  }
  add_runtime_d3(info, machine);
}

Result<PciAddress> address_of(const Gpu& gpu) {
  const auto& function = gpu.functions().pci_info;
  const auto info = gpu.ask<nvmlPciInfo_t>(function);
  if (!info) return info.error();
  return pci_address(*info, function.name);
}

std::string bus_id(const PciAddress& address) {
  // NVML_DEVICE_PCI_BUS_ID_FMT: a domain of eight digits, in capitals.
  std::string text = "0000" + address.text();
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' ? char(c - 'a' + 'A') : c; });
  return text;
}

}  // namespace accel::nvidia
