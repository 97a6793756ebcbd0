// Events through NVML: each waiting process gets what it registered for.
#include <thread>

#include "integration/sim/simulated.hpp"
#include "nvml/structs_process.hpp"

namespace accel::sim::testing {
namespace {

constexpr unsigned long long kXid = 8;

class Events : public SimulatedNode {
 protected:
  void SetUp() override {
    ASSERT_EQ(open(shipped("dgx-h100")), "");
    nvml_ = std::make_unique<Nvml>(library());
    ASSERT_EQ((*nvml_)("nvmlEventSetCreate", &set_), 0);
  }
  void TearDown() override {
    (*nvml_)("nvmlEventSetFree", set_);
    nvml_.reset();
  }

  int wait(nvmlEventData_t& data, unsigned int milliseconds) {
    return (*nvml_)("nvmlEventSetWait_v2", set_, &data, milliseconds);
  }

  std::unique_ptr<Nvml> nvml_;
  nvmlEventSet_t set_ = nullptr;
};

TEST_F(Events, AnXidReachesWhoeverRegistered) {
  ASSERT_EQ((*nvml_)("nvmlDeviceRegisterEvents", nvml_->device(3), kXid, set_), 0);
  ASSERT_EQ(inject("3", "xid:31"), "");
  nvmlEventData_t data{};

  ASSERT_EQ(wait(data, 1000), 0);
  EXPECT_EQ(data.device, nvml_->device(3));
  EXPECT_EQ(data.eventType, kXid);
  EXPECT_EQ(data.eventData, 31U);
  EXPECT_EQ(wait(data, 0), 10) << "once";
}

TEST_F(Events, AnotherDevicesEventIsNotSeen) {
  ASSERT_EQ((*nvml_)("nvmlDeviceRegisterEvents", nvml_->device(3), kXid, set_), 0);
  ASSERT_EQ(inject("4", "xid:31"), "");
  nvmlEventData_t data{};
  EXPECT_EQ(wait(data, 0), 10);
}

TEST_F(Events, AWaiterIsWoken) {
  ASSERT_EQ((*nvml_)("nvmlDeviceRegisterEvents", nvml_->device(0), kXid, set_), 0);
  std::thread later([&] { inject("0", "xid:48"); });
  nvmlEventData_t data{};

  EXPECT_EQ(wait(data, 10'000), 0);
  later.join();
  EXPECT_EQ(data.eventData, 48U);
}

TEST_F(Events, ADoubleBitErrorCountsToo) {
  unsigned long long before = 9;
  unsigned long long after = 9;
  (*nvml_)("nvmlDeviceGetTotalEccErrors", nvml_->device(0), 1U, 0U, &before);
  ASSERT_EQ(inject("0", "xid:48"), "");
  (*nvml_)("nvmlDeviceGetTotalEccErrors", nvml_->device(0), 1U, 0U, &after);
  EXPECT_EQ(after, before + 1);
}

TEST_F(Events, TypesThatTheCardLacksAreRefused) {
  EXPECT_EQ((*nvml_)("nvmlDeviceRegisterEvents", nvml_->device(0), 1ULL << 40, set_), 3);
}

TEST_F(Events, AFreedSetIsInvalid) {
  nvmlEventSet_t other = nullptr;
  ASSERT_EQ((*nvml_)("nvmlEventSetCreate", &other), 0);
  EXPECT_EQ((*nvml_)("nvmlEventSetFree", other), 0);
  EXPECT_EQ((*nvml_)("nvmlEventSetFree", other), 2);
}

}  // namespace
}  // namespace accel::sim::testing
