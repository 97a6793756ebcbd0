#include "core/discovery.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "base/number.hpp"
#include "core/bare_device.hpp"
#include "core/pci/scan.hpp"
#include "core/system_state.hpp"
#include "core/thrown_by.hpp"

namespace accel {
namespace {

/// What a discovery job works on and leaves behind; it may outlive the System.
struct DiscoveryJob {
  BackendEntry entry;
  Machine machine;
  std::vector<PciFunction> pci;
  std::shared_ptr<Backend> backend;
  std::optional<Result<Discovered>> result;
  std::string skipped;

  void run() {
    if (backend == nullptr) make();
    if (backend == nullptr) return;
    const auto failure = thrown_by([this] { result = backend->discover(Discovery{machine, pci}); });
    if (failure) result = *failure;
  }

  /// A vendor that cannot start, for whatever reason, is skipped.
  void make() {
    const auto failure = thrown_by([this] { backend = entry.make(machine); });
    if (backend != nullptr) return;
    skipped = failure ? failure->message : "it is not there";
    machine.trace(std::string(entry.vendor) + ": back end skipped: " + skipped);
  }
};

/// Null while an earlier call into the vendor's library has not come back.
std::shared_ptr<DiscoveryJob> start_discovery(VendorSlot& vendor, const System::State& state) {
  auto job = std::make_shared<DiscoveryJob>(
      DiscoveryJob{vendor.entry, state.machine, state.pci, vendor.backend, std::nullopt, {}});
  return vendor.worker.start([job] { job->run(); }) ? job : nullptr;
}

/// Whether there may be anything to ask the vendor about; a thread for nothing costs time. One that
/// has been asked before may have to let go of something.
bool may_have_devices(const VendorSlot& vendor, const System::State& state) {
  const BackendEntry& entry = vendor.entry;
  if (!entry.may_be_elsewhere || vendor.backend != nullptr || vendor.worker.is_busy()) return true;
  const bool on_bus = std::ranges::any_of(state.pci, [&](const PciFunction& function) {
    return std::ranges::find(entry.pci_vendors, function.ids.vendor) != entry.pci_vendors.end();
  });
  return on_bus || entry.may_be_elsewhere(state.machine);
}

/// A fact that a back end says nothing about is missing for that reason.
template <class T>
void explain(Reading<T>& fact) {
  if (fact || !fact.reason().empty()) return;
  const Absence& absence = fact.absence();
  fact = Absence{absence.status, "its back end does not tell", absence.remedy};
}

void explain_absences(AcceleratorInfo& info) {
  explain(info.model);
  explain(info.compute_capability);
  explain(info.memory);
  explain(info.bus_type);
  explain(info.pcie_gen);
  explain(info.bandwidth_gbps);
  explain(info.driver);
  explain(info.driver_version);
  explain(info.firmware_version);
  explain(info.serial);
  explain(info.gpu_type);
  explain(info.numa_node);
  explain(info.pci_address);
  explain(info.pci_ids);
}

void add_device(System::State& state, std::shared_ptr<Device> device, VendorSlot* vendor) {
  auto slot = std::make_unique<DeviceSlot>(std::move(device), vendor, state.machine.clock);
  if (slot->info.pci_address) {
    const auto found = std::ranges::find(state.pci, *slot->info.pci_address, &PciFunction::address);
    if (found != state.pci.end()) slot->function = std::make_shared<const PciFunction>(*found);
  }
  // Identity falls back on the bus where the vendor names none.
  if (slot->info.uuid.empty() && slot->info.pci_address) {
    slot->info.uuid = "PCI-" + slot->info.pci_address->text();
  }
  if (vendor != nullptr) slot->info.support_level = SupportLevel::monitoring;
  explain_absences(slot->info);
  state.devices.push_back(std::move(slot));
}

bool is_taken(const System::State& state, const AcceleratorInfo& info) {
  return std::ranges::any_of(state.devices, [&](const auto& slot) {
    const bool same_place = info.parent.empty() && slot->info.parent.empty() && info.pci_address &&
                            slot->info.pci_address && *slot->info.pci_address == *info.pci_address;
    return same_place || (!info.uuid.empty() && slot->info.uuid == info.uuid);
  });
}

/// Takes what a vendor found. False when it did not answer in time.
bool collect_discovery(System::State& state, VendorSlot& vendor,
                       const std::shared_ptr<DiscoveryJob>& job,
                       std::chrono::nanoseconds deadline) {
  if (job == nullptr) return false;
  if (vendor.worker.collect(deadline) != base::Worker::Outcome::done) return false;
  vendor.backend = job->backend;
  vendor.skipped = job->skipped;
  if (vendor.backend == nullptr) return true;
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

std::string unserved_reason(const VendorSlot* vendor, const PciFunction& function) {
  if (vendor == nullptr) return "this build has no back end for " + function.vendor + " devices";
  const std::string back_end = "the back end for " + std::string(vendor->entry.vendor);
  if (!vendor->skipped.empty()) return back_end + " could not be started: " + vendor->skipped;
  return back_end + " does not serve it; the driver bound to it is " + *function.driver;
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
  return {DeviceState::ok, unserved_reason(vendor, function), ""};
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

/// A virtual function is a part of the device that its physical function belongs to.
void name_parents(System::State& state) {
  for (const auto& slot : state.devices) {
    if (slot->function == nullptr || !slot->function->physical_function) continue;
    if (!slot->info.parent.empty()) continue;
    const auto whole = std::ranges::find_if(state.devices, [&](const auto& other) {
      return other->info.parent.empty() && other->info.pci_address &&
             *other->info.pci_address == *slot->function->physical_function;
    });
    if (whole != state.devices.end()) slot->info.parent = (*whole)->info.uuid;
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
  sorted.reserve(keys.size());
  for (const auto& [key, position] : keys) sorted.push_back(std::move(state.devices[position]));
  state.devices = std::move(sorted);
}

void number(System::State& state) {
  std::vector<std::pair<std::string, int>> per_vendor;
  const AcceleratorInfo* whole = nullptr;
  int global = -1;
  int partition = 0;
  for (const auto& slot : state.devices) {
    AcceleratorInfo& info = slot->info;
    auto counted = std::ranges::find(per_vendor, info.vendor, &std::pair<std::string, int>::first);
    if (counted == per_vendor.end()) {
      counted = per_vendor.insert(per_vendor.end(), {info.vendor, -1});
    }
    // A partition whose device is not in the list (a container may see only the one) counts itself.
    if (whole != nullptr && !info.parent.empty() && info.parent == whole->uuid) {
      info.partition = partition++;
    } else {
      whole = &info;
      ++global;
      ++counted->second;
      partition = 0;
      info.partition = -1;
    }
    info.global_index = global;
    info.index = counted->second;
  }
}

/// A worker that a hung driver holds goes on serving its device, so that discovering again neither
/// waits for it once more nor starts a thread more.
void hand_over_workers(std::vector<std::unique_ptr<DeviceSlot>>& before, System::State& state) {
  for (const auto& slot : state.devices) {
    const auto same = std::ranges::find_if(
        before, [&](const auto& old) { return old->info.uuid == slot->info.uuid; });
    if (same != before.end() && (*same)->worker->is_busy()) {
      std::swap(slot->worker, (*same)->worker);
    }
  }
}

/// What is left of them is what is known of them.
void retire(std::vector<std::unique_ptr<DeviceSlot>> before, System::State& state) {
  for (const auto& slot : before) slot->worker.reset();
  state.retired = std::move(before);
}

}  // namespace

void discover(System::State& state) {
  auto before = std::move(state.devices);
  state.devices.clear();
  for (const auto& slot : before) slot->device.reset();  // Before its vendor looks again.
  state.problems.clear();
  state.pci = pci::scan(state.machine);

  std::vector<std::pair<VendorSlot*, std::shared_ptr<DiscoveryJob>>> jobs;
  const auto patience = state.options.discovery_deadline;
  const auto deadline = state.machine.clock->steady() + patience;
  for (const auto& vendor : state.vendors) {
    vendor->problems.clear();
    vendor->skipped.clear();
    vendor->hung = false;
    if (!may_have_devices(*vendor, state)) continue;
    jobs.emplace_back(vendor.get(), start_discovery(*vendor, state));
  }
  for (const auto& [vendor, job] : jobs) {
    if (collect_discovery(state, *vendor, job, deadline)) continue;
    vendor->hung = true;
    vendor->problems.push_back(
        {Errc::timeout,
         std::string(vendor->entry.vendor) + ": the driver did not answer within " +
             base::number_text(std::chrono::duration<double>(patience).count()) + "s",
         "look for a hung driver in the kernel log (dmesg)",
         {}});
  }
  add_bare_devices(state);
  hand_over_workers(before, state);
  retire(std::move(before), state);
  name_parents(state);
  put_in_order(state);
  number(state);
  for (const auto& vendor : state.vendors) {
    state.problems.insert(state.problems.end(), vendor->problems.begin(), vendor->problems.end());
  }
}

std::vector<Finding> findings(System::State& state) {
  struct Job {
    std::shared_ptr<Backend> backend;
    std::vector<Finding> found;
    std::optional<Error> failure;
  };
  std::vector<Finding> all;
  for (const auto& vendor : state.vendors) {
    if (vendor->backend == nullptr && !vendor->worker.is_busy()) continue;
    auto job = std::make_shared<Job>(Job{vendor->backend, {}, {}});
    const auto outcome = vendor->worker.run(
        [job] {
          if (job->backend == nullptr) return;
          job->failure = thrown_by([&] { job->found = job->backend->findings(); });
        },
        state.options.discovery_deadline);
    const std::string name(vendor->entry.vendor);
    if (outcome != base::Worker::Outcome::done) {
      all.push_back({"ACC-SYS-001", Severity::high, name + "'s driver does not answer",
                     "a call into its library has not come back",
                     "look for a hung driver in the kernel log (dmesg)", ""});
    } else if (job->failure) {
      all.push_back({"ACC-SYS-002", Severity::medium, name + "'s back end failed",
                     job->failure->message, "report it, with the driver's version", ""});
    } else {
      all.insert(all.end(), job->found.begin(), job->found.end());
    }
  }
  return all;
}

}  // namespace accel
