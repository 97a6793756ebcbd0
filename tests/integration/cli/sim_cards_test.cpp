// The program on simulated machines with accelerators of several vendors: one machine, whose parts
// fail one by one.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/json_schema.hpp"
#include "support/run_program.hpp"

namespace accel {
namespace {

using testing::Ended;
using testing::FakeTree;
using testing::JsonSchema;
using testing::Program;
using Json = nlohmann::json;

class CliSimCards : public ::testing::Test {
 protected:
  CliSimCards() { program_.with("ACCEL_SIM_STATE", (state_.root() / "node").string()); }

  Ended run(const std::string& scenario, std::vector<std::string> words) {
    words.insert(words.begin(), {"--sim", scenario});
    return program_.run(words);
  }
  Json devices(const std::string& scenario) {
    return Json::parse(run(scenario, {"status", "--json"}).out).at("devices");
  }
  static Json schema(const std::string& name) {
    return Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/" + name));
  }
  static double value(const Json& device, const std::string& reading) {
    const Json& found = device.at("readings").at(reading);
    EXPECT_EQ(found.at("status"), "ok") << reading << ": " << found;
    return found.at("value").is_number() ? found.at("value").get<double>() : -1;
  }
  static std::string status_of(const Json& device, const std::string& reading) {
    return device.at("readings").at(reading).at("status");
  }

  FakeTree state_;
  Program program_{ACCEL_PROGRAM};
};

TEST_F(CliSimCards, ShowsSixVendorsLikeOneMachine) {
  const Json list = Json::parse(run("mixed", {"list", "--json"}).out);
  EXPECT_EQ(JsonSchema(schema("list-1.json")).violation(list), "");
  const Json status = Json::parse(run("mixed", {"status", "--json"}).out);
  EXPECT_EQ(JsonSchema(schema("status-1.json")).violation(status), "");

  const Json& all = status.at("devices");
  std::vector<std::string> vendors;
  for (const Json& device : all) vendors.push_back(device.at("vendor"));
  EXPECT_EQ(vendors, (std::vector<std::string>{"NVIDIA", "AMD", "AMD", "Intel", "Habana", "Habana",
                                               "Google", "Google"}));
  for (const Json& device : all) EXPECT_EQ(device.at("state"), "ok") << device.at("model");
}

TEST_F(CliSimCards, ReadsWhatEachDriverTells) {
  const Json all = devices("mixed");

  EXPECT_GT(value(all[0], "power"), 40) << "H100";
  EXPECT_GT(value(all[1], "power"), 130) << "MI300X";
  EXPECT_EQ(value(all[1], "memory_total"), 196592.0 * 1024 * 1024);
  EXPECT_EQ(all[2].at("model"), "Radeon RX 7900 XTX");
  EXPECT_LE(value(all[2], "power"), value(all[2], "power_limit"));
  EXPECT_EQ(value(all[3], "pcie_slot_width"), 8) << "behind the switch of the Arc";
  EXPECT_GT(value(all[3], "energy"), 0);
  EXPECT_EQ(value(all[4], "power_limit"), 600) << "Gaudi";
  EXPECT_EQ(status_of(all[6], "temperature"), "unsupported") << "a TPU tells nothing";
  EXPECT_GT(value(all[7], "temperature"), 30) << "Coral";
}

TEST_F(CliSimCards, LetsValuesMoveWithTime) {
  const Json before = devices("mixed");
  EXPECT_EQ(run("mixed", {"sim", "step", "40s"}).code, 0);
  const Json after = devices("mixed");

  EXPECT_GT(value(after[1], "energy"), value(before[1], "energy") + 40 * 130);
  EXPECT_GT(value(after[3], "energy"), value(before[3], "energy"));
}

TEST_F(CliSimCards, ShowsEightAcceleratorsOfAmd) {
  const Json all = devices("mi300x");

  ASSERT_EQ(all.size(), 8U);
  for (const Json& device : all) {
    EXPECT_EQ(device.at("model"), "AMD Instinct MI300X OAM");
    EXPECT_GT(value(device, "power"), 130);
    EXPECT_EQ(status_of(device, "fan_speed.0"), "unsupported");
  }
  EXPECT_EQ(run("mi300x:3", {"list", "--json"}).code, 0);
}

TEST_F(CliSimCards, LeavesTheSleepingGpuOfALaptopAlone) {
  const Json all = devices("laptop");

  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("vendor"), "Intel");
  EXPECT_EQ(all[1].at("readings").at("clock_npu_max").at("value"), 1.4e9);
  EXPECT_EQ(all[2].at("state"), "asleep");
  const Json node = Json::parse(run("laptop", {"sim", "show", "--json"}).out);
  EXPECT_EQ(node.at("gpus")[0].at("wake_count"), 0);
}

TEST_F(CliSimCards, ShowsBothGpusOfAWorkstation) {
  const Json all = devices("workstation");

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("vendor"), "Intel");
  EXPECT_EQ(value(all[0], "clock_graphics_max"), 1.3e9);
  EXPECT_EQ(all[1].at("model"), "NVIDIA GeForce RTX 4090");
}

