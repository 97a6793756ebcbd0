#include "render/topology_tree.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "render/device_title.hpp"

namespace accel::render {
namespace {

/// One end of the tree, on its way to its place.
struct Leaf {
  Branch branch;
  const Reading<PciPlace>* place;
};

std::vector<Leaf> leaves(const Topology& topology) {
  std::vector<Leaf> all;
  for (std::size_t i = 0; i < topology.devices().size(); ++i) {
    const TopologyDevice& device = topology.devices()[i];
    Branch branch{BranchKind::device, {device_name(*device.info)}, i, {}};
    if (device.place) branch.lines.push_back(device.place->address.text());
    branch.lines.push_back(model_text(*device.info));
    all.push_back({std::move(branch), &device.place});
  }
  for (std::size_t i = 0; i < topology.nics().size(); ++i) {
    const TopologyNic& nic = topology.nics()[i];
    Branch branch{BranchKind::nic, {nic.name}, i, {}};
    if (nic.place) branch.lines.push_back(nic.place->address.text());
    for (const auto& interface : nic.interfaces) branch.lines.push_back(interface);
    all.push_back({std::move(branch), &nic.place});
  }
  // In bus order, so that what shares a switch stands side by side; what has no place comes last.
  std::ranges::stable_sort(all, [](const Leaf& a, const Leaf& b) {
    if (!*a.place || !*b.place) return a.place->has_value() && !b.place->has_value();
    return (*a.place)->address < (*b.place)->address;
  });
  return all;
}

bool is_host_bridge(const std::string& folder) { return folder.starts_with("pci"); }

/// The child of that name, made where there is none yet.
Branch& child(Branch& parent, BranchKind kind, const std::string& name) {
  const auto known = std::ranges::find_if(parent.children, [&](const Branch& branch) {
    return branch.kind == kind && branch.lines.front() == name;
  });
  if (known != parent.children.end()) return *known;
  parent.children.push_back({kind, {name}, 0, {}});
  return parent.children.back();
}

Branch& numa_node(Branch& machine, const PciPlace& place) {
  if (!place.numa_node) return machine;
  const std::string name = "NUMA node " + std::to_string(*place.numa_node);
  Branch& node = child(machine, BranchKind::numa_node, name);
  if (node.lines.size() == 1 && place.cpus) node.lines.push_back("CPUs " + *place.cpus);
  return node;
}

void hang(Branch& machine, Leaf leaf) {
  Branch* at = &machine;
  if (*leaf.place) {
    const PciPlace& place = **leaf.place;
    at = &numa_node(machine, place);
    for (std::size_t i = 0; i + 1 < place.path.size(); ++i) {
      const std::string& folder = place.path[i];
      at = &child(*at, is_host_bridge(folder) ? BranchKind::host_bridge : BranchKind::bridge,
                  folder);
    }
  }
  at->children.push_back(std::move(leaf.branch));
}

void drop_idle_bridges(Branch& branch) {
  for (Branch& below : branch.children) {
    drop_idle_bridges(below);
    while (below.kind == BranchKind::bridge && below.children.size() == 1) {
      Branch only = std::move(below.children.front());
      below = std::move(only);
    }
  }
}

}  // namespace

Branch topology_tree(const Topology& topology) {
  Branch machine{BranchKind::machine, {"machine"}, 0, {}};
  for (Leaf& leaf : leaves(topology)) hang(machine, std::move(leaf));
  drop_idle_bridges(machine);
  return machine;
}

std::vector<LinkLine> link_lines(const Topology& topology) {
  std::vector<LinkLine> lines;
  std::map<std::size_t, LinkLine> into_switches;  // The widest of each device.
  const auto widest = [&](std::size_t device, const PeerLink& link) {
    const LinkLine line{device, device, link.kind, code_of(link), true};
    auto [known, is_new] = into_switches.try_emplace(device, line);
    const bool is_wider =
        known->second.label.size() < line.label.size() ||
        (known->second.label.size() == line.label.size() && known->second.label < line.label);
    if (!is_new && is_wider) known->second = line;
  };
  for (std::size_t a = 0; a < topology.devices().size(); ++a) {
    for (std::size_t b = a + 1; b < topology.devices().size(); ++b) {
      const auto& link = topology.between(a, b).link;
      if (!link) continue;
      if (link->through_switch) {
        widest(a, *link);
        widest(b, *link);
      } else {
        lines.push_back({a, b, link->kind, code_of(*link), false});
      }
    }
  }
  for (auto& [device, line] : into_switches) lines.push_back(std::move(line));
  return lines;
}

}  // namespace accel::render
