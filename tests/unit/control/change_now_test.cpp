// A change that its own process makes at once.
#include "control/change_now.hpp"

#include <gtest/gtest.h>

#include "support/fake_tree.hpp"
#include "support/knob_device.hpp"
#include "support/stub_vendor.hpp"

namespace accel::control {
namespace {

using accel::testing::FakeTree;
using accel::testing::KnobDevice;
using Texts = std::vector<std::string>;

class ChangeNow : public ::testing::Test {
 protected:
  NowReport change(const std::vector<SettingWish>& wishes, NowOptions options) {
    return change_now(device_, wishes, options, records_);
  }
  static Texts undone(const NowReport& report) {
    Texts calls;
    for (const UndoneStep& step : report.change.undone) calls.push_back(step.call);
    return calls;
  }

  FakeTree tree_;
  KnobRecords records_;
  std::string refused_;  ///< a knob whose writes fail
  Texts writes_;
  KnobDevice device_{accel::testing::stub_info("NVIDIA", "GPU-0"), tree_.root(),
                     [this](const std::string& knob, const std::string& value) -> Result<void> {
                       writes_.push_back(knob + "=" + value);
                       if (knob != refused_) return {};
                       return Error{Errc::nvml_error, knob + ": in use", "", {}};
                     }};
  const std::vector<SettingWish> all_{{"fan_percent", 75.0},
                                      {"power_limit_w", 200.0},
                                      {"sm_clock_mhz", 900.0},
                                      {"persistence_mode", true}};
};

TEST_F(ChangeNow, WritesNothingInADryRun) {
  const auto report = change(all_, {.dry_run = true});

  EXPECT_TRUE(report.change.success());
  EXPECT_TRUE(report.change.dry_run);
  EXPECT_TRUE(writes_.empty());
  EXPECT_EQ(report.steps[0][1].call, "set(fan 1, 75)");
  EXPECT_FALSE(report.steps[0][1].is_made);
  EXPECT_TRUE(records_.empty());
}

TEST_F(ChangeNow, WritesInTheOrderOfRanksAndReadsBack) {
  const auto report = change(all_, {.dry_run = false});

  EXPECT_TRUE(report.change.success());
  EXPECT_EQ(writes_, (Texts{"persistence=true", "clock=900", "power=200", "fan 0=75", "fan 1=75"}));
  EXPECT_TRUE(report.change.outcomes[1].verified);
  EXPECT_FALSE(report.change.outcomes[2].verified);  // The clock cannot be read.
  EXPECT_EQ(report.change.outcomes[2].warnings.size(), 1U);
  EXPECT_EQ(device_.text("power"), "200");
}

TEST_F(ChangeNow, UndoesInReverseWhatWasMadeBeforeAWriteThatFails) {
  refused_ = "fan 0";
  const auto report = change(all_, {.dry_run = false});

  EXPECT_FALSE(report.change.success());
  EXPECT_EQ(report.change.outcomes[0].error->message, "fan 0: in use");
  EXPECT_FALSE(report.change.outcomes[1].success);
  EXPECT_EQ(undone(report), (Texts{"set(fan 0, auto)", "set(power, 250)", "set(clock, unlocked)",
                                   "set(persistence, false)"}));
  EXPECT_EQ(device_.text("power"), "250");
  EXPECT_EQ(device_.text("clock"), "unlocked");
  EXPECT_EQ(device_.text("persistence"), "false");
  EXPECT_FALSE(report.steps[0][1].is_made);
}

TEST_F(ChangeNow, LeavesAKnobAloneThatRefusedAndCannotBeRead) {
  refused_ = "clock";
  const auto report = change(all_, {.dry_run = false});

  EXPECT_EQ(undone(report), Texts{"set(persistence, false)"});
}

TEST_F(ChangeNow, WritesNothingWhereOneWishIsWrong) {
  const auto report =
      change({{"persistence_mode", true}, {"power_limit_w", 99.0}}, {.dry_run = false});

  EXPECT_FALSE(report.change.success());
  EXPECT_TRUE(writes_.empty());
}

TEST_F(ChangeNow, GoesOnWithTheOthersWhereItIsToldTo) {
  refused_ = "power";
  const auto report = change({{"power_limit_w", std::nullopt}, {"fan_percent", std::nullopt}},
                             {.dry_run = false, .keep_going = true});

  EXPECT_FALSE(report.change.outcomes[0].success);
  EXPECT_TRUE(report.change.outcomes[1].success);
  EXPECT_EQ(writes_, (Texts{"power=250", "fan 0=auto", "fan 1=auto"}));
  EXPECT_TRUE(report.change.undone.empty());
}

TEST_F(ChangeNow, GoesBackToWhatItFirstFound) {
  (void)change({{"temp_target_c", 70.0}}, {.dry_run = false});
  (void)change({{"temp_target_c", 75.0}}, {.dry_run = false});
  const auto report = change({{"temp_target_c", std::nullopt}}, {.dry_run = false});

  EXPECT_TRUE(report.change.success());
  EXPECT_EQ(device_.text("target"), "83");
}

}  // namespace
}  // namespace accel::control