TEST_F(CliSimCards, ShowsTheGpuAndTheNeuralEngineOfAProcessor) {
  const Json all = devices("ryzen-ai");

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("model"), "AMD Radeon 890M Graphics");
  EXPECT_GT(value(all[0], "power"), 1);
  EXPECT_EQ(status_of(all[0], "power_limit"), "unsupported") << "a processor has no such file";
  EXPECT_GE(value(all[0], "utilization_npu"), 0);
  EXPECT_EQ(all[1].at("vendor"), "AMD");
  EXPECT_EQ(all[1].at("state"), "ok");
  EXPECT_EQ(status_of(all[1], "utilization"), "pending") << "it is the sum over its programs";
}

TEST_F(CliSimCards, ShowsTwoCardsOfIntelUnderTwoDrivers) {
  const Json all = devices("arc");

  ASSERT_EQ(all.size(), 2U);
  for (const Json& device : all) {
    EXPECT_EQ(device.at("state"), "ok");
    EXPECT_EQ(value(device, "pcie_slot_width"), 8);
    EXPECT_GT(value(device, "temperature"), 20);
    EXPECT_EQ(status_of(device, "power"), "pending") << "the difference of two looks";
  }
  EXPECT_EQ(value(all[0], "clock_graphics_max"), 2.45e9) << "A380";
  EXPECT_EQ(value(all[0], "power_limit"), 55);
  EXPECT_EQ(value(all[1], "clock_graphics_max"), 2.85e9) << "B580";
}

TEST_F(CliSimCards, KeepsAFaultToItsDevice) {
  EXPECT_EQ(run("mixed", {"sim", "inject", "GPU2", "garbage"}).code, 0);
  Json all = devices("mixed");
  EXPECT_NE(status_of(all[2], "power"), "ok");
  EXPECT_EQ(status_of(all[1], "power"), "ok");
  EXPECT_EQ(status_of(all[0], "power"), "ok");

  EXPECT_EQ(run("mixed", {"sim", "clear", "GPU2"}).code, 0);
  all = devices("mixed");
  EXPECT_EQ(status_of(all[2], "power"), "ok");
}

TEST_F(CliSimCards, GoesOnWithoutADeviceThatHangs) {
  EXPECT_EQ(run("mixed", {"sim", "inject", "GPU3", "hung"}).code, 0);
  const Json all = devices("mixed");

  EXPECT_EQ(all[3].at("state"), "hung");
  EXPECT_EQ(status_of(all[2], "power"), "ok");
  EXPECT_EQ(all[7].at("state"), "ok");
}

TEST_F(CliSimCards, SaysThatADeviceIsLost) {
  EXPECT_EQ(run("mixed", {"sim", "inject", "GPU1", "lost"}).code, 0);
  EXPECT_EQ(run("mixed", {"sim", "inject", "GPU3", "lost"}).code, 0);
  const Json all = devices("mixed");

  EXPECT_EQ(all[1].at("state"), "lost");
  EXPECT_EQ(all[3].at("state"), "lost");
  EXPECT_EQ(all[2].at("state"), "ok");
}

TEST_F(CliSimCards, HasNoFaultsOfALibraryWhereThereIsNone) {
  const Ended refused = run("mixed", {"sim", "inject", "GPU1", "xid:79"});

  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("fault of NVIDIA's library"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace accel
