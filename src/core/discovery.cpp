#include "core/discovery.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <tuple>

#include "base/number.hpp"
#include "core/bare_device.hpp"
#include "core/pci/scan.hpp"
#include "core/system_state.hpp"

namespace accel {
namespace {

/// What a discovery job works on and leaves behind; it may outlive the System.
struct DiscoveryJob {
  Machine machine;
  std::vector<PciFunction> pci;
  std::shared_ptr<Backend> backend;
  std::optional<Result<Discovered>> result;
};

/// Constructing a back end may fail in any way; a vendor that cannot start is skipped.
std::shared_ptr<Backend> make_backend(const BackendEntry& entry, const Machine& machine) {
  try {
    return entry.make(machine);
  } catch (const std::exception& failure) {
    machine.trace(std::string(entry.vendor) + ": back end skipped: " + failure.what());
  } catch (...) {
    machine.trace(std::string(entry.vendor) + ": back end skipped: it threw no exception object");
  }
  return nullptr;
}

std::shared_ptr<DiscoveryJob> start_discovery(VendorSlot& vendor, const System::State& state) {
  if (vendor.backend == nullptr) vendor.backend = make_backend(vendor.entry, state.machine);
  if (vendor.backend == nullptr) return nullptr;
  auto job = std::make_shared<DiscoveryJob>(
      DiscoveryJob{state.machine, state.pci, vendor.backend, std::nullopt});
  const bool started = vendor.worker.start([job] {
    job->result = job->backend->discover(Discovery{job->machine, job->pci});
  });
  return started ? job : nullptr;
}

void add_device(System::State& state, std::shared_ptr<Device> device, VendorSlot* vendor) {
  auto slot = std::make_unique<DeviceSlot>(std::move(device), vendor, state.machine.clock);
  if (slot->info.pci_address) {
    const auto found = std::ranges::find(state.pci, *slot->info.pci_address, &PciFunction::address);
    if (found != state.pci.end()) slot->function = std::make_shared<const PciFunction>(*found);
  }
  if (vendor != nullptr) slot->info.support_level = SupportLevel::monitoring;
  state.devices.push_back(std::move(slot));
}

bool is_taken(const System::State& state, const AcceleratorInfo& info) {
  return std::ranges::any_of(state.devices, [&](const auto& slot) {
    const bool same_place = info.parent.empty() && slot->info.parent.empty() && info.pci_address &&
                            slot->info.pci_address && *slot->info.pci_address == *info.pci_address;
    return same_place || slot->info.uuid == info.uuid;
  });
}

/// Takes what a vendor found. False when it did not answer in time.
bool collect_discovery(System::State& state, VendorSlot& vendor,
                       const std::shared_ptr<DiscoveryJob>& job,
                       std::chrono::nanoseconds deadline) {
  if (job == nullptr) return !vendor.worker.is_busy();
  if (vendor.worker.collect(deadline) != base::Worker::Outcome::done) return false;
  Result<Discovered> found = std::move(job->result.value());
  if (!found) {
    vendor.problems.push_back(found.error());
    return true;
  }
  for (auto& problem : found->problems) vendor.problems.push_back(std::move(problem));
  for (auto& device : found->devices) {
    if (!is_taken(state, device->info())) add_device(state, std::move(device), &vendor);
  }
  return true;
}

VendorSlot* vendor_of(const System::State& state, const PciFunction& function) {
  const auto found = std::ranges::find_if(state.vendors, [&](const auto& vendor) {
    return std::ranges::find(vendor->entry.pci_vendors, function.ids.vendor) !=
           vendor->entry.pci_vendors.end();
  });
  return found == state.vendors.end() ? nullptr : found->get();
}

/// Why a function of the bus has no device of its vendor.
BareState bare_state(const System::State& state, const PciFunction& function) {
  const VendorSlot* vendor = vendor_of(state, function);
  if (vendor != nullptr && vendor->hung) {
    return {DeviceState::hung, vendor->problems.back().message, vendor->problems.back().remedy};
  }
  if (!function.driver) {
    return {DeviceState::no_driver, function.driver.reason(), function.driver.remedy()};
  }
  if (*function.driver == "vfio-pci") {
    return {DeviceState::no_driver, "bound to vfio-pci: it belongs to a virtual machine",
            "bind it to the vendor's driver to use it on this host"};
  }
  if (vendor != nullptr && !vendor->problems.empty()) {
    return {DeviceState::error, vendor->problems.back().message, vendor->problems.back().remedy};
  }
  if (function.is_suspended() && !state.machine.wake) {
    return {DeviceState::asleep, function.address.text() + " is suspended", "use --wake"};
  }
  return {DeviceState::ok, "this build has no back end for " + function.vendor + " devices", ""};
}

void add_bare_devices(System::State& state) {
  for (const PciFunction& function : state.pci) {
    const bool served = std::ranges::any_of(state.devices, [&](const auto& slot) {
      return slot->info.pci_address && *slot->info.pci_address == function.address;
    });
    if (served) continue;
    VendorSlot* vendor = vendor_of(state, function);
    add_device(state, make_bare_device(function, state.machine, bare_state(state, function)),
               vendor);
    state.devices.back()->info.support_level = SupportLevel::listing;
  }
}

/// PCI devices by address, then the others by vendor and stable key; partitions after their parent.
auto order_of(const DeviceSlot& slot, const System::State& state) {
  const AcceleratorInfo* whole = &slot.info;
  for (const auto& other : state.devices) {
    if (!slot.info.parent.empty() && other->info.uuid == slot.info.parent) whole = &other->info;
  }
  const bool elsewhere = !whole->pci_address.has_value();
  const PciAddress address = elsewhere ? PciAddress{} : *whole->pci_address;
  return std::tuple{elsewhere,
                    address,
                    elsewhere ? whole->vendor : std::string(),
                    whole->uuid,
                    !slot.info.parent.empty(),
                    slot.info.partition,
                    slot.info.uuid};
}

void put_in_order(System::State& state) {
  std::vector<std::pair<decltype(order_of(*state.devices[0], state)), std::size_t>> keys;
  for (std::size_t i = 0; i < state.devices.size(); ++i) {
    keys.emplace_back(order_of(*state.devices[i], state), i);
  }
  std::ranges::sort(keys);
  std::vector<std::unique_ptr<DeviceSlot>> sorted;
  for (const auto& [key, position] : keys) sorted.push_back(std::move(state.devices[position]));
  state.devices = std::move(sorted);
}

void number(System::State& state) {
  std::vector<std::pair<std::string, int>> per_vendor;
  int global = -1;
  int partition = 0;
  for (const auto& slot : state.devices) {
    AcceleratorInfo& info = slot->info;
    auto counted = std::ranges::find(per_vendor, info.vendor, &std::pair<std::string, int>::first);
    if (counted == per_vendor.end()) {
      counted = per_vendor.insert(per_vendor.end(), {info.vendor, -1});
    }
    if (info.parent.empty()) {
      ++global;
      ++counted->second;
      partition = 0;
    } else {
      info.partition = partition++;
    }
    info.global_index = global;
    info.index = counted->second;
  }
}

}  // namespace

void discover(System::State& state) {
  state.devices.clear();
  state.problems.clear();
  state.pci = pci::scan(state.machine);

  std::vector<std::shared_ptr<DiscoveryJob>> jobs;
  const auto patience = state.options.discovery_deadline;
  const auto deadline = state.machine.clock->steady() + patience;
  for (const auto& vendor : state.vendors) {
    vendor->problems.clear();
    vendor->hung = false;
    jobs.push_back(start_discovery(*vendor, state));
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    VendorSlot& vendor = *state.vendors[i];
    if (collect_discovery(state, vendor, jobs[i], deadline)) continue;
    vendor.hung = true;
    vendor.problems.push_back(
        {Errc::timeout,
         std::string(vendor.entry.vendor) + ": the driver did not answer within " +
             base::number_text(std::chrono::duration<double>(patience).count()) + "s",
         "look for a hung driver in the kernel log (dmesg)",
         {}});
  }
  add_bare_devices(state);
  put_in_order(state);
  number(state);
  for (const auto& vendor : state.vendors) {
    state.problems.insert(state.problems.end(), vendor->problems.begin(), vendor->problems.end());
  }
}

std::vector<Finding> findings(System::State& state) {
  std::vector<Finding> all;
  for (const auto& vendor : state.vendors) {
    if (vendor->backend == nullptr) continue;
    struct Job {
      std::shared_ptr<Backend> backend;
      std::vector<Finding> found;
    };
    auto job = std::make_shared<Job>(Job{vendor->backend, {}});
    const auto outcome = vendor->worker.run([job] { job->found = job->backend->findings(); },
                                            state.options.discovery_deadline);
    if (outcome == base::Worker::Outcome::done) {
      all.insert(all.end(), job->found.begin(), job->found.end());
      continue;
    }
    all.push_back({"ACC-SYS-001", Severity::high,
                   std::string(vendor->entry.vendor) + "'s driver does not answer",
                   "a call into its library has not come back",
                   "look for a hung driver in the kernel log (dmesg)", ""});
  }
  return all;
}

}  // namespace accel
