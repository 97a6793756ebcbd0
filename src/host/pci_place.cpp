#include "host/pci_place.hpp"

#include <optional>
#include <system_error>

#include "base/place.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

struct Function {
  PciAddress address;
  std::filesystem::path path;
};

std::optional<Function> function_above(const base::Dir& device) {
  std::error_code failure;
  auto path = base::canonical(device.path(), failure);
  if (failure) return std::nullopt;
  for (; path.has_relative_path(); path = path.parent_path()) {
    const auto name = path.filename().string();
    // "0000:41:00.0": a bus ("pci0000:00") and a USB interface ("1-2:1.0") have no such form.
    if (name.size() < 12 || name[name.size() - 2] != '.') continue;
    if (auto address = PciAddress::parse(name)) return Function{*address, path};
  }
  return std::nullopt;
}

}  // namespace

Reading<PciAddress> pci_address_of(const Machine& machine, const base::Dir& device) {
  const auto source = device.path().string();
  const auto function = function_above(device);
  if (!function) return {unsupported(source + ": leads to no PCI function"), source};
  return {function->address, source, machine.clock->steady()};
}

Reading<std::int64_t> numa_node_of(const Machine& machine, const base::Dir& device) {
  const auto function = function_above(device);
  auto node = integer_field(machine, function ? base::Dir(function->path) : device, "numa_node");
  if (!node || *node >= 0) return node;
  return {unsupported(node.source() + ": " + std::to_string(*node) + ": the firmware does not say"),
          node.source()};
}

}  // namespace accel::host
