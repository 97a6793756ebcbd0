// The back end over a table: finds the devices on the PCI and the platform bus.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "base/place.hpp"
#include "core/bare_device.hpp"
#include "core/node_access.hpp"
#include "core/pci/scan.hpp"
#include "core/sysfs/device.hpp"
#include "core/sysfs/identity.hpp"
#include "core/sysfs/table.hpp"

namespace accel::sysfs {
namespace {

class TableBackend final : public Backend {
 public:
  TableBackend(const Table& table, const Machine& machine)
      : shared_(std::make_shared<Shared>(table, machine)) {}
  ~TableBackend() override { shutdown(); }
  TableBackend(const TableBackend&) = delete;
  TableBackend& operator=(const TableBackend&) = delete;

  Result<Discovered> discover(const Discovery& discovery) override {
    Discovered found;
    std::vector<const PciFunction*> ours;
    for (const PciFunction& function : discovery.pci) {
      if (is_ours(function)) ours.push_back(&function);
    }
    for (const PciFunction* function : ours) {
      add(bus_identity(*function), {function->directory, function->address, ours.size() == 1},
          found);
    }
    for (const PlatformDevice& row : table().platform) add_platform_devices(row, found);
    return found;
  }

  void shutdown() noexcept override { shared_->is_shut_down = true; }

  std::string framework_device(int index) const override {
    const std::string word(table().framework);
    return word.ends_with(':') ? word + std::to_string(index) : word;
  }

 private:
  [[nodiscard]] const Table& table() const { return shared_->table; }
  [[nodiscard]] bool is_ours(const PciFunction& function) const;
  void add_platform_devices(const PlatformDevice& row, Discovered& found) const;
  void add(AcceleratorInfo info, const Folders::Where& where, Discovered& found) const;

  std::shared_ptr<Shared> shared_;
};

/// A function without driver, and one of another driver, is left to the bus, which says so.
bool TableBackend::is_ours(const PciFunction& function) const {
  const auto vendors = table().pci_vendors;
  const auto drivers = table().pci_drivers;
  if (std::ranges::find(vendors, function.ids.vendor) == vendors.end()) return false;
  if (!function.driver) return false;
  if (*function.driver == "vfio-pci") return table().takes_vfio;
  if (drivers.empty()) return true;
  return std::ranges::find(drivers, *function.driver) != drivers.end();
}

void TableBackend::add_platform_devices(const PlatformDevice& row, Discovered& found) const {
  const base::Dir bus(shared_->machine.path("/sys/bus/platform"));
  const base::Dir folder =
      row.name.empty() ? bus.child("drivers").child(row.driver) : bus.child("devices");
  std::vector<std::filesystem::path> ours;
  for (const base::Dir& entry : folder.children(row.name)) {
    std::error_code failure;
    // Beside its devices a driver's folder has a link to its module.
    if (entry.name() == "module" || !std::filesystem::is_symlink(entry.path(), failure)) continue;
    if (!row.name.empty() && entry.name() != row.name) continue;
    const auto directory = base::canonical(entry.path(), failure);
    if (!failure) ours.push_back(directory);
  }
  for (const std::filesystem::path& directory : ours) {
    AcceleratorInfo info = platform_identity(table(), row, base::Dir(directory));
    add(std::move(info), {directory, std::nullopt, ours.size() == 1}, found);
  }
}

void TableBackend::add(AcceleratorInfo info, const Folders::Where& where, Discovered& found) const {
  const Machine& machine = shared_->machine;
  const auto asleep = sleep_of(base::Dir(where.device), machine);
  Folders folders = Folders::find(table(), where, machine);
  read_facts(table(), folders, asleep, machine, info);
  if (!info.model && info.pci_ids) info.model = pci::database_name(*info.pci_ids, machine);
  if (asleep) {
    info.state = DeviceState::asleep;
    info.state_reason = asleep->reason;
    info.state_remedy = asleep->remedy;
  } else if (const auto refused = access_refusal(machine, folders.nodes())) {
    info.state = DeviceState::no_permission;
    info.state_reason = refused->message;
    info.state_remedy = refused->remedy;
  }
  found.devices.push_back(
      std::make_unique<TableDevice>(shared_, std::move(info), std::move(folders)));
}

/// Whether the kernel has the driver, or the device, of a row that is on no bus to be scanned.
bool may_be_there(const PlatformDevice& row, const Machine& machine) {
  const base::Dir bus(machine.path("/sys/bus/platform"));
  return row.name.empty() ? bus.child("drivers").child(row.driver).exists()
                          : bus.child("devices").child(row.name).exists();
}

}  // namespace

BackendEntry entry_of(const Table& table) {
  return {table.vendor,
          table.device_type,
          Verification::documented,
          "documents and code of the driver; no device yet",
          table.pci_vendors,
          [&table](const Machine& machine) -> std::unique_ptr<Backend> {
            return std::make_unique<TableBackend>(table, machine);
          },
          [&table](const Machine& machine) {
            return std::ranges::any_of(table.platform, [&](const PlatformDevice& row) {
              return may_be_there(row, machine);
            });
          }};
}

}  // namespace accel::sysfs
