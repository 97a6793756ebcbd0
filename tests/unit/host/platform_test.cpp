#include <gtest/gtest.h>

#include "accel/host.hpp"
#include "host/virtualization.hpp"
#include "host_trees.hpp"

namespace accel::host {
namespace {

using accel::testing::FakeTree;
using accel::testing::machine_at;

constexpr const char* kVirtual = "vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm hypervisor\n";

TEST(Platform, ReadsItsNames) {
  FakeTree tree;
  tree.file("proc/sys/kernel/hostname", "node7\n")
      .file("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n")
      .file("proc/sys/kernel/arch", "x86_64\n")
      .file("usr/lib/os-release",
            "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
      .file("sys/class/dmi/id/sys_vendor", "Supermicro\n")
      .file("sys/class/dmi/id/product_name", "SYS-821GE-TNHR\n")
      .file("sys/class/dmi/id/board_name", "X13DEG-OAD\n")
      .file("sys/class/dmi/id/bios_version", "2.1b\n");

  const auto platform = host::platform(machine_at(tree));
  EXPECT_EQ(platform.hostname.optional(), "node7");
  EXPECT_EQ(platform.kernel.optional(), "6.1.0-18-amd64");
  EXPECT_EQ(platform.operating_system.optional(), "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(platform.architecture.optional(), "x86_64");
  EXPECT_EQ(platform.manufacturer.optional(), "Supermicro");
  EXPECT_EQ(platform.product.optional(), "SYS-821GE-TNHR");
  EXPECT_EQ(platform.board.optional(), "X13DEG-OAD");
  EXPECT_EQ(platform.bios_version.optional(), "2.1b");
}

TEST(Platform, TakesItsArchitectureFromTheTreeAndNotFromThisMachine) {
  FakeTree tree;
  tree.file("proc/cpuinfo", "processor\t: 0\nisa\t\t: rv64imafdc\n");

  EXPECT_EQ(host::platform(machine_at(tree)).architecture.optional(), "riscv64");
}

TEST(Platform, TakesNoPlaceholderForAProduct) {
  FakeTree tree;
  tree.file("sys/class/dmi/id/product_name", "To Be Filled By O.E.M.\n");

  const auto product = host::platform(machine_at(tree)).product;
  EXPECT_EQ(product.status(), ReadingStatus::unsupported);
  EXPECT_NE(product.reason().find("To Be Filled"), std::string::npos);
}

TEST(Platform, NamesABoardByItsDeviceTree) {
  FakeTree tree;
  tree.file("proc/device-tree/model", std::string("Raspberry Pi 5 Model B Rev 1.0\0", 31));

  EXPECT_EQ(host::platform(machine_at(tree)).product.optional(), "Raspberry Pi 5 Model B Rev 1.0");
}

TEST(Platform, ReadsAnUnquotedSystemName) {
  FakeTree tree;
  tree.file("etc/os-release", "PRETTY_NAME=Alpine\n");

  EXPECT_EQ(host::platform(machine_at(tree)).operating_system.optional(), "Alpine");
}

TEST(Virtualization, IsAbsentOnBareMetal) {
  FakeTree tree;
  tree.file("proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu lm\n")
      .file("sys/class/dmi/id/sys_vendor", "QEMU\n");

  const auto found = virtualization(machine_at(tree));
  EXPECT_EQ(found.status(), ReadingStatus::unsupported);
  EXPECT_NE(found.reason().find("bare metal"), std::string::npos);
}

TEST(Virtualization, IsNamedByTheFirmware) {
  FakeTree tree;
  tree.file("proc/cpuinfo", kVirtual).file("sys/class/dmi/id/sys_vendor", "VMware, Inc.\n");

  EXPECT_EQ(virtualization(machine_at(tree)).optional(), "vmware");
}

TEST(Virtualization, OfARecordedMachineIsNotThatOfThisOne) {
  FakeTree tree;
  tree.file("proc/cpuinfo", kVirtual);

  EXPECT_EQ(virtualization(machine_at(tree)).optional(), "unidentified");
}

TEST(Virtualization, OfAnArmGuestIsNamedByTheDeviceTree) {
  FakeTree tree;
  tree.file("proc/device-tree/hypervisor/compatible", std::string("linux,kvm\0", 10));

  EXPECT_EQ(virtualization(machine_at(tree)).optional(), "kvm");
}

TEST(Virtualization, CannotBeToldWithoutAnySign) {
  const FakeTree tree;
  EXPECT_EQ(virtualization(machine_at(tree)).status(), ReadingStatus::unsupported);
}

TEST(Virtualization, KnowsHypervisorsByTheirSignature) {
  EXPECT_EQ(hypervisor_name(std::string("KVMKVMKVM\0\0\0", 12)), "kvm");
  EXPECT_EQ(hypervisor_name("Microsoft Hv"), "microsoft");
  EXPECT_EQ(hypervisor_name("something   "), "");
}

}  // namespace
}  // namespace accel::host
