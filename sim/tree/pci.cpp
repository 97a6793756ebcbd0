// The PCI part of the tree: root complexes, bridges, switches, GPUs, network and storage devices.

#include <algorithm>
#include <cstdio>
#include <map>
#include <vector>

#include "pci_tree.hpp"
#include "sections.hpp"

namespace accel::sim {
namespace {

constexpr std::uint32_t kNvmeController = 0xa80a144d;  // Samsung PM9A1/980 PRO class (pci.ids)
constexpr std::uint32_t kMellanox = 0x15b3;            // vendor of ConnectX (pci.ids)

PciFunction gpu_function(const Gpu& gpu, const Board& board) {
  return {.address = {gpu.domain, gpu.bus, gpu.device, 0},
          .id = board.pci_device,
          .subsystem = board.pci_subsystem,
          .class_code = gpu_class(board),
          .revision = board.pci_revision,
          .numa_node = gpu.numa_node,
          .generation = board.pcie_generation,
          .width = board.pcie_width,
          .driver = "nvidia",
          .may_boot = gpu.suspended == 0};
}

/// In a processor, AMD's devices show the link that the chip could have (recorded: Phoenix),
/// Intel's none.
bool has_link(const CardProduct& product) {
  return product.is_integrated == 0 || product.driver == Driver::amdgpu ||
         product.driver == Driver::amdxdna;
}

PciFunction card_function(const Node& node, const Card& card) {
  const Board& board = board_of(node, card.gpu);
  const CardProduct& product = product_of(node, card);
  const bool is_linked = has_link(product);
  return {.address = {card.gpu.domain, card.gpu.bus, card.gpu.device, 0},
          .id = board.pci_device,
          .subsystem = board.pci_subsystem,
          .class_code = product.pci_class,
          .revision = board.pci_revision,
          .numa_node = card.gpu.numa_node,
          .generation = is_linked ? board.pcie_generation : kUnknownLink,
          .width = is_linked ? board.pcie_width : 0,
          .driver = std::string(driver_name(product.driver)),
          .may_boot = card.gpu.suspended == 0};
}

PciFunction nic_function(const ScenarioNic& nic) {
  PciFunction f;
  parse_pci_address(nic.address, f.address.domain, f.address.bus, f.address.device);
  f.id = nic.device << 16 | kMellanox;
  f.subsystem = 0x0023 << 16 | kMellanox;
  f.class_code = nic.infiniband != 0 ? 0x020700 : 0x020000;
  f.numa_node = static_cast<std::int32_t>(nic.numa_node);
  f.generation = nic.device == 0x1021 ? 5 : 4;
  f.width = 16;
  f.driver = "mlx5_core";
  return f;
}

PciFunction nvme_function(const ScenarioStorage& storage) {
  PciFunction f;
  parse_pci_address(storage.address, f.address.domain, f.address.bus, f.address.device);
  f.id = kNvmeController;
  f.subsystem = 0xa801144d;
  f.class_code = 0x010802;
  f.numa_node = 0;
  f.generation = 4;
  f.width = 4;
  f.driver = "nvme";
  return f;
}

PciFunction switch_function(const SwitchAddress& at) {
  return {.address = {at.domain, at.bus, at.device, 0},
          .id = at.id,
          .subsystem = at.id,
          .class_code = 0x068000,  // other bridge
          .revision = 0xa1,
          .numa_node = 0,
          .generation = 4,
          .width = 4,
          .driver = "nvidia-nvswitch"};
}

/// A device with a root port of its own, or, on bus 0, a device of the root complex itself.
std::string add_direct(PciTree& pci, const PciFunction& f) {
  const PciAddress& at = f.address;
  if (at.bus == 0) {
    char complex[24];
    std::snprintf(complex, sizeof complex, "sys/devices/pci%04x:00", at.domain);
    return pci.add(complex, f);
  }
  // Sixteen buses share a root complex: 01 to 10 hang on 00, 11 to 20 on 10, and so on.
  const std::uint32_t root = (at.bus - 1) & 0xF0;
  return pci.add(pci.root_port(at, root, at.bus - root, f), f);
}

/// What shares one switch: GPUs, and the NICs next to them.
struct SwitchGroup {
  std::vector<PciFunction> gpus;
  std::vector<PciFunction> nics;
};

/// Beside a NIC a GPU stands one switch deeper, as on a DGX: bus numbers of DGX H100 (NIC 18, GPU
/// 1b) and DGX A100 (NICs 0c and 12, GPUs 07 and 0f) leave room for two more ports, and `nvidia-smi
/// topo -m` of both says PXB, several switches.
void add_switched(PciTree& pci, const SwitchGroup& group) {
  const PciFunction& first = group.gpus.front();
  const auto is_deeper = [&](const PciFunction& gpu) {
    return group.gpus.size() + group.nics.size() > 1 && gpu.address.bus >= 3;
  };
  const std::uint32_t domain = first.address.domain;
  std::uint32_t lowest = first.address.bus;
  for (const PciFunction& gpu : group.gpus) {
    lowest = std::min(lowest, is_deeper(gpu) ? gpu.address.bus - 2 : gpu.address.bus);
  }
  for (const PciFunction& nic : group.nics) lowest = std::min(lowest, nic.address.bus);
  const std::uint32_t root = lowest >= 3 ? lowest - 3 : 0;
  const std::string port = pci.root_port(first.address, root, 1, first);
  const std::string up = pci.switch_port(port, {domain, root + 1, 0, 0}, first);
  std::uint32_t down = 0;
  for (const PciFunction& nic : group.nics) {
    pci.add(pci.switch_port(up, {domain, root + 2, down++, 0}, nic), nic);
  }
  for (const PciFunction& gpu : group.gpus) {
    std::string above = pci.switch_port(up, {domain, root + 2, down++, 0}, gpu);
    if (is_deeper(gpu)) {
      const std::string inner = pci.switch_port(above, {domain, gpu.address.bus - 2, 0, 0}, gpu);
      above = pci.switch_port(inner, {domain, gpu.address.bus - 1, 0, 0}, gpu);
    }
    pci.add(above, gpu);
  }
}

/// The ports of the switch that a vendor puts on its cards: upstream and downstream.
struct OwnSwitch {
  std::uint32_t vendor;
  std::uint32_t upstream;    ///< device << 16 | vendor
  std::uint32_t downstream;  ///< device << 16 | vendor
  bool has_dummy_link;       ///< The card itself and the port before it show 2.5 GT/s x1.
};
constexpr OwnSwitch kOwnSwitches[] = {
    {0x1002, 0x14781002, 0x14791002, false},  // Navi 10 XL up- and downstream port (pci.ids)
    {0x8086, 0xe2ff8086, 0xe2f08086, true},   // lspci of an Arc B580
};

/// Behind the two ports of its own switch, the way in being that of a device at the first.
void add_behind_own_switch(PciTree& pci, PciFunction f) {
  const auto* found =
      std::find_if(std::begin(kOwnSwitches), std::end(kOwnSwitches),
                   [&](const OwnSwitch& each) { return each.vendor == (f.id & 0xFFFF); });
  const OwnSwitch& ports = found == std::end(kOwnSwitches) ? kOwnSwitches[0] : *found;
  const PciAddress up{f.address.domain, f.address.bus - 2, 0, 0};
  const std::uint32_t root = (up.bus - 1) & 0xF0;
  const std::string slot = pci.root_port(up, root, up.bus - root, f);
  const std::string upstream = pci.bridge(slot, up, ports.upstream, f);
  if (ports.has_dummy_link) f.generation = f.width = 1;
  const PciAddress down{f.address.domain, f.address.bus - 1, ports.has_dummy_link ? 1U : 0U, 0};
  pci.add(pci.bridge(upstream, down, ports.downstream, f), f);
}

void add_card(PciTree& pci, TreeWriter& tree, const Node& node, const Card& card) {
  const PciFunction f = card_function(node, card);
  if (product_of(node, card).has_own_switch != 0) {
    add_behind_own_switch(pci, f);
  } else {
    add_direct(pci, f);
  }
  const std::string device = "sys/bus/pci/devices/" + f.address.text() + '/';
  tree.file(device + "config", pci_config(card.gpu, board_of(node, card.gpu), f.class_code));
}

/// The switch group of the GPU that a NIC stands next to, or 0.
std::uint32_t neighbour(const Node& node, const PciFunction& nic) {
  std::uint32_t best = 0;
  std::uint32_t distance = 16;  // DGX A100: GPU bd, NIC cc
  for (const Gpu& gpu : gpus_of(node)) {
    if (gpu.switch_group == 0 || gpu.domain != nic.address.domain) continue;
    const std::uint32_t apart =
        gpu.bus > nic.address.bus ? gpu.bus - nic.address.bus : nic.address.bus - gpu.bus;
    if (apart < distance) {
      distance = apart;
      best = gpu.switch_group;
    }
  }
  return best;
}

}  // namespace

void write_pci(TreeWriter& tree, const Scenario& scenario, const Node& node) {
  PciTree pci(tree, node.host);
  tree.folder("sys/bus/pci/devices");
  std::map<std::uint32_t, SwitchGroup> groups;
  for (const ScenarioNic& nic : scenario.nics) {
    const PciFunction f = nic_function(nic);
    if (const std::uint32_t group = neighbour(node, f); group != 0) {
      groups[group].nics.push_back(f);
    } else {
      add_direct(pci, f);
    }
  }
  for (const Gpu& gpu : gpus_of(node)) {
    const PciFunction f = gpu_function(gpu, board_of(node, gpu));
    if (gpu.switch_group != 0) {
      groups[gpu.switch_group].gpus.push_back(f);
    } else {
      add_direct(pci, f);
    }
  }
  for (const auto& [number, group] : groups) add_switched(pci, group);
  for (const Gpu& gpu : gpus_of(node)) {
    const PciFunction f = gpu_function(gpu, board_of(node, gpu));
    const std::string device = "sys/bus/pci/devices/" + pci_name(gpu) + '/';
    tree.file(device + "config", pci_config(gpu, board_of(node, gpu), f.class_code));
    tree.file(device + "power/runtime_status", runtime_status(gpu));
  }
  for (const Card& card : cards_of(node)) add_card(pci, tree, node, card);
  for (std::uint32_t i = 0; i < node.switch_count; ++i) {
    add_direct(pci, switch_function(node.switches[i]));
  }
  for (const ScenarioStorage& storage : scenario.storage) {
    if (!storage.address.empty()) add_direct(pci, nvme_function(storage));
  }
}

}  // namespace accel::sim
