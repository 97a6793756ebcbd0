// The PCI part of the tree: root complexes, bridges, switches, GPUs, network and storage devices.

#include <algorithm>
#include <cstdio>
#include <vector>

#include "sections.hpp"

namespace accel::sim {
namespace {

constexpr std::uint32_t kIntelRootPort = 0x352a8086;   // Sapphire Rapids PCIe port (pci.ids)
constexpr std::uint32_t kSwitchPort = 0xc0301000;      // Broadcom PEX890xx switch (pci.ids)
constexpr std::uint32_t kNvmeController = 0xa80a144d;  // Samsung PM9A1/980 PRO class (pci.ids)
constexpr std::uint32_t kMellanox = 0x15b3;            // vendor of ConnectX (pci.ids)

struct Address {
  std::uint32_t domain = 0;
  std::uint32_t bus = 0;
  std::uint32_t device = 0;
  std::uint32_t function = 0;

  [[nodiscard]] std::string text() const {
    char name[24];
    std::snprintf(name, sizeof name, "%04x:%02x:%02x.%x", domain, bus, device, function);
    return name;
  }
};

struct Function {
  Address address;
  std::uint32_t id = 0;         ///< device << 16 | vendor
  std::uint32_t subsystem = 0;  ///< device << 16 | vendor
  std::uint32_t class_code = 0;
  std::uint32_t revision = 0;
  std::int32_t numa_node = -1;
  std::uint32_t generation = 0;
  std::uint32_t width = 0;
  std::string driver;
};

std::string hex(std::uint32_t value, int digits) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%0*x\n", digits, value);
  return text;
}

std::string uevent(const Function& f) {
  char text[256];
  std::snprintf(text, sizeof text,
                "PCI_CLASS=%X\nPCI_ID=%04X:%04X\nPCI_SUBSYS_ID=%04X:%04X\nPCI_SLOT_NAME=%s\n",
                f.class_code, f.id & 0xFFFF, f.id >> 16, f.subsystem & 0xFFFF, f.subsystem >> 16,
                f.address.text().c_str());
  return (f.driver.empty() ? "" : "DRIVER=" + f.driver + '\n') + text;
}

/// drivers/pci/pcie/aer.c, aer_*_error_string
void write_aer(TreeWriter& tree, const std::string& dir) {
  tree.file(dir + "aer_dev_correctable",
            "RxErr 0\nBadTLP 0\nBadDLLP 0\nRollover 0\nTimeout 0\nNonFatalErr 0\nCorrIntErr 0\n"
            "HeaderOF 0\nTOTAL_ERR_COR 0\n");
  const std::string list =
      "Undefined 0\nDLP 0\nSDES 0\nTLP 0\nFCP 0\nCmpltTO 0\nCmpltAbrt 0\nUnxCmplt 0\nRxOF 0\n"
      "MalfTLP 0\nECRC 0\nUnsupReq 0\nACSViol 0\nUncorrIntErr 0\nBlockedTLP 0\n"
      "AtomicOpBlocked 0\nTLPBlockedErr 0\nPoisonTLPBlocked 0\n";
  tree.file(dir + "aer_dev_nonfatal", list + "TOTAL_ERR_NONFATAL 0\n");
  tree.file(dir + "aer_dev_fatal", list + "TOTAL_ERR_FATAL 0\n");
}

void write_link(TreeWriter& tree, const std::string& dir, const Function& f) {
  if (f.generation == 0) return;
  const std::string speed = link_speed(f.generation) + '\n';
  const std::string width = std::to_string(f.width) + '\n';
  tree.file(dir + "current_link_speed", speed);
  tree.file(dir + "max_link_speed", speed);
  tree.file(dir + "current_link_width", width);
  tree.file(dir + "max_link_width", width);
}

class PciTree {
 public:
  PciTree(TreeWriter& tree, const HostCounts& host) : tree_(tree), host_(host) {}

