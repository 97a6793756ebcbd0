// NVMe drives: sys/class/nvme, sys/block and their device nodes.

#include "sections.hpp"

namespace accel::sim {
namespace {

/// "nvme0" of "nvme0n1".
std::string controller(const std::string& name) {
  const std::size_t n = name.rfind('n');
  return n == std::string::npos || n == 0 ? name : name.substr(0, n);
}

void write_drive(TreeWriter& tree, const ScenarioStorage& drive, std::size_t number) {
  const std::string nvme = controller(drive.name);
  const std::string dir = drive.address.empty()
                              ? "sys/devices/virtual/nvme-subsystem/" + nvme
                              : "sys/bus/pci/devices/" + drive.address + "/nvme/" + nvme;
  const std::string block = dir + '/' + drive.name;
  tree.link_to("sys/class/nvme/" + nvme, dir);
  tree.link_to("sys/class/block/" + drive.name, block);
  tree.link_to("sys/block/" + drive.name, block);
  tree.file(dir + "/model", drive.model + '\n');
  tree.file(dir + "/serial", "SIM000000" + std::to_string(number) + '\n');
  tree.file(dir + "/firmware_rev", "GDC7302Q\n");
  tree.file(dir + "/state", "live\n");
  tree.file(dir + "/transport", "pcie\n");
  if (!drive.address.empty()) {
    tree.file(dir + "/address", drive.address + '\n');
    tree.link(dir + "/device", "../..");
  }
  tree.link(block + "/device", "..");
  tree.file(block + "/size", std::to_string(drive.size / 512) + '\n');
  tree.file(block + "/ro", "0\n");
  tree.file(block + "/removable", "0\n");
  tree.file(block + "/dev", "259:" + std::to_string(number * 2) + '\n');
  tree.file(block + "/stat", "100 0 800 10 50 0 400 5 0 15 15 0 0 0 0 0 0\n");
  tree.file(block + "/queue/rotational", "0\n");
  tree.file(block + "/queue/logical_block_size", "512\n");
  tree.file(block + "/queue/physical_block_size", "4096\n");
  if (number == 0) {
    const std::string part = block + '/' + drive.name + "p1";
    tree.file(part + "/size", std::to_string(drive.size / 512 - 2048) + '\n');
    tree.file(part + "/partition", "1\n");
    tree.file(part + "/dev", "259:1\n");
    tree.file(part + "/start", "2048\n");
    tree.link_to("sys/class/block/" + drive.name + "p1", part);
  }
}

}  // namespace

void write_storage(TreeWriter& tree, const Scenario& scenario) {
  tree.folder("sys/block");
  tree.folder("sys/class/nvme");
  std::size_t number = 0;
  for (const ScenarioStorage& drive : scenario.storage) write_drive(tree, drive, number++);
}

}  // namespace accel::sim
