// The shared model: two processes see one state, and a killed holder of its lock blocks nobody.
#include "node/mapping.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

using testing::scenario_text;
using testing::SmallNode;
using testing::TemporaryFolder;

TEST(Mapping, AnotherProcessSeesWhatThisOneChanged) {
  SmallNode node(scenario_text(1, "high = 0.5"));
  node.gpu().settings.power_limit_mw = 321'000;

  const pid_t child = ::fork();
  if (child == 0) {
    const auto other = Mapping::open(node.folder());
    const bool seen = other && gpus_of(other->node())[0].settings.power_limit_mw == 321'000;
    if (seen) gpus_of(other->node())[0].settings.power_limit_mw = 222'000;
    ::_exit(seen ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);

  EXPECT_EQ(status, 0);
  EXPECT_EQ(node.gpu().settings.power_limit_mw, 222'000U);
}

TEST(Mapping, AKilledHolderOfTheLockBlocksNobody) {
  const SmallNode node(scenario_text(1, "high = 0.5"));
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::pthread_mutex_lock(&node.node().mutex);
    [[maybe_unused]] const ssize_t told = ::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  ::waitpid(child, nullptr, 0);

  { const Lock first(node.node()); }
  const Lock again(node.node());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(Mapping, RefusesAFileThatIsNoModel) {
  const TemporaryFolder folder;
  EXPECT_EQ(Mapping::open(folder.path()), nullptr) << "missing";
  std::ofstream(folder.path() + "/model") << std::string(100'000, 'x');
  EXPECT_EQ(Mapping::open(folder.path()), nullptr) << "foreign";
}

TEST(Mapping, RefusesATruncatedModel) {
  const SmallNode node(scenario_text(1, "high = 0.5"));
  ASSERT_EQ(::truncate((node.folder() + "/model").c_str(), sizeof(Node) + 1), 0);
  EXPECT_EQ(Mapping::open(node.folder()), nullptr);
}

TEST(Mapping, DoesNotFollowALink) {
  const SmallNode node(scenario_text(1, "high = 0.5"));
  const TemporaryFolder folder;
  std::filesystem::create_symlink(node.folder() + "/model", folder.path() + "/model");
  EXPECT_EQ(Mapping::open(folder.path()), nullptr);
}

}  // namespace
}  // namespace accel::sim
