// Changes of recorded cards that are taken back: every file then holds what it held before.
#include <cerrno>
#include <map>

#include "control/transactions.hpp"
#include "integration/settings/recorded_card.hpp"

namespace accel::testing {
namespace {

using namespace std::string_literals;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class UndoneChange : public RecordedCard {
 protected:
  control::Transactions& control() {
    if (!control_) {
      const auto state = state_.root();
      control_ = std::make_unique<control::Transactions>(
          *system_, control::Places{state / "journal", state / "knobs.json", state / "audit"});
    }
    return *control_;
  }
  ChangeReport apply(const std::vector<SettingWish>& wishes, std::chrono::seconds window = 0s) {
    clock_->advance(2s);  // A knob may be written once a second.
    return control().apply(0, wishes, {.confirm_within = window});
  }
  /// The first error of a report, or "".
  static std::string why(const ChangeReport& report) {
    for (const SettingOutcome& outcome : report.outcomes) {
      if (outcome.error) return outcome.error->text();
    }
    for (const UndoneStep& step : report.undone) {
      if (step.error) return step.call + ": " + step.error->text();
    }
    return "";
  }
  /// What every file holds, but for blanks and NULs, of which drivers print as they like.
  std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> all;
    const std::filesystem::path root = tree_.root();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file()) continue;
      const std::string path = "/" + entry.path().lexically_relative(root).string();
      std::string text = sysfs_->content(path);
      std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\0'; });
      all[path] = text;
    }
    return all;
  }
  /// The files that hold something else than before.
  Lines changed_since(const std::map<std::string, std::string>& before) const {
    Lines changes;
    for (const auto& [path, text] : everything()) {
      if (before.at(path) != text) changes.push_back(path + ": " + text);
    }
    return changes;
  }

  FakeTree state_;
  std::unique_ptr<control::Transactions> control_;
};

std::vector<SettingWish> whole_of_rdna3() {
  return {{"mem_clock_mhz", 1249.0},
          {"power_limit_w", 300.0},
          {"fan_curve", FanCurve{{{30, 20}, {50, 30}, {70, 50}, {85, 80}, {95, 100}}}},
          {"temp_target_c", 75.0},
          {"fan_minimum_percent", 20.0},
          {"power_profile", "COMPUTE"s},
          {"performance_level", "manual"s},
          {"sm_clock_mhz", NumberSpan{2800, 3000}}};
}

TEST_F(UndoneChange, ThatFailsAtAnyFileLeavesEveryFileAsItWas) {
  ACCEL_SERVE("amd", "rx7900xtx");
  const auto before = everything();
  for (const char* file :
       {"pp_od_clk_voltage", "pp_power_profile_mode", "fan_target_temperature", "fan_minimum_pwm",
        "fan_curve", "power1_cap", "pp_dpm_mclk", "power_dpm_force_performance_level"}) {
    SCOPED_TRACE(file);
    errors_.refuse(file, EBUSY);
    const auto report = apply(whole_of_rdna3());
    errors_.clear();
    EXPECT_FALSE(report.success());
    for (const UndoneStep& step : report.undone) {
      EXPECT_TRUE(!step.error || step.call.find(file) != std::string::npos)
          << step.call << ": " << step.error->text();
    }
    EXPECT_THAT(changed_since(before), IsEmpty());
  }
}

TEST_F(UndoneChange, ThatNobodyConfirmsLeavesEveryFileAsItWas) {
  ACCEL_SERVE("amd", "rx7900xtx");
  const auto before = everything();
  const auto report = apply(whole_of_rdna3(), 30s);
  ASSERT_TRUE(report.success()) << why(report);
  EXPECT_THAT(changed_since(before), Not(IsEmpty()));
  clock_->advance(31s);
  const auto reverted = control().expire();
  ASSERT_EQ(reverted.size(), 1U);
  EXPECT_EQ(why(reverted[0]), "");
  EXPECT_THAT(changed_since(before), IsEmpty());
}

TEST_F(UndoneChange, OfI915LeavesEveryFileAsItWas) {
  ACCEL_SERVE("intel", "a380-i915");
  const auto before = everything();
  const auto report =
      apply({{"sm_clock_mhz", NumberSpan{600, 1500}}, {"power_limit_w", 40.0}}, 30s);
  ASSERT_TRUE(report.success()) << why(report);
  clock_->advance(31s);
  EXPECT_EQ(why(control().expire().at(0)), "");
  EXPECT_THAT(changed_since(before), IsEmpty());
}

TEST_F(UndoneChange, OfXeLeavesEveryFileAsItWas) {
  ACCEL_SERVE("intel", "b580");
  const auto before = everything();
  const auto report = apply({{"sm_clock_mhz", 1500.0},
                             {"power_limit_w", 140.0},
                             {"power_profile", "power_saving"s},
                             {"fan_percent", 60.0}},
                            30s);
  ASSERT_TRUE(report.success()) << why(report);
  clock_->advance(31s);
  EXPECT_EQ(why(control().expire().at(0)), "");
  EXPECT_THAT(changed_since(before), IsEmpty());
}

TEST_F(UndoneChange, OfAMobileChipLeavesEveryFileAsItWas) {
  ACCEL_SERVE("amd", "phoenix");
  const auto before = everything();
  const auto report = apply({{"sm_clock_mhz", 1200.0}}, 30s);
  ASSERT_TRUE(report.success()) << why(report);
  clock_->advance(31s);
  EXPECT_EQ(why(control().expire().at(0)), "");
  EXPECT_THAT(changed_since(before), IsEmpty());
}

TEST_F(UndoneChange, OfAnOffsetKnowsTheClockThatWasThereFirst) {
  ACCEL_SERVE("amd", "rx7900xtx");
  const std::string table = "/sys/class/drm/card0/device/pp_od_clk_voltage";
  const auto before = everything();
  for (int i = 0; i < 2; ++i) {
    const auto report = apply({{"gpu_clock_offset_mhz", 100.0}});
    ASSERT_TRUE(report.success()) << why(report);
    EXPECT_THAT(sysfs_->content(table), HasSubstr("1: 2835Mhz")) << "not once more";
  }
  ASSERT_TRUE(apply({{"gpu_clock_offset_mhz", -50.0}}).success());
  EXPECT_THAT(sysfs_->content(table), HasSubstr("1: 2685Mhz"));
  ASSERT_TRUE(apply({{"gpu_clock_offset_mhz", std::nullopt}}).success());
  EXPECT_THAT(changed_since(before), IsEmpty());
}

TEST_F(UndoneChange, OfALevelBringsTheChosenClocksBack) {
  ACCEL_SERVE("amd", "rx7900xtx");
  ASSERT_TRUE(apply({{"mem_clock_mhz", 456.0}}).success());
  sysfs_->forget();
  ASSERT_TRUE(apply({{"performance_level", "high"s}}, 30s).success());
  clock_->advance(31s);
  EXPECT_EQ(why(control().expire().at(0)), "");
  EXPECT_THAT(sysfs_->taken(), Contains("pp_dpm_mclk 1"));
}

TEST_F(UndoneChange, ByPanicGivesTheDriversDefaults) {
  ACCEL_SERVE("amd", "rx9070xt");
  ASSERT_TRUE(apply({{"temp_target_c", 70.0}, {"power_limit_w", 200.0}}).success());
  sysfs_->forget();
  for (const ChangeReport& report : control().panic({})) EXPECT_EQ(why(report), "");
  EXPECT_THAT(sysfs_->taken(),
              ::testing::IsSupersetOf({"fan_target_temperature r"s, "power1_cap 304000000"s}));
}

}  // namespace
}  // namespace accel::testing
