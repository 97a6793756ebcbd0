// The names that the library exports: all of the vendor's, or those that an older driver has.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "integration/sim/simulated.hpp"

namespace accel::sim::testing {
namespace {

// NOLINTBEGIN(readability-identifier-naming): the words of functions.inc
constexpr const char* kNames[] = {
#define DONE(name, since) #name,
#define STUB(name, since) #name,
#include "nvml/functions.inc"
#undef DONE
#undef STUB
};
// NOLINTEND(readability-identifier-naming)

TEST(Exports, EveryKnownNameResolves) {
  const Object library(std::string(ACCEL_SIM_LIBRARIES) + "/libnvidia-ml.so.1");
  EXPECT_EQ(std::size(kNames), 413U);
  for (const char* name : kNames) EXPECT_NE(library.find(name), nullptr) << name;
}

TEST(Exports, TheNamesAreThoseOfTheFacts) {
  const char* folder = std::getenv("ACCEL_ABI");
  if (folder == nullptr) GTEST_SKIP() << "ACCEL_ABI is not set";
  std::ifstream file(std::string(folder) + "/nvml.json");
  const auto facts = nlohmann::json::parse(file);
  std::set<std::string> names(std::begin(kNames), std::end(kNames));
  for (const auto& [name, ignored] : facts.at("functions").items()) {
    EXPECT_EQ(names.erase(name), 1U) << name;
  }
  EXPECT_TRUE(names.empty()) << "unknown to the facts: " << *names.begin();
}

TEST(Exports, WithoutANodeTheDriverIsNotLoaded) {
  ::unsetenv("ACCEL_SIM_STATE");
  ::unsetenv("ACCEL_SIM_NODE");
  const Object library(std::string(ACCEL_SIM_LIBRARIES) + "/libnvidia-ml.so.1");
  EXPECT_EQ(library("nvmlInit_v2"), 9);
}

TEST(Exports, NothingWorksBeforeInitialization) {
  const Object library(std::string(ACCEL_SIM_LIBRARIES) + "/libnvidia-ml.so.1");
  unsigned int count = 77;
  EXPECT_EQ(library("nvmlDeviceGetCount_v2", &count), 1);
  EXPECT_EQ(library("nvmlShutdown"), 1);
  EXPECT_EQ(count, 77U);
}

class DriverVersion : public SimulatedNode {
 protected:
  bool has(const std::string& version, const char* name) {
    std::string text = shipped("t4");
    const std::size_t at = text.find("535.183.01");
    text.replace(at, 10, version);
    EXPECT_EQ(open(text), "");
    const Object library(this->library());
    return library.find(name) != nullptr;
  }
};

TEST_F(DriverVersion, DecidesWhichNamesExist) {
  EXPECT_TRUE(has("470.256.02", "nvmlDeviceGetTemperature"));
  EXPECT_FALSE(has("470.256.02", "nvmlDeviceGetMemoryInfo_v2"));
  EXPECT_FALSE(has("470.256.02", "nvmlDeviceGetCurrentClocksEventReasons"));
  EXPECT_TRUE(has("535.183.01", "nvmlDeviceGetMemoryInfo_v2"));
  EXPECT_FALSE(has("535.183.01", "nvmlDeviceGetTemperatureV"));
  EXPECT_TRUE(has("610.43.02", "nvmlDeviceGetTemperatureV"));
}

TEST_F(DriverVersion, LeavesTheOtherNamesWorking) {
  std::string text = shipped("t4");
  text.replace(text.find("535.183.01"), 10, "470.256.02");
  ASSERT_EQ(open(text), "");
  const Nvml nvml(library());

  EXPECT_EQ(nvml.initialized(), 0);
  EXPECT_GT(nvml.value("nvmlDeviceGetPowerUsage", nvml.device(0)), 10'000);
}

TEST_F(DriverVersion, ASymbolMissingFaultHidesOneName) {
  ASSERT_EQ(open(shipped("t4")), "");
  ASSERT_EQ(inject("*", "symbol-missing=nvmlDeviceGetPowerUsage"), "");
  {
    const Object library(this->library());
    EXPECT_EQ(library.find("nvmlDeviceGetPowerUsage"), nullptr);
    EXPECT_NE(library.find("nvmlDeviceGetPowerState"), nullptr);
  }
  clear();
  const Object library(this->library());
  EXPECT_NE(library.find("nvmlDeviceGetPowerUsage"), nullptr);
}

}  // namespace
}  // namespace accel::sim::testing
