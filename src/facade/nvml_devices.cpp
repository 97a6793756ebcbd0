#include "facade/nvml_devices.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "accel/pci_function.hpp"
#include "backends/nvidia/identity.hpp"
#include "backends/nvidia/proc_files.hpp"
#include "core/pci/scan.hpp"
#include "core/selection.hpp"

namespace accel::facade {
namespace {

using nvidia::Gpu;

constexpr std::uint16_t kNvidia = 0x10de;

/// In bus order, which is also NVML's.
std::vector<PciFunction> functions_of_driver(const Machine& machine) {
  auto functions = pci::scan(machine);
  std::erase_if(functions, [](const PciFunction& function) {
    return function.ids.vendor != kNvidia || !function.driver || *function.driver != "nvidia";
  });
  return functions;
}

std::optional<Error> sleep_of(const PciFunction& function, const Machine& machine) {
  if (!function.is_suspended() || machine.wake) return std::nullopt;
  return Error{Errc::device_asleep,
               function.address.text() + " is suspended; asking for its handle would wake it",
               "use it from a program, or allow waking",
               {}};
}

Error not_found(const Selector& selector) {
  return {Errc::not_found, "Device not found: " + selector.text, "", {}};
}

/// The k-th MIG device; NVML's numbers of them may have holes.
Result<Gpu> partition_of(const Gpu& gpu, const Selector& selector, int wanted) {
  const auto most = gpu.ask<std::uint32_t>(gpu.functions().mig_max_count);
  if (!most) return not_found(selector);
  int found = -1;
  for (std::uint32_t number = 0; number < *most; ++number) {
    const auto handle = gpu.ask<nvidia::nvmlDevice_t>(gpu.functions().mig_device, number);
    if (handle && ++found == wanted) return gpu.part(*handle);
  }
  return not_found(selector);
}

}  // namespace

Result<void> NvmlDevices::open() {
  const auto opened = library_.open();
  if (!opened) return opened.error();
  return {};
}

Result<std::uint32_t> NvmlDevices::count() const {
  const auto nvml = library_.nvml();
  if (nvml == nullptr) return Error{Errc::driver_not_found, "NVML not initialized", "", {}};
  std::uint32_t count = 0;
  if (auto done = nvml->call(nvml->functions().device_count, &count); !done) return done.error();
  return count;
}

Result<Gpu> NvmlDevices::device(std::uint32_t index) const {
  const auto number = count();
  if (!number) return number.error();
  if (index >= *number) return gpu_not_found(index);
  const auto functions = functions_of_driver(machine_);
  if (functions.size() == *number) {
    if (auto asleep = sleep_of(functions[index], machine_)) return std::move(*asleep);
  } else if (std::ranges::any_of(functions, [&](const PciFunction& function) {
               return sleep_of(function, machine_).has_value();
             })) {
    return awake_device(index);
  }
  const auto nvml = library_.nvml();
  nvidia::nvmlDevice_t handle = nullptr;
  auto done = nvml->call(nvml->functions().device_by_index, index, &handle);
  if (!done) return done.error();
  return Gpu(nvml, handle);
}

Result<Gpu> NvmlDevices::awake_device(std::uint32_t index) const {
  for (const PciFunction& function : functions_of_driver(machine_)) {
    if (sleep_of(function, machine_)) continue;
    auto gpu = at(function.address);
    if (!gpu) continue;
    const auto number = gpu->ask<std::uint32_t>(gpu->functions().nvml_index);
    if (number && *number == index) return gpu;
  }
  return Error{Errc::device_asleep,
               "GPU" + std::to_string(index) +
                   " is none of the devices that are awake; asking for its handle would wake one",
               "use it from a program, or allow waking",
               {}};
}

Result<Gpu> NvmlDevices::at(const PciAddress& address) const {
  for (const PciFunction& function : functions_of_driver(machine_)) {
    if (function.address != address) continue;
    if (auto asleep = sleep_of(function, machine_)) return std::move(*asleep);
  }
  const auto nvml = library_.nvml();
  nvidia::nvmlDevice_t handle = nullptr;
  auto done = nvml->call(nvml->functions().device_by_pci, nvidia::bus_id(address).c_str(), &handle);
  if (!done) return done.error();
  return Gpu(nvml, handle);
}

Result<Gpu> NvmlDevices::by_index(const Selector& selector, const Selector::Index& index) const {
  const auto number = count();
  if (!number) return number.error();
  if (index.device >= std::int64_t{*number}) return index_not_found(selector, index);
  auto gpu = device(static_cast<std::uint32_t>(index.device));
  if (!gpu || index.partition < 0) return gpu;
  return partition_of(*gpu, selector, index.partition);
}

Error NvmlDevices::unanswered(const Selector& selector, const Selector::Uuid& uuid) const {
  for (const PciFunction& function : functions_of_driver(machine_)) {
    auto asleep = sleep_of(function, machine_);
    if (!asleep) continue;
    // Reading the kernel module's file wakes nothing.
    const auto own = nvidia::gpu_file(machine_, function.address).uuid;
    if (own && matches(uuid, *own)) return std::move(*asleep);
  }
  return not_found(selector);
}

Result<Gpu> NvmlDevices::by_uuid(const Selector& selector, const Selector::Uuid& uuid) const {
  const auto number = count();
  if (!number) return number.error();
  std::optional<Gpu> found;
  std::string names;
  int fitting = 0;
  for (std::uint32_t index = 0; index < *number; ++index) {
    auto gpu = device(index);
    if (!gpu) continue;
    const auto own = gpu->text(gpu->functions().uuid);
    if (!own || !matches(uuid, *own)) continue;
    if (is_all_of(uuid, *own)) return gpu;
    found = *gpu;
    names += (fitting++ == 0 ? "" : ", ") + *own;
  }
  if (!found) return unanswered(selector, uuid);
  if (fitting == 1) return std::move(*found);
  return Error{Errc::invalid_argument,
               "Ambiguous device id: '" + selector.text + "' fits " + names,
               "write more characters",
               {}};
}

Result<Gpu> NvmlDevices::select(const Selector& selector) const {
  if (const auto* index = std::get_if<Selector::Index>(&selector.what)) {
    return by_index(selector, *index);
  }
  if (const auto* address = std::get_if<PciAddress>(&selector.what)) {
    auto gpu = at(*address);
    if (!gpu && gpu.error().code == Errc::not_found) return not_found(selector);
    return gpu;
  }
  return by_uuid(selector, std::get<Selector::Uuid>(selector.what));
}

}  // namespace accel::facade
