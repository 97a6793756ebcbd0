#include "core/pci/scan.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

#include "base/dir.hpp"
#include "core/pci/ids.hpp"

namespace accel::pci {
namespace {

using base::Dir;

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

Reading<std::int64_t> numa_node_of(const Dir& dir) {
  auto node = dir.integer("numa_node");
  if (node && *node < 0) {
    return Absence{ReadingStatus::unsupported,
                   dir.source("numa_node") + " is -1: the firmware names no node", ""};
  }
  return {std::move(node), dir.source("numa_node")};
}

/// Thunderbolt and USB4 host routers mark the ports through which devices can be unplugged.
bool is_behind_thunderbolt(const std::filesystem::path& directory) {
  for (auto at = directory; at.has_filename() && at.filename() != "devices";
       at = at.parent_path()) {
    // "removable" is "removable" for devices below an external-facing port (kernel 5.14).
    const auto removable = Dir(at).text("removable");
    if (removable && *removable == "removable") return true;
  }
  return false;
}

/// Documentation/ABI/testing/sysfs-bus-pci: a virtual function links to its physical one.
std::optional<PciAddress> physical_function_of(const Dir& dir) {
  const auto name = dir.link_name("physfn");
  if (!name) return std::nullopt;
  const auto address = PciAddress::parse(*name);
  return address ? std::optional(*address) : std::nullopt;
}

std::optional<PciFunction> read_function(const Dir& dir, const Machine& machine) {
  const auto address = PciAddress::parse(dir.name());
  if (!address) return std::nullopt;
  const auto ids = accelerator_ids(dir);
  if (!ids) return std::nullopt;
  const Classification kind = classify(*ids);

  PciFunction function;
  function.address = *address;
  function.ids = *ids;
  std::error_code failure;
  function.directory = std::filesystem::canonical(dir.path(), failure);
  if (failure) function.directory = dir.path();
  function.vendor = kind.vendor;
  function.device_type = kind.type;
  function.model = kind.model;
  function.driver = driver_of(dir);
  function.runtime_status = runtime_status(function);
  function.numa_node = numa_node_of(dir);
  function.behind_thunderbolt = is_behind_thunderbolt(function.directory);
  function.boot_display = dir.integer("boot_vga").value_or(0) == 1;
  function.physical_function = physical_function_of(dir);
  read_links(function, machine);
  return function;
}

}  // namespace

Reading<std::string> runtime_status(const PciFunction& function) {
  const Dir dir(function.directory);
  return {dir.text("power/runtime_status"), dir.source("power/runtime_status")};
}

std::vector<PciFunction> scan(const Machine& machine) {
  std::vector<PciFunction> functions;
  for (const Dir& dir : Dir(machine.path("/sys/bus/pci/devices")).children()) {
    if (auto function = read_function(dir, machine)) functions.push_back(std::move(*function));
  }
  std::ranges::sort(functions, {}, &PciFunction::address);
  return functions;
}

}  // namespace accel::pci
