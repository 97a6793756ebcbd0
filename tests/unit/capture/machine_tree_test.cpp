#include "capture/machine_tree.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/dir.hpp"
#include "base/place.hpp"
#include "capture/output.hpp"
#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel::capture {
namespace {

using testing::FakeTree;

class MachineTreeTest : public ::testing::Test {
 protected:
  /// What is recorded while `read` runs.
  template <class Read>
  MachineTree recorded(const Read& read, Limits limits = {}) {
    auto recording = std::make_shared<Recording>(limits);
    {
      const base::FileWatching watching(recording);
      read();
    }
    return machine_tree(recording->content(), machine_.root());
  }
  [[nodiscard]] std::string at(const std::string& path) const { return machine_.root() / path; }

  FakeTree machine_;
};

std::string bytes_of(const Tree& tree, const std::string& path) {
  const auto found = tree.find(path);
  if (found == tree.end()) return "(none)";
  const auto* file = std::get_if<File>(&found->second);
  return file == nullptr ? "(no file)" : file->bytes;
}

std::string target_of(const Tree& tree, const std::string& path) {
  const auto found = tree.find(path);
  if (found == tree.end()) return "(none)";
  const auto* link = std::get_if<Link>(&found->second);
  return link == nullptr ? "(no link)" : link->target;
}

TEST_F(MachineTreeTest, HasTheFilesThatWereReadAndNoOther) {
  machine_.file("sys/a", "1\n").file("sys/b", "2\n");

  const auto made = recorded([&] { EXPECT_EQ(*base::Dir(at("sys")).integer("a"), 1); });
  EXPECT_EQ(bytes_of(made.tree, "sys/a"), "1\n");
  EXPECT_FALSE(made.tree.contains("sys/b"));
}

TEST_F(MachineTreeTest, HasNoFolderThatIsNotThere) {
  machine_.directory("opt");

  const auto made = recorded([&] {
    EXPECT_FALSE(base::exists(at("opt/rocm/bin/x")));
    EXPECT_FALSE(base::is_there(at("opt/rocm")));
    EXPECT_TRUE(base::Dir(at("opt/rocm/lib")).children().empty());
    EXPECT_FALSE(base::read_file(at("opt/rocm/.info/version")));
  });
  EXPECT_TRUE(made.tree.contains("opt"));
  EXPECT_FALSE(made.tree.contains("opt/rocm"));
}

TEST_F(MachineTreeTest, KeepsTheLinksThatLedToAFile) {
  machine_.file("sys/devices/pci0/0000:01:00.0/vendor", "0x1002\n")
      .link("sys/class/drm/card0/device", "../../../devices/pci0/0000:01:00.0");

  const auto made = recorded(
      [&] { static_cast<void>(base::Dir(at("sys/class/drm/card0/device")).text("vendor")); });
  EXPECT_EQ(target_of(made.tree, "sys/class/drm/card0/device"),
            "../../../devices/pci0/0000:01:00.0");
  EXPECT_EQ(bytes_of(made.tree, "sys/devices/pci0/0000:01:00.0/vendor"), "0x1002\n");
}

TEST_F(MachineTreeTest, MakesAbsoluteLinksRelative) {
  machine_.file("usr/lib/os-release", "ID=x\n").link("etc/os-release", at("usr/lib/os-release"));

  const auto made = recorded([&] { static_cast<void>(base::read_file(at("etc/os-release"))); });
  EXPECT_EQ(target_of(made.tree, "etc/os-release"), "../usr/lib/os-release");
}

TEST_F(MachineTreeTest, TakesInWhatALinkOutOfTheMachineLeadsTo) {
  FakeTree elsewhere;
  elsewhere.file("card/device/vendor", "0x1002\n");
  machine_.link("sys/class/drm/card0", elsewhere.root() / "card");

  const auto made = recorded([&] {
    std::error_code failure;
    const auto device = base::canonical(at("sys/class/drm/card0/device"), failure);
    static_cast<void>(base::Dir(device).text("vendor"));
  });
  EXPECT_EQ(bytes_of(made.tree, "sys/class/drm/card0/device/vendor"), "0x1002\n");
}

TEST_F(MachineTreeTest, NamesWhatIsInAFolderThatWasListed) {
  machine_.file("sys/bus/a", "1").directory("sys/bus/b").link("sys/bus/c", "a");

  const auto made = recorded([&] { EXPECT_EQ(base::Dir(at("sys/bus")).children().size(), 3U); });
  EXPECT_EQ(target_of(made.tree, "sys/bus/a"), "accel-errno:" + std::to_string(ENODATA))
      << "it is there, and nobody read it";
  EXPECT_TRUE(made.tree.contains("sys/bus/b"));
  EXPECT_EQ(target_of(made.tree, "sys/bus/c"), "a");
}

TEST_F(MachineTreeTest, RemembersWhyAFileCouldNotBeRead) {
  machine_.file("sys/energy_uj", "5\n");
  ::chmod(at("sys/energy_uj").c_str(), 0);
  ::chmod(machine_.root().c_str(), 0755);
  FakeTree replayed;

  const auto check = [&] {
    Result<std::int64_t> live = 0;
    const auto made = recorded([&] { live = base::Dir(at("sys")).integer("energy_uj"); });
    return !live && live.error().code == Errc::permission_denied && made.refused.size() == 1 &&
           target_of(made.tree, "sys/energy_uj") == "accel-errno:" + std::to_string(EACCES);
  };
  const int held = testing::as_nobody(check);
  if (held < 0) GTEST_SKIP() << "cannot become nobody";
  EXPECT_EQ(held, 1);
}

TEST_F(MachineTreeTest, FailsOnReplayForTheReasonOfThen) {
  machine_.link("sys/energy_uj", "accel-errno:13");
  const base::Dir dir(at("sys"));

  EXPECT_TRUE(dir.has("energy_uj"));
  EXPECT_EQ(dir.integer("energy_uj").error().code, Errc::permission_denied);
  EXPECT_EQ(dir.text("energy_uj").error().message, at("sys/energy_uj") + ": Permission denied");
  EXPECT_EQ(dir.link_name("energy_uj").error().code, Errc::permission_denied);
}

TEST_F(MachineTreeTest, FailsToListOnReplayForTheReasonOfThen) {
  machine_.link("proc/7/fd", "accel-errno:13");
  std::error_code failure;

  EXPECT_TRUE(base::names_in(at("proc/7/fd"), failure).empty());
  EXPECT_EQ(failure, std::errc::permission_denied);
}

TEST_F(MachineTreeTest, CapturesACaptureAsItIs) {
  machine_.link("sys/energy_uj", "accel-errno:13");

  const auto made = recorded([&] { static_cast<void>(base::Dir(at("sys")).text("energy_uj")); });
  EXPECT_EQ(target_of(made.tree, "sys/energy_uj"), "accel-errno:13");
}

TEST_F(MachineTreeTest, LeavesOutWhatIsTooLargeAndSaysSo) {
  machine_.file("proc/big", std::string(100, 'x')).file("proc/small", "1");

  const auto made = recorded(
      [&] {
        static_cast<void>(base::read_file(at("proc/big")));
        static_cast<void>(base::read_file(at("proc/small")));
      },
      {.file = 50, .total = 1000});
  EXPECT_EQ(bytes_of(made.tree, "proc/small"), "1");
  ASSERT_EQ(made.left_out.size(), 1U);
  EXPECT_EQ(made.left_out[0].path, "/proc/big");
}

TEST_F(MachineTreeTest, LeavesOutAFileWhoseReaderDidNotComeBack) {
  machine_.file("sys/hangs", "1");
  Recording recording{Limits()};
  recording.started(at("sys/hangs"));

  const auto made = machine_tree(recording.content(), machine_.root());
  ASSERT_EQ(made.left_out.size(), 1U);
  EXPECT_EQ(made.left_out[0].path, "/sys/hangs");
}

TEST_F(MachineTreeTest, KeepsOfOpenFilesOnlyThoseOfDevices) {
  machine_.link("proc/7/fd/3", "/dev/dri/renderD128").link("proc/7/fd/4", "/home/evelyn/diary");

  const auto made = recorded([&] {
    std::error_code failure;
    for (const auto& name : base::names_in(at("proc/7/fd"), failure)) {
      static_cast<void>(base::read_symlink(at("proc/7/fd/" + name), failure));
    }
  });
  EXPECT_EQ(target_of(made.tree, "proc/7/fd/3"), "/dev/dri/renderD128");
  EXPECT_FALSE(made.tree.contains("proc/7/fd/4"));
}

TEST_F(MachineTreeTest, DoesNotLetABeginningReplaceTheWhole) {
  machine_.file("proc/7/cmdline", "train");

  const auto made = recorded([&] {
    static_cast<void>(base::read_file(at("proc/7/cmdline")));
    static_cast<void>(base::read_file(at("proc/7/cmdline"), 1));
  });
  EXPECT_EQ(bytes_of(made.tree, "proc/7/cmdline"), "train");
}

}  // namespace
}  // namespace accel::capture
