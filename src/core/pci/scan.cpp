#include "core/pci/scan.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "base/dir.hpp"
#include "core/pci/ids.hpp"

namespace accel::pci {
namespace {

using base::Dir;

// PCI Code and ID Assignment Specification, base classes.
constexpr std::uint64_t kBridge = 0x06;

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

Reading<std::string> driver_of(const Dir& dir) {
  auto name = dir.link_name("driver");
  if (name) return {std::move(*name), dir.source("driver")};
  if (name.error().code != Errc::operation_not_supported) return name;
  return Absence{ReadingStatus::no_driver, dir.source("driver") + ": no driver is bound",
                 "install or load the vendor's kernel driver"};
}

Reading<std::int64_t> numa_node_of(const Dir& dir) {
  auto node = dir.integer("numa_node");
  if (node && *node < 0) {
    return Absence{ReadingStatus::unsupported,
                   dir.source("numa_node") + " is -1: the firmware names no node", ""};
  }
  return {std::move(node), dir.source("numa_node")};
}

/// Thunderbolt and USB4 host routers mark the ports through which devices can be unplugged. The
/// kernel hands the mark down to everything below such a port (pci_set_removable in
/// drivers/pci/probe.c, since 5.14), so the function's own file tells.
bool is_behind_thunderbolt(const Dir& dir) {
  const auto removable = dir.text("removable");
  return removable && *removable == "removable";
}

/// Documentation/ABI/testing/sysfs-bus-pci: a virtual function links to its physical one.
std::optional<PciAddress> physical_function_of(const Dir& dir) {
  const auto name = dir.link_name("physfn");
  if (!name) return std::nullopt;
  const auto address = PciAddress::parse(*name);
  return address ? std::optional(*address) : std::nullopt;
}

/// Where an entry of `bus`, a folder without links in its path, leads. The kernel's links are
/// relative, and those to a function lead to its folder in one step.
std::filesystem::path real_directory(const Dir& entry, const std::filesystem::path& bus) {
  std::error_code no_link;
  const auto target = std::filesystem::read_symlink(entry.path(), no_link);
  return no_link ? bus / entry.name() : (bus / target).lexically_normal();
}

std::optional<PciFunction> read_function(const Dir& dir, const std::filesystem::path& bus,
                                         const Machine& machine) {
  const auto address = PciAddress::parse(dir.name());
  if (!address) return std::nullopt;
  const auto ids = accelerator_ids(dir);
  if (!ids) return std::nullopt;
  const Classification kind = classify(*ids);

  PciFunction function;
  function.address = *address;
  function.ids = *ids;
  function.directory = real_directory(dir, bus);
  function.vendor = kind.vendor;
  function.device_type = kind.type;
  function.model = kind.model;
  function.driver = driver_of(dir);
  function.runtime_status = runtime_status(function);
  function.numa_node = numa_node_of(dir);
  function.behind_thunderbolt = is_behind_thunderbolt(dir);
  function.boot_display = dir.integer("boot_vga").value_or(0) == 1;
  function.physical_function = physical_function_of(dir);
  function.slot_directory = slot_directory(function);
  auto [own, slot] = links(function, machine);
  function.link = std::move(own);
  function.slot = std::move(slot);
  return function;
}

}  // namespace

Reading<std::string> runtime_status(const PciFunction& function) {
  const Dir dir(function.directory);
  return {dir.text("power/runtime_status"), dir.source("power/runtime_status")};
}

std::vector<PciFunction> scan(const Machine& machine) {
  const Dir bus(machine.path("/sys/bus/pci/devices"));
  std::error_code failure;
  auto real_bus = std::filesystem::canonical(bus.path(), failure);
  if (failure) return {};
  std::vector<PciFunction> functions;
  for (const Dir& dir : bus.children()) {
    if (auto function = read_function(dir, real_bus, machine)) {
      functions.push_back(std::move(*function));
    }
  }
  std::ranges::sort(functions, {}, &PciFunction::address);
  return functions;
}

}  // namespace accel::pci
