// Settings through the programs: accel asks, accel-broker writes, and whoever is killed in between.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "support/run_program.hpp"

namespace accel {
namespace {

using testing::Ended;
using testing::FakeTree;
using testing::Program;
using Json = nlohmann::json;

class CliControl : public ::testing::Test {
 protected:
  Ended run(std::vector<std::string> words) {
    words.insert(words.begin(), {"--sim", "t4:2", "--state-dir", (state_.root() / "n").string()});
    return program_.run(words);
  }
  double limit() {
    const Json document = Json::parse(run({"status", "--json", "--device", "0"}).out);
    return document["devices"][0]["readings"]["power_limit"]["value"];
  }
  /// The broker of this node, by the state directory on its command line.
  pid_t broker() const {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      std::ifstream file(entry.path() / "cmdline");
      std::stringstream words;
      words << file.rdbuf();
      const std::string line = words.str();
      if (line.find("accel-broker") != std::string::npos &&
          line.find(state_.root().string()) != std::string::npos) {
        return std::stoi(entry.path().filename().string());
      }
    }
    return -1;
  }
  ~CliControl() override {
    if (const pid_t left = broker(); left > 0) ::kill(left, SIGKILL);
  }

  FakeTree state_;
  Program program_{ACCEL_PROGRAM};
};

TEST_F(CliControl, PlansWithoutChangingAnything) {
  const Ended plan = run({"set", "GPU0", "power_limit_w=65", "--json"});

  EXPECT_EQ(plan.code, 0) << plan.err;
  const Json document = Json::parse(plan.out);
  EXPECT_EQ(document["dry_run"], true);
  EXPECT_EQ(document["results"][0]["previous"], 70.0);
  EXPECT_EQ(document["results"][0]["calls"][0], "nvmlDeviceSetPowerManagementLimit(65000)");
  EXPECT_EQ(limit(), 70);
  EXPECT_EQ(broker(), -1);
}

TEST_F(CliControl, RefusesWithTheCodesOfTheInterface) {
  EXPECT_EQ(run({"set", "GPU0", "power_limit_w=99999"}).code, 2);
  EXPECT_EQ(run({"set", "GPU0", "nonsense=5"}).code, 2);
  EXPECT_EQ(run({"set", "GPUx", "power_limit_w=65"}).code, 2);
  EXPECT_EQ(run({"set", "GPU9", "power_limit_w=65"}).code, 3);
  EXPECT_EQ(run({"confirm"}).code, 3);
}

TEST_F(CliControl, KeepsWhatIsConfirmed) {
  ASSERT_EQ(run({"set", "GPU0", "power_limit_w=65", "--apply"}).code, 0);
  EXPECT_EQ(limit(), 65);
  EXPECT_EQ(run({"set", "GPU0", "sm_clock_mhz=900", "--apply"}).code, 1) << "one waits";
  EXPECT_EQ(run({"confirm"}).code, 0);

  EXPECT_EQ(limit(), 65);
  EXPECT_EQ(run({"panic"}).code, 0);
  EXPECT_EQ(limit(), 70);
  EXPECT_EQ(run({"audit", "verify"}).code, 0);
}

TEST_F(CliControl, TakesBackWhatWaitedWhenTheBrokerWasKilled) {
  ASSERT_EQ(run({"set", "GPU0", "power_limit_w=65", "--apply"}).code, 0);
  ASSERT_EQ(limit(), 65);
  const pid_t killed = broker();
  ASSERT_GT(killed, 0);
  ::kill(killed, SIGKILL);
  while (::kill(killed, 0) == 0 && broker() == killed) std::this_thread::yield();

  EXPECT_EQ(run({"revert"}).code, 3) << "the next broker has taken it back already";
  EXPECT_EQ(limit(), 70);
  EXPECT_NE(run({"audit", "list"}).out.find("reverted: its process had ended"), std::string::npos);
}

}  // namespace
}  // namespace accel
