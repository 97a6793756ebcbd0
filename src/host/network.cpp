// The host's network interfaces that have hardware behind them.
#include <string>

#include "accel/host.hpp"
#include "host/field.hpp"
#include "host/pci_place.hpp"
#include "host/rdma.hpp"

namespace accel::host {
namespace {

/// -1 and a refusal (EINVAL while the interface is down) both mean that there is no speed.
Reading<std::int64_t> speed(const Machine& machine, const base::Dir& interface) {
  const auto source = interface.source("speed");
  const auto text = interface.text("speed");
  if (!text && text.error().code == Errc::io_error) {
    return {unsupported(text.error().message + ": no speed while the interface is down"), source};
  }
  auto megabits = integer_field(machine, interface, "speed");
  if (!megabits || *megabits >= 0) return megabits;
  return {unsupported(source + ": " + std::to_string(*megabits) +
                      ": the driver states none, as virtual interfaces do, or there is no link"),
          source};
}

NetworkInfo describe(const Machine& machine, const base::Dir& interface) {
  NetworkInfo info;
  info.name = printable(interface.name());
  const bool is_wireless = interface.has("wireless") || interface.has("phy80211");
  info.kind = is_wireless ? "wireless" : "ethernet";
  if (interface.integer("type").value_or(1) == 32) info.kind = "infiniband";  // ARPHRD_INFINIBAND
  const auto device = interface.child("device");
  info.driver = {device.link_name("driver"), device.source("driver"), machine.clock->steady()};
  info.state = text_field(machine, interface, "operstate");
  info.speed_mbps = speed(machine, interface);
  info.pci_address = pci_address_of(machine, device);
  info.numa_node = numa_node_of(machine, device);
  info.guid = unsupported("not an RDMA device");
  return info;
}

}  // namespace

std::vector<NetworkInfo> network(const Machine& machine) {
  std::vector<NetworkInfo> found;
  for (const auto& interface : directory(machine, "/sys/class/net").children()) {
    // Bridges, tunnels and container ends have no device: the hardware below them is listed.
    if (interface.has("device")) found.push_back(describe(machine, interface));
  }
  for (auto& port : rdma_ports(machine)) found.push_back(std::move(port));
  return found;
}

}  // namespace accel::host
