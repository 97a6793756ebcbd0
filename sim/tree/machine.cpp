// The machine as a product and its operating system: DMI, os-release, mounts, network and RDMA.

#include <cstdio>

#include "sections.hpp"

namespace accel::sim {
namespace {

std::string lower_first_word(const std::string& text) {
  std::string word;
  for (const char c : text) {
    if (c == ' ') break;
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return word;
}

void write_system(TreeWriter& tree, const ScenarioHost& host) {
  tree.file("etc/os-release", "PRETTY_NAME=\"" + host.os + "\"\nNAME=\"" +
                                  host.os.substr(0, host.os.find(' ')) +
                                  "\"\nID=" + lower_first_word(host.os) + '\n');
  tree.file("etc/hostname", "simulated\n");
  tree.file("proc/version",
            "Linux version " + host.kernel + " (simulated) (gcc 12.2.0) #1 SMP PREEMPT_DYNAMIC\n");
  tree.file("proc/sys/kernel/osrelease", host.kernel + '\n');
  tree.file("proc/sys/kernel/ostype", "Linux\n");
  tree.file("proc/sys/kernel/hostname", "simulated\n");
  tree.file("proc/uptime", "86400.00 0.00\n");
  char load[80];
  const double running = host.load * host.sockets * host.cores * host.threads;
  std::snprintf(load, sizeof load, "%.2f %.2f %.2f 1/1024 99999\n", running, running, running);
  tree.file("proc/loadavg", load);
}

void write_dmi(TreeWriter& tree, const ScenarioHost& host) {
  const std::string dmi = "sys/devices/virtual/dmi/id";
  tree.link_to("sys/class/dmi/id", dmi);
  tree.file(dmi + "/sys_vendor", host.vendor + '\n');
  tree.file(dmi + "/product_name", host.product + '\n');
  tree.file(dmi + "/board_vendor", host.vendor + '\n');
  tree.file(dmi + "/board_name", host.product + '\n');
  tree.file(dmi + "/bios_vendor", "Simulated\n");
  tree.file(dmi + "/bios_version", "1.0\n");
  tree.file(dmi + "/chassis_type", "23\n");  // SMBIOS 7.4.1: rack mount chassis
}

void write_interfaces(TreeWriter& tree, const Scenario& scenario) {
  tree.file("proc/net/dev",
            "Inter-|   Receive                                                |  Transmit\n"
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets "
            "errs drop fifo colls carrier compressed\n"
            "    lo:       0       0    0    0    0     0          0         0        0       0    "
            "0    0    0     0       0          0\n");
  for (const ScenarioNic& nic : scenario.nics) {
    const std::string path = "sys/bus/pci/devices/" + nic.address + "/net/" + nic.name;
    const std::string dir = path + '/';
    tree.link_to("sys/class/net/" + nic.name, path);
    tree.file(dir + "operstate", "up\n");
    tree.file(dir + "speed", nic.infiniband != 0 ? "400000\n" : "25000\n");
    tree.file(dir + "type", nic.infiniband != 0 ? "32\n" : "1\n");  // if_arp.h
    tree.file(dir + "mtu", nic.infiniband != 0 ? "4092\n" : "1500\n");
    tree.link(dir + "device", "../..");
  }
}

/// What the RDMA driver has of a card (drivers/infiniband/core/sysfs.c). Identifiers are invented.
void write_rdma(TreeWriter& tree, const ScenarioNic& nic, std::size_t position) {
  if (nic.rdma.empty() && nic.infiniband == 0) return;
  const std::string name = nic.rdma.empty() ? "mlx5_" + std::to_string(position) : nic.rdma;
  const std::string path = "sys/bus/pci/devices/" + nic.address + "/infiniband/" + name;
  tree.link_to("sys/class/infiniband/" + name, path);
  tree.link(path + "/device", "../..");
  char guid[24];
  std::snprintf(guid, sizeof guid, "a088:c203:0000:%04x\n", static_cast<unsigned>(position) + 1);
  tree.file(path + "/node_guid", guid);
  tree.file(path + "/node_type", "1: CA\n");
  const std::string port = path + "/ports/1/";
  tree.file(port + "state", "4: ACTIVE\n");
  tree.file(port + "phys_state", "5: LinkUp\n");
  tree.file(port + "link_layer", nic.infiniband != 0 ? "InfiniBand\n" : "Ethernet\n");
  const bool is_connectx7 = nic.device == 0x1021;
  const char* fastest = is_connectx7 ? "400 Gb/sec (4X NDR)\n" : "200 Gb/sec (4X HDR)\n";
  tree.file(port + "rate", nic.infiniband != 0 ? fastest : "25 Gb/sec (1X EDR)\n");
}

}  // namespace

void write_machine(TreeWriter& tree, const Scenario& scenario) {
  write_system(tree, scenario.host);
  write_dmi(tree, scenario.host);
  write_interfaces(tree, scenario);
  for (std::size_t i = 0; i < scenario.nics.size(); ++i) write_rdma(tree, scenario.nics[i], i);
  std::string mounts;
  std::string mountinfo;
  if (!scenario.storage.empty()) {
    const std::string device = "/dev/" + scenario.storage[0].name + "p1";
    mountinfo = "24 1 259:1 / / rw,relatime shared:1 - ext4 " + device + " rw\n";
    mounts = device + " / ext4 rw,relatime 0 0\n";
  }
  mountinfo +=
      "25 24 0:22 / /sys rw,nosuid,nodev,noexec,relatime shared:2 - sysfs sysfs rw\n"
      "26 24 0:23 / /proc rw,nosuid,nodev,noexec,relatime shared:3 - proc proc rw\n";
  mounts +=
      "sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0\n"
      "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n";
  tree.file("proc/self/mountinfo", mountinfo);
  tree.file("proc/self/mounts", mounts);
  tree.link("proc/mounts", "self/mounts");
}

}  // namespace accel::sim
