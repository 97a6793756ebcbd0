#include "accel/machine.hpp"

#include <gtest/gtest.h>

#include <cerrno>

#include "base/dir.hpp"
#include "support/fake_tree.hpp"

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

TEST(Machine, HasASimulatedMachinesFilesBroughtUpToDate) {
  std::string asked;
  Machine{}.refresh("0000:01:00.0");
  Machine{.simulated_drivers = {.refresh = [&](std::string_view address) { asked = address; }}}
      .refresh("0000:03:00.0");
  EXPECT_EQ(asked, "0000:03:00.0");
}

TEST(Machine, HandsAValueToTheSimulatedDriver) {
  std::string taken;
  const auto refuse_zero = [&](const std::filesystem::path& file, std::string_view text) {
    taken = file.string() + '=' + std::string(text);
    return text == "0" ? EINVAL : 0;
  };
  const Machine machine{.root = "/sim", .simulated_drivers = {.write = refuse_zero}};

  EXPECT_TRUE(machine.write("/sim/power1_cap", "250000000"));
  EXPECT_EQ(taken, "/sim/power1_cap=250000000");
  EXPECT_EQ(machine.write("/sim/power1_cap", "0").error().code, Errc::invalid_argument);
}

TEST(Machine, WritesNothingIntoARecording) {
  testing::FakeTree tree;
  tree.file("power1_cap", "250000000\n");

  const auto written = Machine{.root = tree.root()}.write(tree.root() / "power1_cap", "1");

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::operation_not_supported);
  EXPECT_EQ(base::Dir(tree.root()).text("power1_cap").value(), "250000000");
}

}  // namespace
}  // namespace accel
