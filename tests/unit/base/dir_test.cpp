#include "base/dir.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel::base {
namespace {

using accel::testing::as_nobody;
using accel::testing::FakeTree;

constexpr Attribute<Power> kMilliwatts{"power", 1'000};

TEST(Dir, ReadsTextWithoutWhatTrailsIt) {
  FakeTree tree;
  tree.file("name", "amdgpu\n").file("padded", std::string_view("on \t\r\n\0\0", 8));
  const Dir dir(tree.root());

  EXPECT_EQ(dir.text("name").value(), "amdgpu");
  EXPECT_EQ(dir.text("padded").value(), "on");
}

TEST(Dir, KeepsWhatStandsBehindAnEmbeddedNul) {
  FakeTree tree;
  tree.file("table", std::string_view("a\0b\n", 4));

  EXPECT_EQ(Dir(tree.root()).text("table").value(), std::string("a\0b", 3));
}

TEST(Dir, TakesAnEmptyFileForAnEmptyTextButNotForANumber) {
  FakeTree tree;
  tree.file("serial", "").file("value", "\n");
  const Dir dir(tree.root());

  EXPECT_EQ(dir.text("serial").value(), "");
  EXPECT_EQ(dir.integer("value").error().code, Errc::malformed);
}

TEST(Dir, SaysThatAMissingFileIsNotSupported) {
  FakeTree tree;
  const auto missing = Dir(tree.root()).text("hwmon/temp1_input");

  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::operation_not_supported);
  EXPECT_NE(missing.error().message.find("hwmon/temp1_input: No such file"), std::string::npos);
}

TEST(Dir, NamesWhoMayReadAFileThatThisUserMayNot) {
  FakeTree tree;
  tree.file("smart", "1\n");
  std::filesystem::permissions(tree.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree.root() / "smart", std::filesystem::perms::none);

  EXPECT_EQ(as_nobody([&] {
              const auto denied = Dir(tree.root()).text("smart");
              return !denied && denied.error().code == Errc::permission_denied &&
                     denied.error().remedy.find("root") != std::string::npos &&
                     denied.error().message.find("smart") != std::string::npos;
            }),
            1);
}

TEST(Dir, ReportsAFileThatFailsWhileItIsRead) {
  const auto failed = read_file("/proc/self/mem");  // Nothing is mapped at its beginning: EIO.

  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::io_error);
}

TEST(Dir, ReportsADirectoryInPlaceOfAFile) {
  FakeTree tree;
  tree.directory("vendor");

  const auto wrong = Dir(tree.root()).text("vendor");

  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::io_error);
}

TEST(Dir, ReportsAFileInPlaceOfADirectory) {
  FakeTree tree;
  tree.file("hwmon", "x");
  const Dir dir(tree.root());

  EXPECT_EQ(dir.text("hwmon/name").error().code, Errc::operation_not_supported);
  EXPECT_FALSE(dir.child("hwmon").exists());
  EXPECT_TRUE(dir.child("hwmon").children().empty());
}

TEST(Dir, DoesNotWaitForAPipeThatNobodyWrites) {
  FakeTree tree;
  ASSERT_EQ(::mkfifo((tree.root() / "pipe").c_str(), 0600), 0);

  EXPECT_EQ(Dir(tree.root()).text("pipe").value(), "");
}

TEST(Dir, ReadsNoMoreThanItsLimit) {
  FakeTree tree;
  tree.file("large", std::string((std::size_t{1} << 20) + 10, 'x'));

  EXPECT_EQ(read_file(tree.root() / "large").value().size(), std::size_t{1} << 20);
  EXPECT_EQ(read_file(tree.root() / "large", 5).value(), "xxxxx");
}

TEST(Dir, ReadsANumberHoweverMuchTrailsIt) {
  FakeTree tree;
  tree.file("padded", "7" + std::string(100, ' ') + "\n")
      .file("long", std::string(100, '0') + "7\n")
      .file("words", "7" + std::string(100, ' ') + "8\n");
  const Dir dir(tree.root());

  EXPECT_EQ(dir.integer("padded").value(), 7);
  EXPECT_EQ(dir.integer("long").value(), 7);
  EXPECT_EQ(dir.integer("words").error().code, Errc::malformed);
}

