#include "backends/nvidia/backend.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/nvidia/device.hpp"
#include "backends/nvidia/events.hpp"
#include "backends/nvidia/findings.hpp"
#include "backends/nvidia/identity.hpp"
#include "backends/nvidia/introductions.hpp"
#include "backends/nvidia/library.hpp"
#include "backends/nvidia/plausible.hpp"
#include "backends/nvidia/xid_log.hpp"

namespace accel::nvidia {
namespace {

constexpr std::array<std::uint16_t, 1> kVendors{0x10de};
/// No machine has more; a driver that says so is not believed.
constexpr std::uint32_t kMostGpus = 1024;

class NvidiaBackend final : public Backend {
 public:
  explicit NvidiaBackend(const Machine& machine)
      : machine_(std::make_shared<const Machine>(machine)),
        library_(machine_),
        introductions_(machine_),
        events_(*machine_) {}
  ~NvidiaBackend() override { shutdown(); }
  NvidiaBackend(const NvidiaBackend&) = delete;
  NvidiaBackend& operator=(const NvidiaBackend&) = delete;

  Result<Discovered> discover(const Discovery& discovery) override;
  void shutdown() noexcept override { library_.close(); }
  std::string framework_device(int index) const override { return "cuda:" + std::to_string(index); }
  std::vector<Finding> findings() override;
  EventSource* events() override { return &events_; }

 private:
  /// NVML knows the GPUs and the driver that were there when it was initialized.
  void begin_anew_if_changed(const std::vector<PciFunction>& ours);
  void add(Introduction heard, Discovered& found);
  /// The GPUs that only the library shows: no bus is visible here (WSL, restricted container).
  void add_by_number(Discovered& found);
  static void report(Error problem, Discovered& found);

  std::shared_ptr<const Machine> machine_;
  Library library_;
  Introductions introductions_;
  Events events_;
  std::vector<KnownGpu> gpus_;
  std::optional<std::string> bus_;  ///< ours on it when we looked last
};

void NvidiaBackend::begin_anew_if_changed(const std::vector<PciFunction>& ours) {
  std::string bus;
  for (const PciFunction& function : ours) {
    bus += function.address.text() + ' ' + function.driver.optional().value_or("") + '\n';
  }
  const bool lost = std::ranges::any_of(
      gpus_, [](const KnownGpu& known) { return known.info.state == DeviceState::lost; });
  if (lost || (bus_ && *bus_ != bus)) {
    machine_->trace("NVML: initialized anew, since the GPUs are not those of before");
    events_.watch({});
    library_.close();
  }
  bus_ = std::move(bus);
}

void NvidiaBackend::add(Introduction heard, Discovered& found) {
  KnownGpu& known = heard.known;
  if (const Error* why = known.gpu.refusal()) {
    const bool told_already = library_.failure() && library_.failure()->message == why->message;
    const bool expected = why->code == Errc::device_asleep || why->code == Errc::driver_not_found;
    if (!told_already && !expected) {
      const AcceleratorInfo& info = known.info;
      report(annotate(info.pci_address ? info.pci_address->text() : info.uuid, *why), found);
    }
  }
  known.info.index = static_cast<int>(gpus_.size());
  gpus_.push_back(known);
  found.devices.push_back(std::make_unique<GpuDevice>(std::move(known.info), std::move(known.gpu),
                                                      std::move(known.power), machine_,
                                                      heard.divided));
  for (auto& part : heard.parts.devices) found.devices.push_back(std::move(part));
  for (auto& problem : heard.parts.problems) report(std::move(problem), found);
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
  const DriverIdentity driver = driver_identity(*machine_);
  for (std::uint32_t index = 0; index < count; ++index) {
    AcceleratorInfo info = quiet_identity(
        *machine_, driver, nullptr, {ReadingStatus::unsupported, "no PCI bus is visible here", ""});
    info.uuid = "NVML-" + std::to_string(index);
    nvmlDevice_t handle = nullptr;
    auto done = nvml->call(nvml->functions().device_by_index, index, &handle);
    if (!done) {
      add(refuse(std::move(info), std::move(done).error()), found);
      continue;
    }
    Gpu gpu(nvml, handle);
    if (const auto address = address_of(gpu)) {
      info.uuid = "PCI-" + address->text();
      info.pci_address = {*address, nvml->functions().pci_info.name};
    }
    add(introduce({std::move(info), std::move(gpu), {}}, driver, machine_), found);
  }
}

std::vector<Finding> NvidiaBackend::findings() {
  auto all = library_problems(*machine_, library_, !gpus_.empty());
  // What keeps the whole library from working has been said once.
  const auto each = introductions_.examine(gpus_, !library_.failure());
  all.insert(all.end(), each.begin(), each.end());
  const auto logged = logged_xids(*machine_, gpus_);
  all.insert(all.end(), logged.begin(), logged.end());
  return all;
}

void NvidiaBackend::report(Error problem, Discovered& found) {
  found.problems.push_back(annotate("NVIDIA", std::move(problem)));
}

Result<Discovered> NvidiaBackend::discover(const Discovery& discovery) {
  Discovered found;
  std::vector<PciFunction> ours;
  std::ranges::copy_if(discovery.pci, std::back_inserter(ours), [](const PciFunction& function) {
    return function.ids.vendor == kVendors[0];
  });
  begin_anew_if_changed(ours);
  gpus_.clear();
  library_.forget_failure();
  for (Introduction& heard : introductions_.hear(ours, library_)) add(std::move(heard), found);
  if (ours.empty()) add_by_number(found);
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
