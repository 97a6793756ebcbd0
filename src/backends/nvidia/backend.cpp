#include "backends/nvidia/backend.hpp"

#include <array>
#include <utility>

#include "backends/nvidia/device.hpp"
#include "backends/nvidia/device_nodes.hpp"
#include "backends/nvidia/events.hpp"
#include "backends/nvidia/findings.hpp"
#include "backends/nvidia/identity.hpp"
#include "backends/nvidia/library.hpp"
#include "backends/nvidia/mig.hpp"
#include "backends/nvidia/plausible.hpp"
#include "backends/nvidia/proc_files.hpp"

namespace accel::nvidia {
namespace {

constexpr std::array<std::uint16_t, 1> kVendors{0x10de};
/// No machine has more; a driver that says so is not believed.
constexpr std::uint32_t kMostGpus = 1024;

class NvidiaBackend final : public Backend {
 public:
  explicit NvidiaBackend(const Machine& machine)
      : machine_(std::make_shared<const Machine>(machine)),
        library_(*machine_),
        events_(*machine_) {}
  ~NvidiaBackend() override { shutdown(); }
  NvidiaBackend(const NvidiaBackend&) = delete;
  NvidiaBackend& operator=(const NvidiaBackend&) = delete;

  Result<Discovered> discover(const Discovery& discovery) override;
  void shutdown() noexcept override { library_.close(); }
  std::string framework_device(int index) const override { return "cuda:" + std::to_string(index); }
  std::vector<Finding> findings() override { return find_problems(*machine_, library_, gpus_); }
  EventSource* events() override { return &events_; }

 private:
  /// A GPU that the bus shows.
  void add(const PciFunction& function, Discovered& found);
  /// The GPUs that only the library shows: no bus is visible here (WSL, restricted container).
  void add_by_number(Discovered& found);
  void add_device(KnownGpu known, Discovered& found);
  void add_refused(AcceleratorInfo info, Error why, Discovered& found);
  Result<Gpu> ask_for(const PciFunction& function);
  void report(Error problem, Discovered& found);

