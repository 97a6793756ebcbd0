#include "accel/machine.hpp"

#include <gtest/gtest.h>

namespace accel {
namespace {

TEST(Machine, HasItsFilesBelowItsRoot) {
  EXPECT_EQ(Machine{}.path("/sys/class/drm"), "/sys/class/drm");
  EXPECT_EQ((Machine{.root = "/tmp/capture"}.path("/sys/class/drm")), "/tmp/capture/sys/class/drm");
  EXPECT_EQ((Machine{.root = "/tmp/capture"}.path("//etc/group")), "/tmp/capture/etc/group");
}

TEST(Machine, LoadsLibrariesByTheLoadersSearchOnlyWhereItIsThisMachine) {
  EXPECT_EQ(Machine{}.library("libnvidia-ml.so.1").value(), "libnvidia-ml.so.1");
  const auto none = Machine{.root = "/tmp/capture"}.library("libnvidia-ml.so.1");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::driver_not_found);
}

TEST(Machine, LoadsLibrariesFromAFolderWhereOneIsNamed) {
  const Machine machine{.root = "/tmp/capture", .library_dir = "/tmp/lib"};
  EXPECT_EQ(machine.library("libnvidia-ml.so.1").value(), "/tmp/lib/libnvidia-ml.so.1");
}

TEST(Machine, GivesNoLibraryThatIsRefused) {
  const Machine machine{.library_dir = "/tmp/lib",
                        .refused_libraries = {{"libze_loader.so.1", "it crashed", "update it"}}};

  const auto refused = machine.library("libze_loader.so.1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::system_error);
  EXPECT_EQ(refused.error().message, "it crashed");
  EXPECT_EQ(refused.error().remedy, "update it");
  EXPECT_TRUE(machine.library("libnvidia-ml.so.1"));
}

TEST(Machine, TracesOnlyWhereSomebodyListens) {
  std::string heard;
  Machine{}.trace("lost");
  Machine{.debug = [&](std::string_view text) { heard = text; }}.trace("kept");
  EXPECT_EQ(heard, "kept");
}

}  // namespace
}  // namespace accel
