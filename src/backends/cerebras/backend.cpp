// Cerebras systems, which are on no bus: a machine's configuration names them, and nothing is asked
// over the network.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "accel/backend.hpp"
#include "core/device_state.hpp"

namespace accel::cerebras {
namespace {

constexpr std::string_view kVendor = "Cerebras";

/// Host and name stand in an identity between '/', so neither may hold one, or a blank.
bool is_word(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '/'; });
}

class RemoteDevice final : public Device {
 public:
  explicit RemoteDevice(const RemoteSystem& system) {
    const std::string source = "configuration: " + system.host + "/" + system.name;
    const Absence no_bus{ReadingStatus::unsupported, source + ": it is reached over the network",
                         ""};
    info_.uuid = "NET-" + system.host + "/" + system.name;
    info_.vendor = kVendor;
    info_.device_type = DeviceType::wse;
    info_.bus_type = {BusType::network, source};
    const Absence not_asked{ReadingStatus::unsupported, source + ": it is not asked", ""};
    for (auto* fact : {&info_.model, &info_.compute_capability, &info_.driver_version,
                       &info_.firmware_version, &info_.serial}) {
      *fact = not_asked;
    }
    info_.memory = not_asked;
    info_.gpu_type = Absence{ReadingStatus::unsupported, "it is no GPU", ""};
    info_.numa_node = no_bus;
    info_.pci_address = no_bus;
    info_.pci_ids = no_bus;
    info_.pcie_gen = no_bus;
    info_.bandwidth_gbps = no_bus;
    info_.driver = no_bus;
    info_.extra.emplace_back("host", system.host);
  }

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override {
    fill_absent(out, {ReadingStatus::unsupported,
                      "the system is not asked over the network; on " +
                          std::get<std::string>(info_.extra.front().second) +
                          ", csctl get systems may tell",
                      ""});
  }

 private:
  AcceleratorInfo info_;
};

class CerebrasBackend final : public Backend {
 public:
  explicit CerebrasBackend(const Machine& machine) : systems_(machine.remote_systems) {}

  Result<Discovered> discover(const Discovery& /*discovery*/) override {
    Discovered found;
    for (const RemoteSystem& system : systems_) {
      if (system.vendor != kVendor) continue;
      if (is_word(system.host) && is_word(system.name)) {
        found.devices.push_back(std::make_unique<RemoteDevice>(system));
      } else {
        found.problems.push_back({Errc::invalid_config,
                                  "Cerebras: '" + system.host + "', '" + system.name +
                                      "' name no system: a host and a name are words",
                                  "mend the list of remote systems",
                                  {}});
      }
    }
    return found;
  }
  void shutdown() noexcept override {}
  std::string framework_device(int index) const override {
    return "cerebras:" + std::to_string(index);
  }

 private:
  std::vector<RemoteSystem> systems_;
};

}  // namespace

BackendEntry entry() {
  return {kVendor,
          DeviceType::wse,
          Verification::documented,
          "listed from the configuration alone",
          {},
          [](const Machine& machine) -> std::unique_ptr<Backend> {
            return std::make_unique<CerebrasBackend>(machine);
          },
          [](const Machine& machine) {
            return std::ranges::find(machine.remote_systems, kVendor, &RemoteSystem::vendor) !=
                   machine.remote_systems.end();
          }};
}

}  // namespace accel::cerebras
