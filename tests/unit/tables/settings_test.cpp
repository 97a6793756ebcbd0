// Settings of vendors that are tables, by Habana's.
#include <gmock/gmock.h>

#include <cerrno>

#include "support/pci_tree.hpp"
#include "support/settings.hpp"
#include "support/written_files.hpp"
#include "tables/fixture.hpp"

namespace accel::testing {
namespace {

using setpoint::power_limit_w;
using setpoint::sm_clock_mhz;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TableSettings : public ::testing::Test {
 protected:
  TableSettings() {
    folder_ = add_card(
        tree_, "0000:41:00.0",
        {.vendor = "0x1da3", .device = "0x1020", .class_code = "0x120000", .driver = "habanalabs"});
    tree_.file(folder_ / "status", "Operational\n")
        .file(folder_ / "max_power", "600000\n")
        .file(folder_ / "clk_max_freq_mhz", "1800\n");
  }
  System& system() {
    if (system_) return *system_;
    system_ = std::make_unique<System>(Machine{.root = tree_.root(),
                                               .clock = std::make_shared<FakeClock>(),
                                               .simulated_drivers = written_.drivers()},
                                       vendors_);
    system_->discover();
    return *system_;
  }
  std::string set(const SetpointRow& row, const SetpointValue& value) {
    const auto done = accel::testing::set(system(), 0, {{&row, value}});
    return done ? "" : done.error().text();
  }

  FakeTree tree_;
  std::filesystem::path folder_;
  WrittenFiles written_;
  std::vector<BackendEntry> vendors_ = all_backends();
  std::unique_ptr<System> system_;
};

TEST_F(TableSettings, AreWrittenInTheFilesUnit) {
  EXPECT_EQ(set(power_limit_w, 450.5), "");
  EXPECT_THAT(written_.all(), ElementsAre("max_power 450500"));
  EXPECT_EQ(state(system(), 0, power_limit_w)->present.optional(), SetpointValue(450.5));
}

TEST_F(TableSettings, OfARangeTakeItsHighestAlone) {
  EXPECT_EQ(state(system(), 0, sm_clock_mhz)->present.optional(),
            (SetpointValue(NumberSpan{0, 1800})));
  EXPECT_EQ(set(sm_clock_mhz, NumberSpan{0, 1500}), "");
  EXPECT_THAT(written_.all(), ElementsAre("clk_max_freq_mhz 1500"));
  EXPECT_THAT(set(sm_clock_mhz, 1500.0), HasSubstr("the highest clock alone"));
  EXPECT_THAT(set(sm_clock_mhz, NumberSpan{500, 1500}), HasSubstr("the highest clock alone"));
}

TEST_F(TableSettings, SayThatNothingIsKnownOfTheirRange) {
  EXPECT_THAT(state(system(), 0, power_limit_w)->range.unchecked, HasSubstr("max_power"));
  written_.refuse("max_power", EINVAL);
  EXPECT_THAT(set(power_limit_w, 1e6), HasSubstr("max_power: Invalid argument"));
  EXPECT_THAT(set(power_limit_w, 1e-9), HasSubstr("Invalid value for power_limit_w"));
}

TEST_F(TableSettings, AreFoundWhereOlderKernelsHaveThem) {
  tree_.remove(folder_ / "max_power")
      .file("sys/class/habanalabs/hl0/pci_addr", "0000:41:00.0\n")
      .file("sys/class/habanalabs/hl0/max_power", "350000\n");
  EXPECT_EQ(state(system(), 0, power_limit_w)->present.optional(), SetpointValue(350.0));
  EXPECT_EQ(set(power_limit_w, 300.0), "");
  EXPECT_THAT(written_.all(), ElementsAre("max_power 300000"));
}

TEST_F(TableSettings, GoBackToWhatTheyWere) {
  const auto done = on_device(system(), 0, [](Controller& controller) -> Result<void> {
    const auto writes = controller.default_writes(power_limit_w);
    if (!writes) return writes.error();
    EXPECT_TRUE(writes->at(0).to_original);
    EXPECT_EQ(controller.value_of("max_power").value(), "600000");
    EXPECT_EQ(controller.value_of("status").error().code, Errc::not_found);
    return {};
  });
  EXPECT_TRUE(done);
}

TEST_F(TableSettings, ThatTheTableLacksAreUnsupported) {
  EXPECT_EQ(state(system(), 0, setpoint::fan_percent).error().text(),
            "Operation not supported: the driver has no file for fan_percent");
}

TEST_F(TableSettings, AreNotMadeWhileTheDeviceResets) {
  tree_.file(folder_ / "status", "In reset\n");
  const auto state = accel::testing::state(system(), 0, power_limit_w);
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, Errc::unavailable);
  EXPECT_THAT(state.error().message, HasSubstr("In reset"));
}

TEST(TablesWithoutSettings, SayThatThereAreNone) {
  FakeTree tree;
  add_card(tree, "0000:41:00.0",
           {.vendor = "0x1de0", .device = "0x0000", .class_code = "0x120000"});
  const auto vendors = all_backends();
  System system(Machine{.root = tree.root()}, vendors);
  system.discover();
  const auto done = on_device(system, 0, [](Controller&) -> Result<void> { return {}; });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::operation_not_supported);
}

}  // namespace
}  // namespace accel::testing
