// Texts of single PCI files, as the kernel and the device give them.

#include <cstdio>
#include <cstring>

#include "sections.hpp"

namespace accel::sim {

std::string pci_name(const Gpu& gpu) {
  char text[24];
  std::snprintf(text, sizeof text, "%04x:%02x:%02x.0", gpu.domain, gpu.bus, gpu.device);
  return text;
}

std::string runtime_status(const Gpu& gpu) {
  return gpu.suspended != 0 ? "suspended\n" : "active\n";
}

std::string link_speed(std::uint32_t generation) {
  // drivers/pci/probe.c, pci_speed_string
  switch (generation) {
    case 1: return "2.5 GT/s PCIe";
    case 2: return "5.0 GT/s PCIe";
    case 3: return "8.0 GT/s PCIe";
    case 4: return "16.0 GT/s PCIe";
    case 5: return "32.0 GT/s PCIe";
    case 6: return "64.0 GT/s PCIe";
    default: return "Unknown";
  }
}

std::uint32_t gpu_class(const Board& board) {
  return board.features.display != 0 ? 0x030000 : 0x030200;
}

std::string pci_config(const Gpu& gpu, const Board& board, std::uint32_t class_code) {
  std::string bytes(256, '\0');
  const auto put = [&](std::size_t at, std::uint32_t value, std::size_t length) {
    std::memcpy(bytes.data() + at, &value, length);
  };
  // PCI Local Bus Specification 3.0, 6.1: header type 0.
  put(0x00, board.pci_device & 0xFFFF, 2);
  put(0x02, board.pci_device >> 16, 2);
  put(0x04, 0x0407, 2);  // command: I/O, memory, bus master, INTx off
  put(0x06, 0x0010, 2);  // status: capability list
  put(0x08, board.pci_revision, 1);
  put(0x09, class_code, 3);
  put(0x10, 0xF0000000U + (gpu.index % 64 << 24), 4);
  put(0x2C, board.pci_subsystem & 0xFFFF, 2);
  put(0x2E, board.pci_subsystem >> 16, 2);
  put(0x34, 0x60, 1);
  put(0x60, 0x10, 1);  // PCI Express capability, the last one
  put(0x62, 0x0002, 2);
  put(0x6C, board.pcie_generation | board.pcie_width << 4, 4);  // link capabilities
  put(0x72, board.pcie_generation | board.pcie_width << 4, 2);  // link status
  return bytes;
}

}  // namespace accel::sim
