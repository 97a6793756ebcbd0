#include "cli/streams.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel::cli {
namespace {

using accel::testing::FakeTree;

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::size_t files_in(const FakeTree& tree) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(tree.root()),
                                                std::filesystem::directory_iterator()));
}

TEST(WriteFile, ReplacesTheWholeFile) {
  FakeTree tree;
  tree.file("f", "a longer text that was there");

  ASSERT_TRUE(write_file(tree.root() / "f", "new"));
  EXPECT_EQ(content(tree.root() / "f"), "new");
  EXPECT_EQ(files_in(tree), 1U);
}

TEST(WriteFile, WritesBehindASymbolicLink) {
  FakeTree tree;
  tree.file("f", "old").link("l", "f");

  ASSERT_TRUE(write_file(tree.root() / "l", "new"));
  EXPECT_EQ(content(tree.root() / "f"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(tree.root() / "l"));
}

TEST(WriteFile, HasThePermissionsThatTheUserChose) {
  FakeTree tree;
  const mode_t before = ::umask(027);

  ASSERT_TRUE(write_file(tree.root() / "f", "x"));
  ::umask(before);
  struct stat found {};
  ASSERT_EQ(::stat((tree.root() / "f").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0640U);
}

TEST(WriteFile, ReportsAFullDisk) {
  const auto written = write_file("/dev/full", "text");

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "/dev/full: No space left on device");
}

TEST(WriteFile, LeavesNothingBehindWhereItMayNotWrite) {
  FakeTree tree;
  tree.directory("d");
  std::filesystem::permissions(tree.root() / "d", std::filesystem::perms(0555));

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto written = write_file(tree.root() / "d/f", "x");
              return !written && written.error().code == Errc::permission_denied;
            }),
            1);
}

TEST(WriteExport, NamesTheFileByTime) {
  FakeTree tree;

  const auto path = write_export(tree.root(), "{}", std::chrono::seconds(1'795'180'633));
  ASSERT_TRUE(path);
  EXPECT_TRUE(std::regex_match(path->filename().string(),
                               std::regex("accel_list_[0-9]{8}_[0-9]{6}_[0-9A-Za-z]{6}\\.json")))
      << *path;
  EXPECT_EQ(content(*path), "{}");
}

}  // namespace
}  // namespace accel::cli