  std::shared_ptr<const Machine> machine_;
  Library library_;
  Events events_;
  std::vector<KnownGpu> gpus_;
};

/// Why a GPU must not be asked, from the bus alone.
std::optional<Error> bus_refusal(const PciFunction& function, const Machine& machine) {
  if (auto asleep = RuntimePower(function, machine).refusal()) return asleep;
  if (function.driver && *function.driver != "nvidia") {
    const bool given_away = *function.driver == "vfio-pci";
    return Error{Errc::driver_not_found,
                 "bound to the driver " + *function.driver,
                 given_away ? "it belongs to a virtual machine; bind it to nvidia to use it here"
                            : "bind it to the nvidia driver",
                 {}};
  }
  if (function.driver.status() == ReadingStatus::no_driver) {
    return Error{Errc::driver_not_found, function.driver.reason(), function.driver.remedy(), {}};
  }
  return std::nullopt;
}

/// A GPU that the library does not give: is it the node that this user may not open?
Error explained(Error error, const Machine& machine, const PciFunction& function) {
  const bool may_be_node = error.code == Errc::permission_denied || error.code == Errc::not_found ||
                           error.code == Errc::nvml_error || error.code == Errc::system_error;
  const auto minor = gpu_file(machine, function.address).minor;
  if (!may_be_node || !minor) return error;
  if (auto refusal = node_refusal(machine, "/dev/nvidia" + std::to_string(*minor))) {
    error.code = Errc::permission_denied;
    error.message += " (" + refusal->message + ")";
    error.remedy = std::move(refusal->remedy);
  }
  return error;
}

Result<Gpu> NvidiaBackend::ask_for(const PciFunction& function) {
  if (auto refusal = bus_refusal(function, *machine_)) return *refusal;
  const auto nvml = library_.open();
  if (!nvml) return nvml.error();
  nvmlDevice_t handle = nullptr;
  const auto done =
      (*nvml)->call((*nvml)->functions().device_by_pci, bus_id(function.address).c_str(), &handle);
  if (!done) return explained(done.error(), *machine_, function);
  return Gpu(*nvml, handle);
}

void NvidiaBackend::add(const PciFunction& function, Discovered& found) {
  auto gpu = ask_for(function);
  const Absence unknown = gpu ? Absence{ReadingStatus::unsupported, "not told by the driver", ""}
                              : absence_of(gpu.error());
  AcceleratorInfo info = quiet_identity(*machine_, &function, unknown);
  if (gpu) {
    ask_identity(info, *gpu, *machine_);
    add_device({std::move(info), std::move(*gpu), RuntimePower(function, *machine_)}, found);
  } else {
    add_refused(std::move(info), std::move(gpu).error(), found);
  }
}

void NvidiaBackend::add_refused(AcceleratorInfo info, Error why, Discovered& found) {
  info.state = state_of(why.code);
  info.state_reason = why.message;
  info.state_remedy = why.remedy;
  const bool told_already = library_.failure() && library_.failure()->message == why.message;
  const bool expected = why.code == Errc::device_asleep || why.code == Errc::driver_not_found;
  if (!told_already && !expected) {
    report(annotate(info.pci_address ? info.pci_address->text() : info.uuid, why), found);
  }
  add_device({std::move(info), Gpu(std::move(why)), {}}, found);
}

void NvidiaBackend::add_device(KnownGpu known, Discovered& found) {
  known.info.index = static_cast<int>(gpus_.size());
  const bool divided = is_divided(known.gpu);
  gpus_.push_back(known);
  MigDevices parts =
      divided ? mig_devices(known.gpu, known.info, known.power, machine_) : MigDevices{};
  found.devices.push_back(std::make_unique<GpuDevice>(std::move(known.info), std::move(known.gpu),
                                                      std::move(known.power), machine_, divided));
  for (auto& part : parts.devices) found.devices.push_back(std::move(part));
  for (auto& problem : parts.problems) report(std::move(problem), found);
}

void NvidiaBackend::add_by_number(Discovered& found) {
  const auto opened = library_.open();
  if (!opened) return;
  const std::shared_ptr<const Nvml>& nvml = *opened;
  std::uint32_t count = 0;
  auto counted = nvml->call(nvml->functions().device_count, &count);
  if (counted && count > kMostGpus) {
    counted = implausible(nvml->functions().device_count.name, count, 0, kMostGpus, "GPUs");
  }
  if (!counted) return report(std::move(counted).error(), found);
  for (std::uint32_t index = 0; index < count; ++index) {
    AcceleratorInfo info = quiet_identity(
        *machine_, nullptr, {ReadingStatus::unsupported, "no PCI bus is visible here", ""});
    info.uuid = "NVML-" + std::to_string(index);
    nvmlDevice_t handle = nullptr;
    auto done = nvml->call(nvml->functions().device_by_index, index, &handle);
    if (!done) {
      add_refused(std::move(info), std::move(done).error(), found);
      continue;
    }
    Gpu gpu(nvml, handle);
    if (const auto address = address_of(gpu)) {
      info.uuid = "PCI-" + address->text();
      info.pci_address = {*address, nvml->functions().pci_info.name};
    }
    ask_identity(info, gpu, *machine_);
    add_device({std::move(info), std::move(gpu), {}}, found);
  }
}

void NvidiaBackend::report(Error problem, Discovered& found) {
  found.problems.push_back(annotate("NVIDIA", std::move(problem)));
}

Result<Discovered> NvidiaBackend::discover(const Discovery& discovery) {
  Discovered found;
  gpus_.clear();
  library_.forget_failure();
  bool bus_shows_any = false;
  for (const PciFunction& function : discovery.pci) {
    if (function.ids.vendor != kVendors[0]) continue;
    bus_shows_any = true;
    add(function, found);
  }
  if (!bus_shows_any) add_by_number(found);
  // A driver that is not there is no problem of its own: the devices say so.
  if (const auto& why = library_.failure(); why && why->code != Errc::driver_not_found) {
    report(*why, found);
  }
  std::vector<std::pair<std::string, Gpu>> awake;
  for (const KnownGpu& known : gpus_) {
    if (known.gpu.refusal() == nullptr) awake.emplace_back(known.info.uuid, known.gpu);
  }
  events_.watch(std::move(awake));
  return found;
}

}  // namespace

BackendEntry entry() {
  return {"NVIDIA",
          DeviceType::gpu,
          Verification::simulated,
          "a simulated driver and fakes of drivers 470 to 610; no GPU yet",
          kVendors,
          [](const Machine& machine) -> std::unique_ptr<Backend> {
            return std::make_unique<NvidiaBackend>(machine);
          }};
}

}  // namespace accel::nvidia
