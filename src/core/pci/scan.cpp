#include "core/pci/scan.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "base/place.hpp"
#include "core/pci/drivers.hpp"
#include "core/pci/ids.hpp"

namespace accel::pci {
namespace {

using base::Dir;

// PCI Code and ID Assignment Specification, base classes.
constexpr std::uint64_t kBridge = 0x06;

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

/// Nothing for a function that is no accelerator. A server has hundreds of those: for most of them,
/// which are bridges, one file is enough, and for the others three are.
std::optional<PciIds> accelerator_ids(const Dir& dir) {
  const auto class_code = dir.hex("class");
  if (!class_code || *class_code >> 16 == kBridge) return std::nullopt;
  const auto vendor = dir.hex("vendor");
  const auto device = dir.hex("device");
  if (!vendor || !device) return std::nullopt;
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

Reading<std::string> driver_of(const Dir& dir, const PciIds& ids) {
  auto name = dir.link_name("driver");
  if (name) return {std::move(*name), dir.source("driver")};
  if (name.error().code != Errc::operation_not_supported) return name;
  return Absence{ReadingStatus::no_driver, dir.source("driver") + ": no driver is bound",
                 driver_remedy(ids)};
}

/// Thunderbolt and USB4 host routers mark the ports through which devices can be unplugged. The
/// kernel hands the mark down to everything below such a port (pci_set_removable in
/// drivers/pci/probe.c, since 5.14), so the function's own file tells.
bool is_behind_thunderbolt(const Dir& dir) {
  const auto removable = dir.text("removable");
  return removable && *removable == "removable";
}

/// Where an entry of `bus`, a folder without links in its path, leads. The kernel's links are
/// relative, and those to a function lead to its folder in one step.
std::filesystem::path real_directory(const Dir& entry, const std::filesystem::path& bus) {
  std::error_code no_link;
  const auto target = base::read_symlink(entry.path(), no_link);
  return no_link ? bus / entry.name() : (bus / target).lexically_normal();
}

/// `dir` as it was found, `directory` where it really is.
PciFunction make_function(const Dir& dir, std::filesystem::path directory, PciAddress address,
                          PciIds ids, const Machine& machine) {
  const Classification kind = classify(ids);
  PciFunction function;
  function.address = address;
  function.ids = ids;
  function.directory = std::move(directory);
  function.vendor = kind.vendor;
  function.device_type = kind.type;
  function.model = kind.model;
  function.driver = driver_of(dir, ids);
  function.runtime_status = runtime_status(function);
  function.numa_node = numa_node(dir.path());
  function.behind_thunderbolt = is_behind_thunderbolt(dir);
  function.boot_display = dir.integer("boot_vga").value_or(0) == 1;
  function.physical_function = physical_function(dir.path());
  function.slot_directory = slot_directory(function.directory, ids.vendor);
  auto [own, slot] = links(function, machine);
  function.link = std::move(own);
  function.slot = std::move(slot);
  return function;
}

std::optional<PciFunction> read_function(const Dir& dir, const std::filesystem::path& bus,
                                         const Machine& machine) {
  const auto address = PciAddress::parse(dir.name());
  if (!address) return std::nullopt;
  const auto ids = accelerator_ids(dir);
  if (!ids) return std::nullopt;
  return make_function(dir, real_directory(dir, bus), *address, *ids, machine);
}

/// The function behind a DRM card that the bus does not show.
std::optional<PciFunction> read_card(const Dir& card, const std::vector<PciFunction>& known,
                                     const Machine& machine) {
  const Dir dir = card.child("device");
  const auto is_known = [&](const Result<PciAddress>& address) {
    return address && std::ranges::find(known, *address, &PciFunction::address) != known.end();
  };
  std::error_code failure;
  const auto real = base::canonical(dir.path(), failure);
  if (!failure && is_known(PciAddress::parse(real.filename().string()))) return std::nullopt;
  const auto uevent = dir.text("uevent");
  if (!uevent) return std::nullopt;
  const auto address = PciAddress::parse(uevent_value(*uevent, "PCI_SLOT_NAME"));
  auto ids = ids_of_uevent(*uevent);
  if (!address || !ids || is_known(address) || !classify(*ids).is_accelerator) return std::nullopt;
  ids->revision = static_cast<std::uint8_t>(dir.hex("revision").value_or(0));
  PciFunction function = make_function(dir, failure ? dir.path() : real, *address, *ids, machine);
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
  const Dir bus(machine.path("/sys/bus/pci/devices"));
  std::error_code failure;
  const auto real_bus = base::canonical(bus.path(), failure);
  std::vector<PciFunction> functions;
  for (const Dir& dir : bus.children()) {
    if (auto function = read_function(dir, real_bus, machine)) {
      functions.push_back(std::move(*function));
    }
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
