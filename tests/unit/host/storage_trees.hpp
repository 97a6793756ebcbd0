// Disks in sysfs, as the kernel lays them out, with invented values.
#pragma once

#include <cstdint>
#include <string>

#include "support/fake_tree.hpp"

namespace accel::testing {

/// The device directory of a SATA disk, below /sys/devices.
inline constexpr const char* kSata = "pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0";

struct DiskFacts {
  std::string vendor = "ATA";
  int rotational = 0;
  int removable = 0;
  std::int64_t sectors = 7'814'037'168;
};

/// `device`: the disk's device directory, below /sys/devices.
inline void add_disk(FakeTree& tree, const std::string& name, const std::string& device,
                     const DiskFacts& facts) {
  const std::string dir = "sys/devices/" + device;
  const std::string block = dir + "/block/" + name;
  tree.file(block + "/size", std::to_string(facts.sectors) + "\n")
      .file(block + "/removable", std::to_string(facts.removable) + "\n")
      .file(block + "/queue/rotational", std::to_string(facts.rotational) + "\n")
      .file(block + "/dev", "8:0\n")
      .file(dir + "/vendor", facts.vendor + "     \n")
      .file(dir + "/model", "ST4000NM0035    \n")
      .file(dir + "/rev", "TN05\n")
      .link(block + "/device", "../../")
      .link("sys/block/" + name, "../devices/" + device + "/block/" + name);
}

/// A controller with one namespace.
inline void add_nvme(FakeTree& tree, const std::string& controller, const std::string& address,
                     std::int64_t sectors) {
  const std::string place = "devices/pci0000:40/" + address + "/nvme/" + controller;
  const std::string dir = "sys/" + place;
  const std::string block = dir + "/" + controller + "n1";
  tree.file(dir + "/model", "Samsung SSD 990 PRO 2TB                 \n")
      .file(dir + "/serial", "S6Z2NJ0T123456      \n")
      .file(dir + "/firmware_rev", "4B2QJXD7\n")
      .file(dir + "/transport", "pcie\n")
      .file(dir + "/address", address + "\n")
      .file(dir + "/dev", "240:0\n")
      .file(block + "/size", std::to_string(sectors) + "\n")
      .file(block + "/removable", "0\n")
      .file(block + "/queue/rotational", "0\n")
      .file(block + "/dev", "259:0\n")
      .link(block + "/device", "..")
      .link(dir + "/device", "../../")
      .link("sys/block/" + controller + "n1", "../" + place + "/" + controller + "n1")
      .link("sys/class/nvme/" + controller, "../../" + place);
}

/// A partition of a disk that is there already.
inline void add_partition(FakeTree& tree, const std::string& disk, const std::string& name,
                          const std::string& number) {
  const std::string dir = "sys/block/" + disk + "/" + name;
  tree.file(dir + "/partition", "1\n")
      .file(dir + "/dev", number + "\n")
      .link("sys/dev/block/" + number, "../../block/" + disk + "/" + name);
}

}  // namespace accel::testing
