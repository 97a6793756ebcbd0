#include "core/pci/scan.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/pci/ids.hpp"

namespace accel::pci {
namespace {

using base::Dir;

/// The value behind "KEY=" in a uevent file; empty when there is none.
std::string_view uevent_value(std::string_view uevent, std::string_view key) {
  while (!uevent.empty()) {
    const auto line = uevent.substr(0, uevent.find('\n'));
    uevent.remove_prefix(std::min(line.size() + 1, uevent.size()));
    if (line.starts_with(key) && line.substr(key.size()).starts_with('=')) {
      return line.substr(key.size() + 1);
    }
  }
  return {};
}

/// "1002:744C"; zeros where it is not that.
std::pair<std::uint16_t, std::uint16_t> id_pair(std::string_view text) {
  const auto colon = std::min(text.find(':'), text.size());
  const auto first = base::parse_hex(text.substr(0, colon));
  const auto second = base::parse_hex(text.substr(std::min(colon + 1, text.size())));
  if (!first || !second) return {};
  return {static_cast<std::uint16_t>(*first), static_cast<std::uint16_t>(*second)};
}

/// The same as the files vendor, device, class and subsystem_* have (drivers/pci/pci-driver.c).
std::optional<PciIds> ids_of_uevent(std::string_view uevent) {
  PciIds ids;
  std::tie(ids.vendor, ids.device) = id_pair(uevent_value(uevent, "PCI_ID"));
  std::tie(ids.subsystem_vendor, ids.subsystem_device) =
      id_pair(uevent_value(uevent, "PCI_SUBSYS_ID"));
  const auto class_code = base::parse_hex(uevent_value(uevent, "PCI_CLASS"));
  if (ids.vendor == 0 || !class_code) return std::nullopt;
  ids.class_code = static_cast<std::uint32_t>(*class_code);
  return ids;
}

/// Where a path of sysfs stops being a device's.
bool is_end_of_devices(const std::filesystem::path& at) {
  return !at.has_filename() || at.filename() == "devices" || at.filename() == "class";
}

/// Nothing for a function that is no accelerator: a server has hundreds of those, and for them
/// three files are enough.
std::optional<PciIds> accelerator_ids(const Dir& dir) {
  const auto class_code = dir.hex("class");
  const auto vendor = dir.hex("vendor");
  const auto device = dir.hex("device");
  if (!class_code || !vendor || !device) return std::nullopt;
  PciIds ids;
  ids.vendor = static_cast<std::uint16_t>(*vendor);
  ids.device = static_cast<std::uint16_t>(*device);
  ids.class_code = static_cast<std::uint32_t>(*class_code);
  if (!classify(ids).is_accelerator) return std::nullopt;
  const auto or_zero = [&](std::string_view file) { return dir.hex(file).value_or(0); };
  ids.subsystem_vendor = static_cast<std::uint16_t>(or_zero("subsystem_vendor"));
  ids.subsystem_device = static_cast<std::uint16_t>(or_zero("subsystem_device"));
  ids.revision = static_cast<std::uint8_t>(or_zero("revision"));
  return ids;
}

Reading<std::string> driver_of(const Dir& dir) {
  auto name = dir.link_name("driver");
  if (name) return {std::move(*name), dir.source("driver")};
  if (name.error().code != Errc::operation_not_supported) return name;
  return Absence{ReadingStatus::no_driver, dir.source("driver") + ": no driver is bound",
                 "install or load the vendor's kernel driver"};
}

/// Thunderbolt and USB4 host routers mark the ports through which devices can be unplugged.
bool is_behind_thunderbolt(const std::filesystem::path& directory) {
  for (auto at = directory; !is_end_of_devices(at); at = at.parent_path()) {
    // "removable" is "removable" for devices below an external-facing port (kernel 5.14).
    const auto removable = Dir(at).text("removable");
    if (removable && *removable == "removable") return true;
  }
  return false;
}

PciFunction make_function(const Dir& dir, PciAddress address, PciIds ids, const Machine& machine) {
  const Classification kind = classify(ids);
  PciFunction function;
  function.address = address;
  function.ids = ids;
  std::error_code failure;
  function.directory = std::filesystem::canonical(dir.path(), failure);
  if (failure) function.directory = dir.path();
  function.vendor = kind.vendor;
  function.device_type = kind.type;
  function.model = kind.model;
  function.driver = driver_of(dir);
  function.runtime_status = runtime_status(function);
  function.numa_node = numa_node(dir.path());
  function.behind_thunderbolt = is_behind_thunderbolt(function.directory);
  function.boot_display = dir.integer("boot_vga").value_or(0) == 1;
  function.physical_function = physical_function(dir.path());
  read_links(function, machine);
  return function;
}

std::optional<PciFunction> read_function(const Dir& dir, const Machine& machine) {
  const auto address = PciAddress::parse(dir.name());
  if (!address) return std::nullopt;
  const auto ids = accelerator_ids(dir);
  if (!ids) return std::nullopt;
  return make_function(dir, *address, *ids, machine);
}

/// The function behind a DRM card that the bus does not show.
std::optional<PciFunction> read_card(const Dir& card, const std::vector<PciFunction>& known,
                                     const Machine& machine) {
  const Dir dir = card.child("device");
  const auto is_known = [&](const Result<PciAddress>& address) {
    return address && std::ranges::find(known, *address, &PciFunction::address) != known.end();
  };
  std::error_code failure;
  const auto real = std::filesystem::canonical(dir.path(), failure);
  if (!failure && is_known(PciAddress::parse(real.filename().string()))) return std::nullopt;
  const auto uevent = dir.text("uevent");
  if (!uevent) return std::nullopt;
  const auto address = PciAddress::parse(uevent_value(*uevent, "PCI_SLOT_NAME"));
  auto ids = ids_of_uevent(*uevent);
  if (!address || !ids || is_known(address) || !classify(*ids).is_accelerator) return std::nullopt;
  ids->revision = static_cast<std::uint8_t>(dir.hex("revision").value_or(0));
  PciFunction function = make_function(dir, *address, *ids, machine);
  const auto driver = uevent_value(*uevent, "DRIVER");
  if (!function.driver && !driver.empty()) {
    function.driver = {std::string(driver), dir.source("uevent")};
  }
  return function;
}

/// A card has the name "card" and a number; "card0-DP-1" is one of its connectors.
bool is_card(const Dir& dir) { return base::parse_integer(dir.name().substr(4)).has_value(); }

}  // namespace

// Documentation/ABI/testing/sysfs-bus-pci: a virtual function links to its physical one.
std::optional<PciAddress> physical_function(const std::filesystem::path& function) {
  const auto name = Dir(function).link_name("physfn");
  if (!name) return std::nullopt;
  const auto address = PciAddress::parse(*name);
  return address ? std::optional(*address) : std::nullopt;
}

Reading<std::int64_t> numa_node(const std::filesystem::path& function) {
  const Dir dir(function);
  auto node = dir.integer("numa_node");
  if (node && *node < 0) {
    return Absence{ReadingStatus::unsupported,
                   dir.source("numa_node") + " is -1: the firmware names no node", ""};
  }
  return {std::move(node), dir.source("numa_node")};
}

Reading<std::string> runtime_status(const PciFunction& function) {
  const Dir dir(function.directory);
  return {dir.text("power/runtime_status"), dir.source("power/runtime_status")};
}

std::vector<PciFunction> scan(const Machine& machine) {
  std::vector<PciFunction> functions;
  for (const Dir& dir : Dir(machine.path("/sys/bus/pci/devices")).children()) {
    if (auto function = read_function(dir, machine)) functions.push_back(std::move(*function));
  }
  // A recorded machine, and a container with a /sys of its own, may have the cards and no bus.
  for (const Dir& dir : Dir(machine.path("/sys/class/drm")).children("card")) {
    if (!is_card(dir)) continue;
    if (auto card = read_card(dir, functions, machine)) functions.push_back(std::move(*card));
  }
  std::ranges::sort(functions, {}, &PciFunction::address);
  return functions;
}

}  // namespace accel::pci
