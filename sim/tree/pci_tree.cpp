#include "pci_tree.hpp"

#include <algorithm>
#include <cstdio>

#include "sections.hpp"

namespace accel::sim {
namespace {

constexpr std::uint32_t kIntelRootPort = 0x352a8086;  // Sapphire Rapids PCIe port (pci.ids)
constexpr std::uint32_t kSwitchPort = 0xc0301000;     // Broadcom PEX890xx switch (pci.ids)

std::string hex(std::uint32_t value, int digits) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%0*x\n", digits, value);
  return text;
}

std::string uevent(const PciFunction& f) {
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

void write_link(TreeWriter& tree, const std::string& dir, const PciFunction& f) {
  if (f.generation == 0) return;
  const std::string speed = link_speed(f.generation) + '\n';
  const std::string width = std::to_string(f.width) + '\n';
  tree.file(dir + "current_link_speed", speed);
  tree.file(dir + "max_link_speed", speed);
  tree.file(dir + "current_link_width", width);
  tree.file(dir + "max_link_width", width);
}

}  // namespace

std::string PciAddress::text() const {
  char name[24];
  std::snprintf(name, sizeof name, "%04x:%02x:%02x.%x", domain, bus, device, function);
  return name;
}

std::string PciTree::add(const std::string& parent, const PciFunction& f) {
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

std::string PciTree::root_port(const PciAddress& below, std::uint32_t bus, std::uint32_t device,
                               const PciFunction& like) {
  char complex[24];
  std::snprintf(complex, sizeof complex, "pci%04x:%02x", below.domain, bus);
  PciFunction port = like;
  port.subsystem = 0;
  port.revision = 0;
  return bridge(std::string("sys/devices/") + complex, {below.domain, bus, device, 0},
                kIntelRootPort, port);
}

std::string PciTree::switch_port(const std::string& parent, const PciAddress& at,
                                 const PciFunction& like) {
  PciFunction port = like;
  port.subsystem = 0xa0641000;  // Broadcom (pci.ids)
  port.revision = 0xb0;
  return bridge(parent, at, kSwitchPort, port);
}

std::string PciTree::bridge(const std::string& parent, const PciAddress& at, std::uint32_t id,
                            const PciFunction& like) {
  PciFunction port = like;
  port.address = at;
  port.id = id;
  port.class_code = 0x060400;
  port.driver = "pcieport";
  return add(parent, port);
}

void PciTree::write_endpoint(const std::string& dir, const PciFunction& f) {
  tree_.file(dir + "irq", "0\n");
  tree_.file(dir + "d3cold_allowed", "1\n");
  tree_.file(dir + "reset_method", "flr bus\n");
  write_aer(tree_, dir);
  if (f.class_code >> 8 != 0x0300) return;
  const bool boots = f.may_boot && !has_boot_display_;
  tree_.file(dir + "boot_vga", boots ? "1\n" : "0\n");
  has_boot_display_ = has_boot_display_ || boots;
}

}  // namespace accel::sim
