#include "host/rdma.hpp"

#include <cmath>
#include <string>
#include <string_view>

#include "base/number.hpp"
#include "host/field.hpp"
#include "host/pci_place.hpp"

namespace accel::host {
namespace {

/// "400 Gb/sec (4X NDR)", "2.5 Gb/sec (1X SDR)" (drivers/infiniband/core/sysfs.c)
Reading<std::int64_t> rate(const Machine& machine, const base::Dir& port) {
  const auto text = text_field(machine, port, "rate");
  if (!text) return {text.absence(), text.source(), text.time()};
  const std::string_view words = *text;
  const auto gigabits = base::parse_double(words.substr(0, words.find(' ')));
  const bool has_unit = words.find(" Gb/sec") != std::string_view::npos;
  if (!gigabits || !has_unit || *gigabits < 0 || *gigabits > 1e6) {
    return {nonsense(text.source() + ": not a rate: " + in_quotes(*text)), text.source()};
  }
  return {std::int64_t{std::llround(*gigabits * 1000)}, text.source(), text.time()};
}

/// "4: ACTIVE" → "ACTIVE"
Reading<std::string> state(const Machine& machine, const base::Dir& port) {
  auto text = text_field(machine, port, "state");
  if (!text) return text;
  const auto colon = text->find(": ");
  return colon == std::string::npos
             ? text
             : Reading<std::string>{text->substr(colon + 2), text.source(), text.time()};
}

/// "1: CA" is a channel adapter, "4: RNIC" an iWARP one.
std::string kind(const base::Dir& device, const base::Dir& port) {
  const auto layer = port.text("link_layer").value_or("");
  if (layer == "InfiniBand") return "infiniband";
  if (layer != "Ethernet") return "rdma";
  return device.text("node_type").value_or("").find("RNIC") == std::string::npos ? "roce" : "iwarp";
}

Reading<std::string> driver(const Machine& machine, const base::Dir& device) {
  const auto source = device.source("device/driver");
  return {device.child("device").link_name("driver"), source, machine.clock->steady()};
}

}  // namespace

std::vector<NetworkInfo> rdma_ports(const Machine& machine) {
  std::vector<NetworkInfo> found;
  for (const auto& device : directory(machine, "/sys/class/infiniband").children()) {
    for (const auto& port : device.child("ports").children()) {
      const auto number = base::parse_integer(port.name());
      if (!number || *number < 1 || *number > 255) continue;
      found.push_back({printable(device.name()), kind(device, port), static_cast<int>(*number),
                       driver(machine, device), state(machine, port), rate(machine, port),
                       pci_address_of(machine, device.child("device")),
                       numa_node_of(machine, device.child("device")),
                       text_field(machine, device, "node_guid")});
    }
  }
  return found;
}

}  // namespace accel::host
