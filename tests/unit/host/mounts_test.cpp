#include "host/mounts.hpp"

#include <gtest/gtest.h>

#include "host/fstab.hpp"

namespace accel::host {
namespace {

TEST(Mountinfo, ReadsTheFieldsOfALine) {
  const auto mounts = parse_mountinfo(
      "36 35 259:2 /sub /mnt/data rw,noatime shared:1 master:2 - ext4 /dev/nvme0n1p2 rw,discard\n");

  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].device_number, "259:2");
  EXPECT_EQ(mounts[0].mount_point, "/mnt/data");
  EXPECT_EQ(mounts[0].type, "ext4");
  EXPECT_EQ(mounts[0].source, "/dev/nvme0n1p2");
  EXPECT_EQ(mounts[0].options, "rw,discard");
}

TEST(Mountinfo, ReadsALineWithoutOptionalFields) {
  const auto mounts = parse_mountinfo("27 1 254:0 / / rw,relatime - ext4 /dev/vda rw");

  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].mount_point, "/");
}

TEST(Mountinfo, UndoesTheEscapesForBlanks) {
  const auto mounts =
      parse_mountinfo("36 35 8:1 / /mnt/my\\040disk\\011x\\134y\\012z rw - ext4 /dev/sda1 rw\n");

  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].mount_point, "/mnt/my disk\tx\\y\nz");
}

TEST(Mountinfo, LeavesABackslashThatEscapesNothing) {
  EXPECT_EQ(unescaped("a\\9b\\04"), "a\\9b\\04");
  EXPECT_EQ(unescaped("\\777"), "\\777") << "beyond a byte";
  EXPECT_EQ(unescaped("\\"), "\\");
}

TEST(Mountinfo, PassesOverLinesThatAreNone) {
  const auto mounts = parse_mountinfo(
      "garbage\n\n36 35 8:1 / /a rw - ext4 /dev/sda1 rw\n36 35 8:1 / /b rw ext4 /dev/sda1\n"
      "36 35 x:y / /c rw - ext4 /dev/sda1 rw\n36 35 8:1 / relative rw - ext4 /dev/sda1 rw\n"
      "36 35 8:1 / /d rw -");

  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].mount_point, "/a");
}

TEST(Fstab, ReadsEntriesAndSkipsComments) {
  const auto entries = parse_fstab(
      "# <file system> <mount point> <type>\n\nUUID=1234 / ext4 defaults 0 1\n"
      "\tserver:/export  /mnt/my\\040data\tnfs4 ro,noauto 0 0\nUUID=5 none swap sw 0 0\n");

  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].source, "server:/export");
  EXPECT_EQ(entries[1].mount_point, "/mnt/my data");
  EXPECT_EQ(entries[1].type, "nfs4");
}

}  // namespace
}  // namespace accel::host
