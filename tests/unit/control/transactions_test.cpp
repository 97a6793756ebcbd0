#include <gtest/gtest.h>

#include "unit/control/control_bench.hpp"

namespace accel::control {
namespace {

using std::chrono::seconds;

const ChangeOptions kAtOnce{.confirm_within = seconds(0),
                            .allow_persistent = false,
                            .keep_going = false,
                            .requester = {1000, 42}};
const ChangeOptions kForThirtySeconds{.confirm_within = seconds(30),
                                      .allow_persistent = false,
                                      .keep_going = false,
                                      .requester = {1000, 42}};

class TransactionsTest : public ::testing::Test {
 protected:
  ChangeReport set(ControlBench& bench, const SettingWish& one,
                   const ChangeOptions& options = kAtOnce, std::size_t device = 0) {
    return bench.control().apply(device, {&one, 1}, options);
  }

  FakeTree tree_;
};

TEST_F(TransactionsTest, ASettingIsMadeReadBackAndReported) {
  ControlBench bench(tree_);

  const auto report = set(bench, wish("power_limit_w", 200.0));
  ASSERT_TRUE(report.success());
  const SettingOutcome& outcome = report.outcomes[0];
  EXPECT_EQ(outcome.previous, SetpointValue(250.0));
  EXPECT_EQ(outcome.applied, SetpointValue(200.0));
  EXPECT_EQ(outcome.calls, std::vector<std::string>{"set(power, 200)"});
  EXPECT_TRUE(outcome.verified);
  EXPECT_EQ(bench.knob(0, "power"), "200");
  EXPECT_EQ(bench.knob(1, "power"), "250");
  EXPECT_EQ(bench.unfinished(), 0U);
}

TEST_F(TransactionsTest, ARefusedWishLeavesEverythingAsItWas) {
  int writes = 0;
  ControlBench bench(tree_, [&](const std::string&, const std::string&) -> Result<void> {
    ++writes;
    return {};
  });
  const std::vector<SettingWish> wishes{wish("power_limit_w", 200.0), wish("fan_percent", 101.0)};

  const auto report = bench.control().apply(0, wishes, kAtOnce);
  EXPECT_FALSE(report.success());
  EXPECT_EQ(writes, 0);
  EXPECT_EQ(report.id, "");
  EXPECT_EQ(report.outcomes[1].error->code, Errc::invalid_argument);
  EXPECT_EQ(set(bench, wish("nonsense", 5.0)).outcomes[0].error->message,
            "Unknown parameter: nonsense");
}

TEST_F(TransactionsTest, AFailingWriteUndoesThoseBeforeItInReverse) {
  std::vector<std::string> written;
  ControlBench bench(tree_, [&](const std::string& knob, const std::string& value) -> Result<void> {
    written.push_back(knob + "=" + value);
    if (knob == "fan 1" && value == "75") return Error{Errc::io_error, "fan 1: stuck", "", {}};
    return {};
  });
  const std::vector<SettingWish> wishes{wish("fan_percent", 75.0), wish("power_limit_w", 200.0),
                                        wish("temp_target_c", 70.0)};

  const auto report = bench.control().apply(0, wishes, kForThirtySeconds);
  EXPECT_FALSE(report.success());
  EXPECT_EQ(written, (std::vector<std::string>{"power=200", "fan 0=75", "fan 1=75", "fan 0=auto",
                                               "power=250"}));
  ASSERT_EQ(report.undone.size(), 3U);
  EXPECT_EQ(report.undone[0].call, "set(fan 1, auto)");
  EXPECT_EQ(report.undone[1].call, "set(fan 0, auto)");
  EXPECT_EQ(report.undone[2].call, "set(power, 250)");
  EXPECT_EQ(report.outcomes[0].error->message, "fan 1: stuck");
  EXPECT_FALSE(report.outcomes[1].success);
  EXPECT_EQ(bench.unfinished(), 0U);
  EXPECT_TRUE(bench.control().pending().empty());
}

TEST_F(TransactionsTest, AKnobThatIsWrittenTwiceGoesBackTheWayItCame) {
  ControlBench bench(tree_, [](const std::string& knob, const std::string&) -> Result<void> {
    if (knob == "target") return Error{Errc::io_error, "target: no", "", {}};
    return {};
  });
  const std::vector<SettingWish> wishes{wish("power_limit_w", 200.0), wish("power_limit_w", 150.0),
                                        wish("temp_target_c", 80.0)};

  const auto report = bench.control().apply(0, wishes, kAtOnce);
  ASSERT_EQ(report.undone.size(), 3U);
  EXPECT_EQ(report.undone[1].call, "set(power, 200)");
  EXPECT_EQ(report.undone[2].call, "set(power, 250)");
  EXPECT_EQ(bench.knob(0, "power"), "250");
}

TEST_F(TransactionsTest, WritesAreMadeInTheOrderOfTheVendorNotOfTheWishes) {
  std::vector<std::string> written;
  ControlBench bench(tree_, [&](const std::string& knob, const std::string&) -> Result<void> {
    written.push_back(knob);
    return {};
  });
  const std::vector<SettingWish> wishes{wish("fan_percent", 75.0), wish("power_limit_w", 200.0),
                                        wish("persistence_mode", true)};

  ASSERT_TRUE(bench.control().apply(0, wishes, kAtOnce).success());
  EXPECT_EQ(written, (std::vector<std::string>{"persistence", "power", "fan 0", "fan 1"}));
}

TEST_F(TransactionsTest, AChangeThatNobodyConfirmsIsTakenBackWhenItsTimeIsUp) {
  ControlBench bench(tree_);
  const auto report = set(bench, wish("power_limit_w", 200.0), kForThirtySeconds);
  ASSERT_EQ(report.confirm_within, seconds(30));

  bench.clock->advance(seconds(29));
  EXPECT_TRUE(bench.control().expire().empty());
  EXPECT_EQ(bench.knob(0, "power"), "200");
  bench.clock->advance(seconds(1));
  const auto expired = bench.control().expire();
  ASSERT_EQ(expired.size(), 1U);
  EXPECT_EQ(expired[0].id, report.id);
  EXPECT_EQ(bench.knob(0, "power"), "250");
  EXPECT_EQ(bench.unfinished(), 0U);
  EXPECT_NE(bench.audit().find("reverted: not confirmed in time"), std::string::npos);
}

TEST_F(TransactionsTest, AConfirmedChangeStays) {
  ControlBench bench(tree_);
  const auto report = set(bench, wish("power_limit_w", 200.0), kForThirtySeconds);

  EXPECT_EQ(bench.control().confirm(report.id), report.id);
  bench.clock->advance(seconds(60));
  EXPECT_TRUE(bench.control().expire().empty());
  EXPECT_EQ(bench.knob(0, "power"), "200");
  EXPECT_EQ(bench.unfinished(), 0U);
  EXPECT_EQ(bench.control().confirm(report.id).error().code, Errc::not_found);
}

TEST_F(TransactionsTest, ASecondChangeOfADeviceIsRefusedWhileOneWaitsAndOthersGoOn) {
  ControlBench bench(tree_);
  const auto first = set(bench, wish("power_limit_w", 200.0), kForThirtySeconds);

  const auto second = set(bench, wish("fan_percent", 75.0));
  EXPECT_EQ(second.outcomes[0].error->code, Errc::unavailable);
  EXPECT_NE(second.outcomes[0].error->message.find(first.id), std::string::npos);
  EXPECT_TRUE(set(bench, wish("fan_percent", 75.0), kAtOnce, 1).success());
}

TEST_F(TransactionsTest, AKnobIsWrittenOnceASecond) {
  ControlBench bench(tree_);
  ASSERT_TRUE(set(bench, wish("power_limit_w", 200.0)).success());

  EXPECT_EQ(set(bench, wish("power_limit_w", 210.0)).outcomes[0].error->code, Errc::unavailable);
  EXPECT_TRUE(set(bench, wish("fan_percent", 50.0)).success());
  bench.clock->advance(seconds(1));
  EXPECT_TRUE(set(bench, wish("power_limit_w", 210.0)).success());
}

TEST_F(TransactionsTest, WhatADeviceKeepsOverARebootNeedsConsent) {
  ControlBench bench(tree_);

  const auto refused = set(bench, wish("ecc_enabled", false));
  EXPECT_EQ(refused.outcomes[0].error->code, Errc::invalid_argument);
  EXPECT_EQ(bench.knob(0, "ecc"), "true");
  ChangeOptions consent = kAtOnce;
  consent.allow_persistent = true;
  const auto done = set(bench, wish("ecc_enabled", false), consent);
  EXPECT_TRUE(done.outcomes[0].reboot_required);
  EXPECT_EQ(done.outcomes[0].pending, SetpointValue(false));
  EXPECT_EQ(bench.knob(0, "ecc"), "false");
}

TEST_F(TransactionsTest, AKnobThatCannotBeReadGoesBackToWhatAccelSetLast) {
  ControlBench bench(tree_);
  ASSERT_TRUE(set(bench, wish("sm_clock_mhz", 900.0)).success());
  bench.clock->advance(seconds(1));
  const auto second = set(bench, wish("sm_clock_mhz", 1500.0), kForThirtySeconds);
  ASSERT_TRUE(second.success());

  ASSERT_TRUE(bench.control().revert(second.id, "asked for"));
  EXPECT_EQ(bench.knob(0, "clock"), "900");
}

TEST_F(TransactionsTest, ASettingWithoutADefaultGoesBackToWhatWasThereFirst) {
  ControlBench bench(tree_);
  ASSERT_TRUE(set(bench, {"temp_target_c", {}}).success());
  EXPECT_EQ(bench.knob(0, "target"), "83");
  ASSERT_TRUE(set(bench, wish("temp_target_c", 70.0)).success());
  bench.clock->advance(seconds(1));
  ASSERT_TRUE(set(bench, wish("temp_target_c", 60.0)).success());
  bench.clock->advance(seconds(1));

  ASSERT_TRUE(set(bench, {"temp_target_c", {}}).success());
  EXPECT_EQ(bench.knob(0, "target"), "83");
}

TEST_F(TransactionsTest, AResetGoesOnWhereOneItemFails) {
  ControlBench bench(tree_, [](const std::string& knob, const std::string& value) -> Result<void> {
    if (knob == "power" && value == "250") return Error{Errc::nvml_error, "no", "", {}};
    return {};
  });
  ASSERT_TRUE(set(bench, wish("power_limit_w", 200.0)).success());
  ASSERT_TRUE(set(bench, wish("fan_percent", 75.0)).success());
  bench.clock->advance(seconds(1));
  ChangeOptions going = kAtOnce;
  going.keep_going = true;
  const std::vector<SettingWish> wishes{{"power_limit_w", {}}, {"fan_percent", {}}};

  const auto report = bench.control().apply(0, wishes, going);
  EXPECT_FALSE(report.outcomes[0].success);
  EXPECT_TRUE(report.outcomes[1].success);
  EXPECT_EQ(bench.knob(0, "fan 1"), "auto");
  EXPECT_EQ(bench.knob(0, "power"), "200");
}

TEST_F(TransactionsTest, PanicGivesBackEveryDeviceAtOnceWhateverWaits) {
  ControlBench bench(tree_);
  ASSERT_TRUE(set(bench, wish("power_limit_w", 200.0), kForThirtySeconds, 0).success());
  ASSERT_TRUE(set(bench, wish("sm_clock_mhz", 900.0), kForThirtySeconds, 1).success());

  const auto reports = bench.control().panic({0, 1});
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_TRUE(reports[0].success());
  EXPECT_EQ(bench.knob(0, "power"), "250");
  EXPECT_EQ(bench.knob(1, "clock"), "unlocked");
  EXPECT_TRUE(bench.control().pending().empty());
  EXPECT_EQ(bench.unfinished(), 0U);
  bench.clock->advance(seconds(60));
  EXPECT_TRUE(bench.control().expire().empty());
}

TEST_F(TransactionsTest, AKnobThatCannotBeReadIsSaidToBeUnverified) {
  ControlBench bench(tree_);

  const auto report = set(bench, wish("sm_clock_mhz", 900.0));
  ASSERT_TRUE(report.success());
  EXPECT_FALSE(report.outcomes[0].verified);
  ASSERT_EQ(report.outcomes[0].warnings.size(), 1U);
  EXPECT_NE(report.outcomes[0].warnings[0].find("not read back"), std::string::npos);
}

}  // namespace
}  // namespace accel::control