  /// Writes the function below `parent`, a path under sys/devices, and returns its path.
  std::string add(const std::string& parent, const Function& f) {
    const std::string path = parent + '/' + f.address.text();
    const std::string dir = path + '/';
    tree_.file(dir + "vendor", hex(f.id & 0xFFFF, 4));
    tree_.file(dir + "device", hex(f.id >> 16, 4));
    tree_.file(dir + "subsystem_vendor", hex(f.subsystem & 0xFFFF, 4));
    tree_.file(dir + "subsystem_device", hex(f.subsystem >> 16, 4));
    tree_.file(dir + "class", hex(f.class_code, 6));
    tree_.file(dir + "revision", hex(f.revision, 2));
    tree_.file(dir + "numa_node", std::to_string(f.numa_node) + '\n');
    const auto socket = static_cast<std::uint32_t>(std::max(f.numa_node, 0));
    tree_.file(dir + "local_cpulist", socket_cpus(host_, socket % host_.sockets) + '\n');
    tree_.file(dir + "enable", "1\n");
    tree_.file(dir + "uevent", uevent(f));
    tree_.file(dir + "power/control", "on\n");
    tree_.file(dir + "power/runtime_status", "active\n");
    write_link(tree_, dir, f);
    if (f.class_code >> 16 != 6) write_endpoint(dir, f);
    tree_.link_to(dir + "subsystem", "sys/bus/pci");
    if (!f.driver.empty()) {
      const std::string driver = "sys/bus/pci/drivers/" + f.driver;
      tree_.link_to(dir + "driver", driver);
      tree_.link_to(driver + '/' + f.address.text(), path);
    }
    tree_.link_to("sys/bus/pci/devices/" + f.address.text(), path);
    return path;
  }

  /// The function's own root port, below the root complex of its bus.
  std::string root_port(const Address& below, std::uint32_t bus, std::uint32_t device,
                        const Function& like) {
    char complex[24];
    std::snprintf(complex, sizeof complex, "pci%04x:%02x", below.domain, bus);
    Function port = like;
    port.address = {below.domain, bus, device, 0};
    port.id = kIntelRootPort;
    port.subsystem = 0;
    port.class_code = 0x060400;
    port.revision = 0;
    port.driver = "pcieport";
    return add(std::string("sys/devices/") + complex, port);
  }

  std::string switch_port(const std::string& parent, const Address& at, const Function& like) {
    Function port = like;
    port.address = at;
    port.id = kSwitchPort;
    port.subsystem = 0xa0641000;  // Broadcom (pci.ids)
    port.class_code = 0x060400;
    port.revision = 0xb0;
    port.driver = "pcieport";
    return add(parent, port);
  }

 private:
  void write_endpoint(const std::string& dir, const Function& f) {
    tree_.file(dir + "irq", "0\n");
    tree_.file(dir + "d3cold_allowed", "1\n");
    tree_.file(dir + "reset_method", "flr bus\n");
    write_aer(tree_, dir);
    if (f.class_code >> 8 == 0x0300) tree_.file(dir + "boot_vga", "1\n");
  }

