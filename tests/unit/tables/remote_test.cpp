// Systems that a configuration names and no bus shows.
#include <gmock/gmock.h>

#include "tables/fixture.hpp"

namespace accel {
namespace {

using accel::testing::TableTest;

class RemoteSystems : public TableTest {
 protected:
  System& discover_remote(std::vector<RemoteSystem> systems) {
    system_ = std::make_unique<System>(
        Machine{.root = tree_.root(), .remote_systems = std::move(systems)}, vendors_);
    system_->discover();
    return *system_;
  }
};

TEST_F(RemoteSystems, AreListedWithHostAndNameAsIdentity) {
  discover_remote({{"Cerebras", "mgmt.example", "systemf1"}});

  ASSERT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(device().uuid, "NET-mgmt.example/systemf1");
  EXPECT_EQ(device().vendor, "Cerebras");
  EXPECT_EQ(device().device_type, DeviceType::wse);
  EXPECT_EQ(*device().bus_type, BusType::network);
  EXPECT_EQ(device().state, DeviceState::ok);
}

TEST_F(RemoteSystems, SayThatTheyAreNotAsked) {
  discover_remote({{"Cerebras", "mgmt.example", "systemf1"}});

  const auto power = sample().readings.get(metric::power);

  EXPECT_EQ(power.status(), ReadingStatus::unsupported);
  EXPECT_NE(power.reason().find("on mgmt.example, csctl"), std::string::npos) << power.reason();
}

TEST_F(RemoteSystems, AreInTheSameOrderHoweverTheyAreNamed) {
  discover_remote({{"Cerebras", "b", "2"}, {"Cerebras", "a", "9"}, {"Cerebras", "b", "1"}});

  ASSERT_EQ(system_->devices().size(), 3U);
  EXPECT_EQ(device(0).uuid, "NET-a/9");
  EXPECT_EQ(device(1).uuid, "NET-b/1");
  EXPECT_EQ(device(2).uuid, "NET-b/2");
}

TEST_F(RemoteSystems, ThatAreNamedTwiceAreOne) {
  discover_remote({{"Cerebras", "a", "1"}, {"Cerebras", "a", "1"}});

  EXPECT_EQ(system_->devices().size(), 1U);
}

TEST_F(RemoteSystems, ThatNameNoSystemAreProblemsAndHideNoOther) {
  discover_remote({{"Cerebras", "a/b", "1"}, {"Cerebras", "", "1"}, {"Cerebras", "a", "1"}});

  EXPECT_EQ(system_->devices().size(), 1U);
  ASSERT_EQ(system_->problems().size(), 2U);
  EXPECT_EQ(system_->problems()[0].code, Errc::invalid_config);
}

TEST_F(RemoteSystems, OfOtherVendorsAreNotCerebras) {
  discover_remote({{"Acme", "a", "1"}});

  EXPECT_TRUE(system_->devices().empty());
}

}  // namespace
}  // namespace accel
