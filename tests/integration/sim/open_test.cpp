// Opening nodes through sim.h: made once, used again, made anew when their origin changes.
#include <nlohmann/json.hpp>

#include "integration/sim/simulated.hpp"

namespace accel::sim::testing {
namespace {

class Open : public SimulatedNode {
 protected:
  std::uint32_t gpus() const {
    return reinterpret_cast<std::uint32_t (*)(const accel_sim_node*)>(
        simulator().find("accel_sim_gpu_count"))(node_);
  }

  nlohmann::json show() {
    std::size_t length = 0;
    auto* call = reinterpret_cast<int (*)(accel_sim_node*, char*, std::size_t*)>(
        simulator().find("accel_sim_show"));
    EXPECT_EQ(call(node_, nullptr, &length), ACCEL_SIM_TOO_SMALL);
    std::string document(length, '\0');
    EXPECT_EQ(call(node_, document.data(), &length), ACCEL_SIM_OK);
    return nlohmann::json::parse(document.c_str());
  }
};

TEST_F(Open, SpeaksTheVersionOfTheHeader) {
  EXPECT_EQ(simulator()("accel_sim_abi_version"), ACCEL_SIM_ABI_VERSION);
}

TEST_F(Open, FindsAShippedScenarioByName) {
  ASSERT_EQ(open_named("t4"), "");
  EXPECT_EQ(text("accel_sim_scenario"), "t4");
  EXPECT_EQ(gpus(), 1U);
}

TEST_F(Open, ACountMakesAnyNumberOfGpus) {
  ASSERT_EQ(open(shipped("t4"), ":64"), "");
  EXPECT_EQ(gpus(), 64U);
  const Nvml nvml(library());
  EXPECT_EQ(nvml.value("nvmlDeviceGetMinorNumber", nvml.device(63)), 63);
}

TEST_F(Open, KeepsWhatWasSetBefore) {
  ASSERT_EQ(open(shipped("t4")), "");
  step(3600);
  const auto before = show().at("time_ns").get<std::int64_t>();

  ASSERT_EQ(open_named(folder_ + "/test.toml"), "");

  EXPECT_EQ(show().at("time_ns").get<std::int64_t>(), before);
}

TEST_F(Open, ADifferentCountIsADifferentNode) {
  ASSERT_EQ(open(shipped("t4")), "");
  ASSERT_EQ(open_named(folder_ + "/test.toml:3"), "");
  EXPECT_EQ(gpus(), 3U);
}

TEST_F(Open, AChangedScenarioIsReadAgain) {
  ASSERT_EQ(open(shipped("t4")), "");
  std::string text = shipped("t4");
  text.replace(text.find("count = 1"), 9, "count = 2");
  ASSERT_EQ(open(text), "");
  EXPECT_EQ(gpus(), 2U);
}

TEST_F(Open, WithoutANameOpensWhatLiesThere) {
  ASSERT_EQ(open(shipped("t4")), "");
  ASSERT_EQ(open_named(""), "");
  EXPECT_EQ(gpus(), 1U);
}

TEST_F(Open, SaysWhyItCannot) {
  EXPECT_NE(open_named("").find("no simulated node here"), std::string::npos);
  EXPECT_EQ(status_, ACCEL_SIM_NOT_FOUND);
  EXPECT_NE(open_named("nosuch").find("scenario 'nosuch': no file"), std::string::npos);
  EXPECT_EQ(status_, ACCEL_SIM_NOT_FOUND);
  EXPECT_NE(open_named("t4:0").find("expected NAME or NAME:N"), std::string::npos);
  EXPECT_EQ(status_, ACCEL_SIM_INVALID);
  EXPECT_NE(open_named("../t4").find("No such file"), std::string::npos);
  EXPECT_NE(open("seed = \n").find("test.toml:1:"), std::string::npos);
  EXPECT_EQ(status_, ACCEL_SIM_MALFORMED);
}

TEST_F(Open, ShowsTheNodeAsADocument) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  ASSERT_EQ(inject("3", "slow=1s"), "");
  const auto document = show();

  EXPECT_EQ(document.at("gpus").size(), 8U);
  EXPECT_EQ(document.at("faults").at(0), "3 slow=1000000000ns");
  EXPECT_EQ(document.at("gpus").at(0).at("pci_address"), "0000:1b:00.0");
}

TEST_F(Open, ListsTheScenarios) {
  char text[512];
  std::size_t length = sizeof text;
  ASSERT_EQ(simulator()("accel_sim_list", static_cast<const char*>(nullptr),
                        static_cast<char*>(text), &length),
            0)
      << "found beside the library";
  EXPECT_STREQ(text,
               R"(["arc","dgx-a100","dgx-h100","geforce","laptop","mi300x","mixed","ryzen-ai",)"
               R"("t4","workstation"])");
}

TEST_F(Open, RemovalLeavesNothing) {
  ASSERT_EQ(open(shipped("t4")), "");
  ASSERT_EQ(simulator()("accel_sim_remove", node_, static_cast<char*>(nullptr), std::size_t{0}), 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/state"));
}

TEST_F(Open, ProgramsNameANodeInTheirEnvironment) {
  ASSERT_EQ(open(shipped("t4")), "");
  ::setenv("ACCEL_SIM_STATE", text("accel_sim_state_dir").c_str(), 1);
  {
    const Nvml nvml(std::string(ACCEL_SIM_LIBRARIES) + "/libnvidia-ml.so.1");
    EXPECT_EQ(nvml.initialized(), 0);
  }
  ::unsetenv("ACCEL_SIM_STATE");
}

}  // namespace
}  // namespace accel::sim::testing
