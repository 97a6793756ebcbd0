// What the NVIDIA kernel driver shows: its version, each GPU's information, device nodes.

#include <cstdio>

#include "sections.hpp"

namespace accel::sim {
namespace {

std::string power_text(const Gpu& gpu, const Board& board) {
  // /proc/driver/nvidia/gpus/BDF/power of driver 535 and later
  const bool display = board.features.display != 0;
  return std::string("Runtime D3 status:          ") +
         (display ? "Enabled (fine-grained)\n" : "Disabled by default\n") +
         "Video Memory:               " + (gpu.suspended != 0 ? "Off\n" : "Active\n") +
         "\nGPU Hardware Support:\n Video Memory Self Refresh: Not Supported\n"
         " Video Memory Off:          " +
         (display ? "Supported\n" : "Not Supported\n") +
         "\nS0ix Power Management:\n Platform Support:          Not Supported\n"
         " Status:                    Disabled\n";
}

std::string information_text(const Gpu& gpu, const Board& board, const Node& node) {
  char text[640];
  std::snprintf(text, sizeof text,
                "Model: \t\t %s\nIRQ:   \t\t %u\nGPU UUID: \t %s\nVideo BIOS: \t %s\n"
                "Bus Type: \t PCIe\nDMA Size: \t 52 bits\nDMA Mask: \t 0xfffffffffffff\n"
                "Bus Location: \t %s\nDevice Minor: \t %u\nGPU Firmware: \t %s\n"
                "GPU Excluded:\t No\n",
                board.name.bytes, 100 + gpu.index, gpu.uuid.bytes, board.vbios.bytes,
                pci_name(gpu).c_str(), gpu.minor,
                board.features.gsp != 0 ? node.driver_version.bytes : "N/A");
  return text;
}

void write_gpu(TreeWriter& tree, const Gpu& gpu, const Node& node) {
  const Board& board = board_of(node, gpu);
  const std::string dir = "proc/driver/nvidia/gpus/" + pci_name(gpu) + '/';
  tree.file(dir + "information", information_text(gpu, board, node));
  tree.file(dir + "power", power_text(gpu, board));
  tree.file("dev/nvidia" + std::to_string(gpu.minor), "");
  if (board.features.display == 0) return;
  const std::string card = "card" + std::to_string(gpu.minor);
  const std::string render = "renderD" + std::to_string(128 + gpu.minor);
  tree.link_to("sys/class/drm/" + card, "sys/bus/pci/devices/" + pci_name(gpu) + "/drm/" + card);
  tree.link_to("sys/class/drm/" + render,
               "sys/bus/pci/devices/" + pci_name(gpu) + "/drm/" + render);
  for (const std::string& name : {card, render}) {
    const std::string device = "sys/bus/pci/devices/" + pci_name(gpu) + "/drm/" + name;
    tree.file(device + "/dev",
              "226:" + std::to_string(name == card ? gpu.minor : 128 + gpu.minor) + '\n');
    tree.link(device + "/device", "../..");
    tree.file("dev/dri/" + name, "");
  }
}

/// Record of level 3 (error), without its number in the log's order, which nobody needs.
std::string xid_record(const Gpu& gpu, const Node& node) {
  const double seconds = static_cast<double>(gpu.last_xid_time - node.clock.started) * 1e-9;
  char text[160];
  std::snprintf(text, sizeof text, "3,%u,%.0f,-;NVRM: Xid (PCI:%04x:%02x:%02x): %u, simulated\n",
                gpu.index, (kUptime + seconds) * 1e6, gpu.domain, gpu.bus, gpu.device,
                gpu.last_xid);
  return text;
}

}  // namespace

std::string kernel_log(const Node& node) {
  std::string records;
  for (const Gpu& gpu : gpus_of(node)) {
    if (gpu.last_xid != 0) records += xid_record(gpu, node);
  }
  return records;
}

void write_driver(TreeWriter& tree, const Node& node) {
  if (node.gpu_count == 0) return;
  const std::string version(node.driver_version.view());
  tree.file("sys/module/nvidia/version", version + '\n');
  tree.file("sys/module/nvidia/initstate", "live\n");
  tree.file(
      "proc/driver/nvidia/version",
      "NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + version +
          "  Thu Jan  1 00:00:00 UTC 2026\nGCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n");
  tree.file("proc/driver/nvidia/params", "ResmanDebugLevel: 4294967295\nModifyDeviceFiles: 1\n");
  tree.file("proc/driver/nvidia/capabilities/mig/config",
            "DeviceFileMinor: 1\nDeviceFileMode: 256\n");
  tree.file("proc/driver/nvidia/capabilities/mig/monitor",
            "DeviceFileMinor: 2\nDeviceFileMode: 292\n");
  tree.file("dev/kmsg", kernel_log(node));
  tree.file("dev/nvidiactl", "");
  tree.file("dev/nvidia-uvm", "");
  tree.file("dev/nvidia-caps/nvidia-cap1", "");
  tree.file("dev/nvidia-caps/nvidia-cap2", "");
  for (const Gpu& gpu : gpus_of(node)) write_gpu(tree, gpu, node);
}

}  // namespace accel::sim