  TreeWriter& tree_;
  HostCounts host_;
};

Function gpu_function(const Gpu& gpu, const Board& board) {
  return {.address = {gpu.domain, gpu.bus, gpu.device, 0},
          .id = board.pci_device,
          .subsystem = board.pci_subsystem,
          .class_code = board.features.display != 0 ? 0x030000U : 0x030200U,
          .revision = board.pci_revision,
          .numa_node = gpu.numa_node,
          .generation = board.pcie_generation,
          .width = board.pcie_width,
          .driver = "nvidia"};
}

Function nic_function(const ScenarioNic& nic) {
  Function f;
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

Function nvme_function(const ScenarioStorage& storage) {
  Function f;
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

Function switch_function(const SwitchAddress& at) {
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
std::string add_direct(PciTree& pci, const Function& f) {
  const Address& at = f.address;
  if (at.bus == 0) {
    char complex[24];
    std::snprintf(complex, sizeof complex, "sys/devices/pci%04x:00", at.domain);
    return pci.add(complex, f);
  }
  // Sixteen buses share a root complex: 01 to 10 hang on 00, 11 to 20 on 10, and so on.
  const std::uint32_t root = (at.bus - 1) & 0xF0;
  return pci.add(pci.root_port(at, root, at.bus - root, f), f);
}

/// A GPU behind a switch that it shares with the NICs next to it. Beside a NIC it stands one switch
/// deeper, as on a DGX: bus numbers of DGX H100 (NIC 18, GPU 1b) leave room for two more ports, and
/// `nvidia-smi topo -m` of it says PXB, several switches.
void add_switched(PciTree& pci, const Function& gpu, const std::vector<Function>& nics) {
  const bool is_deeper = !nics.empty() && gpu.address.bus >= 3;
  const std::uint32_t domain = gpu.address.domain;
  std::uint32_t lowest = gpu.address.bus;
  if (is_deeper) lowest -= 2;
  for (const Function& nic : nics) lowest = std::min(lowest, nic.address.bus);
  const std::uint32_t root = lowest >= 3 ? lowest - 3 : 0;
  const std::string port = pci.root_port(gpu.address, root, 1, gpu);
  const std::string up = pci.switch_port(port, {domain, root + 1, 0, 0}, gpu);
  std::uint32_t down = 0;
  for (const Function& nic : nics) {
    pci.add(pci.switch_port(up, {domain, root + 2, down++, 0}, nic), nic);
  }
  std::string above = pci.switch_port(up, {domain, root + 2, down, 0}, gpu);
  if (is_deeper) {
    const std::string inner = pci.switch_port(above, {domain, gpu.address.bus - 2, 0, 0}, gpu);
    above = pci.switch_port(inner, {domain, gpu.address.bus - 1, 0, 0}, gpu);
  }
  pci.add(above, gpu);
}

/// The GPU that a NIC stands next to, or -1.
int neighbour(const Node& node, const Function& nic) {
  int best = -1;
  std::uint32_t distance = 9;
  for (const Gpu& gpu : gpus_of(node)) {
    if (gpu.switch_group == 0 || gpu.domain != nic.address.domain) continue;
    const std::uint32_t apart =
        gpu.bus > nic.address.bus ? gpu.bus - nic.address.bus : nic.address.bus - gpu.bus;
    if (apart < distance) {
      distance = apart;
      best = static_cast<int>(gpu.index);
    }
  }
  return best;
}

}  // namespace

void write_pci(TreeWriter& tree, const Scenario& scenario, const Node& node) {
  PciTree pci(tree, node.host);
  tree.folder("sys/bus/pci/devices");
  std::vector<std::vector<Function>> beside(node.gpu_count);
  for (const ScenarioNic& nic : scenario.nics) {
    const Function f = nic_function(nic);
    const int gpu = neighbour(node, f);
    if (gpu >= 0) {
      beside[static_cast<std::size_t>(gpu)].push_back(f);
    } else {
      add_direct(pci, f);
    }
  }
  for (const Gpu& gpu : gpus_of(node)) {
    const Function f = gpu_function(gpu, board_of(node, gpu));
    if (gpu.switch_group != 0) {
      add_switched(pci, f, beside[gpu.index]);
    } else {
      add_direct(pci, f);
    }
    const std::string device = "sys/bus/pci/devices/" + pci_name(gpu) + '/';
    tree.file(device + "config", pci_config(gpu, board_of(node, gpu)));
    tree.file(device + "power/runtime_status", runtime_status(gpu));
  }
  for (std::uint32_t i = 0; i < node.switch_count; ++i) {
    add_direct(pci, switch_function(node.switches[i]));
  }
  for (const ScenarioStorage& storage : scenario.storage) {
    if (!storage.address.empty()) add_direct(pci, nvme_function(storage));
  }
}

}  // namespace accel::sim
