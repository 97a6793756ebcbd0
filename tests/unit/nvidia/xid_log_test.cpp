#include "backends/nvidia/xid_log.hpp"

#include <gtest/gtest.h>

#include <array>

#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

TEST(XidLine, NamesAGpuAndACode) {
  const auto line = parse_xid_line(
      "NVRM: Xid (PCI:0000:41:00): 79, pid='<unknown>', GPU has fallen off the bus.");

  ASSERT_TRUE(line);
  EXPECT_EQ(line->address.text(), "0000:41:00.0");
  EXPECT_EQ(line->code, 79U);
}

TEST(XidLine, IsReadInTheFormsOfOldDriversAndOfInstances) {
  EXPECT_EQ(parse_xid_line("NVRM: Xid (0000:03:00): 31, Ch 00000001")->code, 31U);
  EXPECT_EQ(parse_xid_line("NVRM: Xid (PCI:0000:41:00 GPU-I:05): 94, pid=7")->code, 94U);
  EXPECT_EQ(parse_xid_line("NVRM: Xid (PCI:00000001:41:00): 13, pid=7")->address.text(),
            "0001:41:00.0");
}

TEST(XidLine, IsNoOther) {
  for (const char* text :
       {"", "NVRM: Xid", "NVRM: Xid (", "NVRM: Xid (PCI:0000:41:00)", "NVRM: Xid (PCI:x): 79",
        "NVRM: Xid (PCI:0000:41:00): , pid", "NVRM: GPU at PCI:0000:41:00: GPU-1"}) {
    EXPECT_FALSE(parse_xid_line(text)) << text;
  }
}

class XidLog : public NvidiaTest {
 protected:
  void log(const std::string& records) { tree_.file("dev/kmsg", records); }
  std::vector<Finding> findings() {
    discover();
    return backend().findings();
  }
};

TEST_F(XidLog, GivesAFindingForEachCode) {
  add_gpu();
  log("3,1,5000000,-;NVRM: Xid (PCI:0000:41:00): 48, pid=7\n"
      "6,2,6000000,-;usb 1-1: new device\n"
      "3,3,7500000,-;NVRM: Xid (PCI:0000:41:00): 48, pid=8\n SUBSYSTEM=pci\n"
      "3,4,8000000,-;NVRM: Xid (PCI:0000:42:00): 31, pid=9\n");

  const auto found = findings();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, "ACC-NV-016");
  EXPECT_EQ(found[0].severity, Severity::high);
  EXPECT_EQ(found[0].title, "XID 48 of 0000:41:00.0: uncorrectable double-bit memory error");
  EXPECT_EQ(found[0].evidence,
            "/dev/kmsg, 7.5 s after the start, the last of 2: NVRM: Xid (PCI:0000:41:00): 48, "
            "pid=8");
  EXPECT_EQ(found[0].device, info().uuid);
  EXPECT_FALSE(found[0].remedy.empty());
  EXPECT_EQ(found[1].severity, Severity::low);
  EXPECT_EQ(found[1].device, "") << "no GPU is there";
}

TEST_F(XidLog, IsNotReadWithoutAGpu) {
  log("3,1,5000000,-;NVRM: Xid (PCI:0000:41:00): 48, pid=7\n");

  EXPECT_TRUE(findings().empty());
}

TEST_F(XidLog, IsNotMissedInARecordingWithoutOne) {
  add_gpu();

  EXPECT_TRUE(findings().empty());
}

}  // namespace
}  // namespace accel::nvidia
