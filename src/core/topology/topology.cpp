#include "accel/topology.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel {
namespace {

Reading<TopologyLevel> level(const Reading<PciPlace>& a, const Reading<PciPlace>& b,
                             std::size_t numa_nodes) {
  if (!a) return {a.absence(), a.source()};
  if (!b) return {b.absence(), b.source()};
  return level_between(*a, *b, numa_nodes);
}

/// Boards with several devices behind a switch give each the board's serial number (nvml.h,
/// nvmlDeviceGetSerial). A row of zeros is what boards without one have in its place.
bool have_one_serial(const AcceleratorInfo& a, const AcceleratorInfo& b) {
  return a.vendor == b.vendor && a.serial && b.serial && *a.serial == *b.serial &&
         a.serial->find_first_of("123456789") != std::string::npos;
}

Reading<TopologyLevel> level(const TopologyDevice& a, const TopologyDevice& b,
                             std::size_t numa_nodes) {
  auto found = level(a.place, b.place, numa_nodes);
  const bool behind_switch = found && (*found == TopologyLevel::single_switch ||
                                       *found == TopologyLevel::several_switches);
  if (behind_switch && have_one_serial(*a.info, *b.info)) found = TopologyLevel::same_board;
  return found;
}

/// Smaller is nearer. Bridges count where the way stays below one host bridge.
std::pair<TopologyLevel, std::size_t> distance(const Reading<PciPlace>& a,
                                               const Reading<PciPlace>& b, TopologyLevel level) {
  if (level > TopologyLevel::host_bridge) return {level, 0};
  const auto ends = std::ranges::mismatch(a->path, b->path);
  return {level, static_cast<std::size_t>((a->path.end() - ends.in1) + (b->path.end() - ends.in2))};
}

std::size_t numa_node_count(const Machine& machine) {
  const auto nodes = base::Dir(machine.path("/sys/devices/system/node")).children("node");
  return static_cast<std::size_t>(std::ranges::count_if(nodes, [](const base::Dir& node) {
    return base::parse_integer(node.name().substr(4)).has_value();
  }));
}

Reading<PciPlace> place_of(const Machine& machine, const AcceleratorInfo& info) {
  if (info.pci_address) return pci_place(machine, *info.pci_address);
  return {info.pci_address.absence(), info.pci_address.source()};
}

}  // namespace

Topology::Topology(std::vector<TopologyDevice> devices, std::vector<TopologyNic> nics,
                   std::size_t numa_nodes)
    : devices_(std::move(devices)), nics_(std::move(nics)), numa_nodes_(numa_nodes) {
  for (std::size_t b = 0; b < devices_.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      pairs_.push_back(
          {level(devices_[a], devices_[b], numa_nodes), link_between(devices_[a], devices_[b])});
    }
  }
  for (const TopologyDevice& device : devices_) {
    for (const TopologyNic& nic : nics_) {
      nic_levels_.push_back(level(device.place, nic.place, numa_nodes));
    }
  }
}

const TopologyPair& Topology::between(std::size_t a, std::size_t b) const {
  assert(a != b && std::max(a, b) < devices_.size());
  const std::size_t high = std::max(a, b);
  return pairs_[high * (high - 1) / 2 + std::min(a, b)];
}

const Reading<TopologyLevel>& Topology::to_nic(std::size_t device, std::size_t nic) const {
  return nic_levels_[device * nics_.size() + nic];
}

std::vector<std::size_t> Topology::nearest_nics(std::size_t device) const {
  std::vector<std::size_t> nearest;
  std::pair<TopologyLevel, std::size_t> least;
  for (std::size_t nic = 0; nic < nics_.size(); ++nic) {
    const auto& level = to_nic(device, nic);
    if (!level) continue;
    const auto apart = distance(devices_[device].place, nics_[nic].place, *level);
    if (!nearest.empty() && apart > least) continue;
    if (nearest.empty() || apart < least) nearest.clear();
    least = apart;
    nearest.push_back(nic);
  }
  return nearest;
}

Topology topology(System& system, std::span<const std::size_t> positions,
                  std::span<const NetworkInfo> network) {
  const Machine& machine = system.machine();
  const auto infos = system.devices();
  auto links = system.links(positions);
  std::vector<TopologyDevice> devices;
  devices.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const AcceleratorInfo* info = infos[positions[i]];
    devices.push_back({info, place_of(machine, *info), std::move(links[i])});
  }
  return {std::move(devices), rdma_adapters(machine, network), numa_node_count(machine)};
}

}  // namespace accel
