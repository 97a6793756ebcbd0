#include <cerrno>

#include "unit/amd/control/fixture.hpp"

namespace accel::amd {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the words of these tests
using setpoint::power_limit_w;

class PowerLimit : public Settings {
 protected:
  /// As of the recorded RX 7900 XTX.
  void add_cap(std::string_view lowest = "261000000\n") {
    sensor_file("power1_cap", "290000000\n");
    sensor_file("power1_cap_default", "290000000\n");
    sensor_file("power1_cap_min", lowest);
    sensor_file("power1_cap_max", "333000000\n");
  }
};

TEST_F(PowerLimit, IsWrittenInMicrowatts) {
  add_cap("0\n");
  EXPECT_EQ(text_of(set(power_limit_w, 200.0)), "");
  EXPECT_THAT(written_.all(), ElementsAre("power1_cap 200000000"));
}

TEST_F(PowerLimit, OfAGpuWithoutSensorsIsAFailureAndNoSilentSuccess) {
  tree_.files.remove(sensors_);
  const auto done = set(power_limit_w, 200.0);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::operation_not_supported);
  EXPECT_THAT(done.error().message, HasSubstr("hwmon: no sensors of the driver"));
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(PowerLimit, IsCutToWholeWatts) {
  add_cap();
  EXPECT_THAT(planned({{&power_limit_w, 300.9}}), ElementsAre("hwmon/power1_cap 300000000"));
}

TEST_F(PowerLimit, IsNeverWrittenAsZero) {
  add_cap("0\n");
  const auto done = set(power_limit_w, 0.9);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::invalid_argument);
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(PowerLimit, HasTheRangeAndTheDefaultOfTheDriver) {
  add_cap();
  const auto state = this->state(power_limit_w);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->range.min, 261);
  EXPECT_EQ(state->range.max, 333);
  EXPECT_EQ(state->usual.optional(), SetpointValue(290.0));
  EXPECT_EQ(state->present.optional(), SetpointValue(290.0));
  EXPECT_THAT(text_of(set(power_limit_w, 334.0)), HasSubstr("(allowed 261..333)"));
  EXPECT_THAT(text_of(set(power_limit_w, 260.0)), HasSubstr("(allowed 261..333)"));
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(PowerLimit, HasNoLowerBoundWhereTheDriverSaysZero) {
  add_cap("0\n");
  const auto state = this->state(power_limit_w);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->range.min, std::nullopt);
}

TEST_F(PowerLimit, GoesBackToTheDriversDefault) {
  add_cap();
  EXPECT_EQ(text_of(set(power_limit_w, 270.0)), "");
  EXPECT_EQ(text_of(reset(power_limit_w)), "");
  EXPECT_THAT(written_.all(), ElementsAre("power1_cap 270000000", "power1_cap 290000000"));
}

TEST_F(PowerLimit, GoesBackToWhatItWasWhereTheDriverHasNoDefault) {
  sensor_file("power1_cap", "15000000\n");
  EXPECT_THAT(default_of(power_limit_w), ElementsAre("hwmon/power1_cap (as it was)"));
}

TEST_F(PowerLimit, TellsTheDriversOwnWords) {
  add_cap();
  written_.refuse("power1_cap", EPERM);
  const auto denied = set(power_limit_w, 300.0);
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().code, Errc::permission_denied);
  written_.refuse("power1_cap", EBUSY);
  EXPECT_EQ(set(power_limit_w, 300.0).error().code, Errc::unavailable);
  written_.refuse("power1_cap", EINVAL);
  const auto refused = set(power_limit_w, 300.0);
  EXPECT_EQ(refused.error().code, Errc::invalid_argument);
  EXPECT_THAT(refused.error().message, HasSubstr("power1_cap: Invalid argument"));
}

TEST_F(PowerLimit, IsUnsupportedWhereTheFileIsBlank) {
  sensor_file("power1_cap", "\n");
  EXPECT_EQ(state(power_limit_w).error().code, Errc::operation_not_supported);
}

TEST_F(PowerLimit, IsUnsupportedWhereTheFileIsForReadingOnly) {
  add_cap();
  std::filesystem::permissions(tree_.files.root() / sensors_ / "power1_cap",
                               std::filesystem::perms{0444});
  const auto state = this->state(power_limit_w);
  ASSERT_FALSE(state);
  EXPECT_THAT(state.error().text(), HasSubstr("power1_cap is for reading only"));
}

TEST_F(PowerLimit, IsNotAskedOfAGpuThatIsGone) {
  add_cap();
  discover();
  tree_.files.remove(card_);
  EXPECT_EQ(set(power_limit_w, 300.0).error().code, Errc::device_lost);
}

TEST_F(PowerLimit, CanBeRepeatedByHand) {
  add_cap();
  on_controller([&](Controller& controller) {
    EXPECT_EQ(controller.call_text("hwmon/power1_cap", "300000000"),
              "echo 300000000 > " + (tree_.files.root() / sensors_ / "power1_cap").string());
    EXPECT_TRUE(controller.holds("hwmon/power1_cap", "250500000", "250000000"));
    EXPECT_FALSE(controller.holds("hwmon/power1_cap", "250500000", "249000000"));
    EXPECT_EQ(controller.write("hwmon/power2_cap", "1").error().code, Errc::not_found);
  });
}

TEST_F(PowerLimit, IsThereEvenWhereTheDriverHasNoFileForOtherSettings) {
  EXPECT_EQ(state(setpoint::persistence_mode).error().text(),
            "Operation not supported: the driver amdgpu has no file for persistence_mode");
}

}  // namespace
}  // namespace accel::amd
