// The scenario parser: what it accepts, and where it says that something is wrong.
#include "scenario/scenario.hpp"

#include <gtest/gtest.h>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

using testing::product_keys;
using testing::product_tables;
using testing::scenario_text;

std::string problem_of(const std::string& text) {
  Scenario scenario;
  return parse_scenario(text, "x.toml", scenario).text;
}

TEST(Scenario, ReadsTheSmallestUsefulOne) {
  Scenario scenario;

  const Problem problem = parse_scenario(scenario_text(3, "high = 0.5"), "x.toml", scenario);

  EXPECT_FALSE(problem) << problem.text;
  EXPECT_TRUE(scenario.stopped);
  ASSERT_EQ(scenario.gpus.size(), 1U);
  EXPECT_EQ(scenario.gpus[0].count, 3U);
  EXPECT_EQ(scenario.gpus[0].board.power.max_mw, 700'000U);
  EXPECT_EQ(gpu_total(scenario, 0), 3U);
  EXPECT_EQ(gpu_total(scenario, 64), 64U);
}

TEST(Scenario, ANodeWithoutGpusIsPossible) {
  Scenario scenario;

  EXPECT_FALSE(parse_scenario("seed = 1\n", "x.toml", scenario));
  EXPECT_EQ(gpu_total(scenario, 5), 0U);
}

TEST(Scenario, NamesFileLineAndColumnOfASyntaxError) {
  EXPECT_EQ(problem_of("seed = 1\nclock = \n").substr(0, 9), "x.toml:2:");
}

TEST(Scenario, RefusesAnUnknownKeyWithItsPlace) {
  EXPECT_EQ(problem_of("seed = 1\nsede = 2\n"), "x.toml:2:1: unknown key 'sede'");
  EXPECT_EQ(problem_of("[host]\n  colour = 3\n"), "x.toml:2:3: unknown key 'host.colour'");
}

TEST(Scenario, RefusesAWrongTypeAndAWrongRange) {
  EXPECT_EQ(problem_of("clock = \"slow\"\n"),
            "x.toml:1:9: clock: expected one of running, stopped");
  EXPECT_EQ(problem_of("[host]\nsockets = 99\n"),
            "x.toml:2:11: host.sockets: expected an integer from 1 to 8");
  EXPECT_EQ(problem_of("[host]\nmemory = 64\n"), "x.toml:2:10: host.memory: expected a text");
  EXPECT_EQ(problem_of("[host]\nmemory = \"64\"\n"),
            "x.toml:2:10: host.memory: expected a size with a unit, such as \"80 GiB\"");
}

TEST(Scenario, SaysWhatAGpuLacks) {
  EXPECT_EQ(problem_of("[gpu]\ncount = 1\n"), "x.toml:1:1: gpu.addresses: missing");
  EXPECT_EQ(problem_of("[gpu]\n" + product_keys()).substr(0, 30), "x.toml:1:1: gpu.power: missing");
}

TEST(Scenario, RefusesABadAddressAndABadLimit) {
  EXPECT_NE(problem_of("[gpu]\naddresses = [\"1b:00.0\"]\n").find("'1b:00.0' is no PCI address"),
            std::string::npos);
  std::string text = "[gpu]\n" + product_keys() + product_tables();
  text.replace(text.find("\"200 W\""), 7, "\"900 W\"");
  EXPECT_NE(problem_of(text).find("gpu.power.default: expected min <= default <= max"),
            std::string::npos);
}

TEST(Scenario, ChecksFaultsWhenItIsRead) {
  EXPECT_NE(problem_of("faults = [\"0 melted\"]\n").find("unknown fault 'melted'"),
            std::string::npos);
}

TEST(Scenario, RefusesControlCharactersInNames) {
  EXPECT_NE(problem_of("[host]\nproduct = \"a\\nb\"\n").find("control character"),
            std::string::npos);
}

TEST(Scenario, RefusesWhatIsNotAsciiWithItsPlace) {
  EXPECT_EQ(problem_of("seed = 1\n# 5 \xC2\xB0\n"),
            "x.toml:2:5: only ASCII characters are understood here");
}

TEST(Scenario, SurvivesABracketWithoutAName) {
  EXPECT_EQ(problem_of("[=\"x\"]\n").substr(0, 9), "x.toml:1:");
}

TEST(Scenario, RefusesADriverOlderThanAnyThatIsSimulated) {
  EXPECT_NE(problem_of("driver_version = \"304.1\"\n").find("375.26"), std::string::npos);
  EXPECT_NE(problem_of("driver_version = \"new\"\n").find("375.26"), std::string::npos);
}

constexpr const char* kCard =
    "[[card]]\nname = \"x\"\naddresses = [\"0000:02:00.0\"]\npci_device = 0x744c1002\n";

TEST(Scenario, SaysWhatACardLacks) {
  const std::string card = kCard;
  EXPECT_EQ(problem_of(card), "x.toml:1:1: card.memory: missing") << "amdgpu when none is named";
  EXPECT_EQ(problem_of(card + "driver = \"nouveau\"\n"),
            "x.toml:5:10: card.driver: expected one of amdgpu, i915, xe, intel_vpu, amdxdna, "
            "habanalabs, apex, vfio-pci");
  EXPECT_EQ(problem_of(card + "driver = \"vfio-pci\"\n"), "");
  EXPECT_EQ(problem_of(card + "driver = \"vfio-pci\"\nlights = 3\n"),
            "x.toml:6:1: unknown key 'card.lights'");
}

TEST(Scenario, RefusesACardsTableOfAnotherDriver) {
  const std::string card = std::string(kCard) + "driver = \"vfio-pci\"\n";
  EXPECT_EQ(problem_of(card + "[card.media]\nmin = 1\nmax = 2\n"),
            "x.toml:6:1: card.media: only cards of the driver xe have it");
  EXPECT_EQ(problem_of(card + "own_switch = true\n"),
            "x.toml:6:14: card.own_switch: expected addresses from bus 03 on");
}

TEST(Scenario, CountsCardsBehindNvidiasGpus) {
  Scenario scenario;
  ASSERT_FALSE(parse_scenario(scenario_text(3, "high = 0.5") + kCard + "driver = \"vfio-pci\"\n",
                              "x.toml", scenario));

  EXPECT_EQ(gpu_total(scenario, 0), 3U);
  EXPECT_EQ(card_total(scenario, 0), 1U);
  EXPECT_EQ(gpu_total(scenario, 8), 3U);
  EXPECT_EQ(card_total(scenario, 8), 5U);
  EXPECT_EQ(gpu_total(scenario, 2), 2U);
  EXPECT_EQ(card_total(scenario, 2), 0U);
}

}  // namespace
}  // namespace accel::sim
