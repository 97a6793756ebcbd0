// Where state may lie: private folders of ours, never what somebody else prepared.
#include "node/state_dir.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

using testing::TemporaryFolder;

class StateDir : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_.path() + '/' + name; }

  TemporaryFolder folder_;
};

TEST_F(StateDir, IsMadePrivate) {
  ASSERT_FALSE(prepare_state_dir(path("new")));
  struct stat status {};
  ASSERT_EQ(::stat(path("new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(StateDir, ALinkIsRefused) {
  ASSERT_EQ(::mkdir(path("real").c_str(), 0700), 0);
  std::filesystem::create_symlink(path("real"), path("link"));
  EXPECT_EQ(prepare_state_dir(path("link")).code, Fail::denied);
}

TEST_F(StateDir, AFolderThatOthersMayWriteToIsRefused) {
  ASSERT_EQ(::mkdir(path("open").c_str(), 0700), 0);
  ASSERT_EQ(::chmod(path("open").c_str(), 0777), 0);
  EXPECT_EQ(prepare_state_dir(path("open")).code, Fail::denied);
}

TEST_F(StateDir, AFolderOfAnotherUserIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a folder away";
  ASSERT_EQ(::mkdir(path("theirs").c_str(), 0700), 0);
  ASSERT_EQ(::chown(path("theirs").c_str(), 65534, 65534), 0);
  EXPECT_EQ(prepare_state_dir(path("theirs")).code, Fail::denied);
}

TEST_F(StateDir, AFolderWithOtherThingsIsRefusedAndNotEmptied) {
  ASSERT_EQ(::mkdir(path("home").c_str(), 0700), 0);
  std::ofstream(path("home/letter.txt")) << "dear";
  EXPECT_EQ(prepare_state_dir(path("home")).code, Fail::invalid);
  EXPECT_EQ(remove_state(path("home")).code, Fail::invalid);
  EXPECT_TRUE(std::filesystem::exists(path("home/letter.txt")));
}

TEST_F(StateDir, RemovalTakesEverythingThatBelongsToTheState) {
  ASSERT_FALSE(prepare_state_dir(path("node")));
  std::ofstream(path("node/model")) << "x";
  std::filesystem::create_directories(path("node/root/sys"));
  EXPECT_FALSE(remove_state(path("node")));
  EXPECT_FALSE(std::filesystem::exists(path("node")));
}

TEST_F(StateDir, TheDefaultIsBelowTheRuntimeFolder) {
  ::setenv("XDG_RUNTIME_DIR", folder_.path().c_str(), 1);
  std::string dir;
  ASSERT_FALSE(default_state_dir("t4", dir));
  EXPECT_EQ(dir, path("accel-sim/t4"));
  ::unsetenv("XDG_RUNTIME_DIR");
}

TEST_F(StateDir, ADefaultThatSomebodyElsePreparedIsRefused) {
  ::setenv("XDG_RUNTIME_DIR", folder_.path().c_str(), 1);
  std::filesystem::create_symlink("/tmp", path("accel-sim"));
  std::string dir;
  EXPECT_EQ(default_state_dir("t4", dir).code, Fail::denied);
  ::unsetenv("XDG_RUNTIME_DIR");
}

}  // namespace
}  // namespace accel::sim