TEST(Dir, BelievesNoNumberThatHasBeenCut) {
  FakeTree tree;
  tree.file("whole", "55000\n").file("cut", "550").file("long", std::string(100, '0') + "7");
  tree.file("id", "0x10");
  const Dir dir(tree.root());

  EXPECT_EQ(dir.integer("whole").value(), 55'000);
  EXPECT_EQ(dir.integer("cut").error().code, Errc::malformed);
  EXPECT_NE(dir.integer("cut").error().message.find("cut: it does not end with a newline"),
            std::string::npos);
  EXPECT_EQ(dir.integer("long").error().code, Errc::malformed);
  EXPECT_EQ(dir.hex("id").error().code, Errc::malformed);
}

TEST(Dir, NamesAFileAsItsPathDoes) {
  EXPECT_EQ(Dir("/sys").source("kernel"), "/sys/kernel");
  EXPECT_EQ(Dir("/").source("sys"), "/sys");
  EXPECT_EQ(Dir("").source("sys"), "sys");
  EXPECT_EQ(Dir("/sys").child("kernel").name(), "kernel");
}

TEST(Dir, NamesTheFileWhoseNumberIsMalformed) {
  FakeTree tree;
  tree.file("busy", "unknown\n").file("vendor", "0xzz\n");
  const Dir dir(tree.root());

  EXPECT_NE(dir.integer("busy").error().message.find("busy: not an integer: 'unknown'"),
            std::string::npos);
  EXPECT_NE(dir.hex("vendor").error().message.find("vendor: not a hexadecimal number: '0xzz'"),
            std::string::npos);
}

TEST(Dir, ScalesAnAttributeToItsBaseUnit) {
  FakeTree tree;
  tree.file("power", "21500\n");

  EXPECT_EQ(Dir(tree.root()).read(kMilliwatts).value(), milliwatts(21'500));
}

TEST(Dir, RefusesAnAttributeThatDoesNotFitItsUnit) {
  FakeTree tree;
  tree.file("power", "9223372036854775807\n");

  const auto garbage = Dir(tree.root()).read(kMilliwatts);

  ASSERT_FALSE(garbage);
  EXPECT_EQ(garbage.error().code, Errc::malformed);
}

TEST(Dir, OrdersEntriesByTheirNumber) {
  FakeTree tree;
  tree.directory("card10").directory("card2").directory("card2-DP-1").directory("renderD128");

  std::vector<std::string> names;
  for (const Dir& child : Dir(tree.root()).children("card")) names.push_back(child.name());

  EXPECT_EQ(names, (std::vector<std::string>{"card2", "card10", "card2-DP-1"}));
}

TEST(Dir, NamesTheDriverThatALinkPointsTo) {
  FakeTree tree;
  tree.link("driver", "../../../bus/pci/drivers/nvidia").file("plain", "");
  const Dir dir(tree.root());

  EXPECT_EQ(dir.link_name("driver").value(), "nvidia");
  EXPECT_EQ(dir.link_name("subsystem").error().code, Errc::operation_not_supported);
  EXPECT_FALSE(dir.link_name("plain"));
}

TEST(Dir, GivesAValueToAFileThatExists) {
  FakeTree tree;
  tree.file("level", "auto\n");

  EXPECT_TRUE(write_file((tree.root() / "level").string(), "high"));
  EXPECT_EQ(Dir(tree.root()).text("level").value(), "high");
  EXPECT_EQ(write_file((tree.root() / "none").string(), "high").error().code,
            Errc::operation_not_supported);
  EXPECT_FALSE(Dir(tree.root()).has("none"));
}

TEST(Dir, TellsARefusedValueFromARefusedUser) {
  EXPECT_EQ(write_error("power1_cap", EINVAL).code, Errc::invalid_argument);
  EXPECT_EQ(write_error("power1_cap", EACCES).code, Errc::permission_denied);
  EXPECT_NE(write_error("power1_cap", EACCES).remedy.find("root"), std::string::npos);
  EXPECT_EQ(write_error("power1_cap", EBUSY).code, Errc::unavailable);
}

TEST(Dir, KnowsWhatExists) {
  FakeTree tree;
  tree.file("file", "").link("dangling", "nowhere");
  const Dir dir(tree.root());

  EXPECT_TRUE(dir.exists());
  EXPECT_TRUE(dir.has("file"));
  EXPECT_FALSE(dir.has("dangling"));
  EXPECT_FALSE(dir.child("file").exists());
}

}  // namespace
}  // namespace accel::base
