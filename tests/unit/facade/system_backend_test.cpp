#include <gtest/gtest.h>

#include "accel/facade/accelerator_backend.hpp"
#include "support/pci_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel::facade {
namespace {

using accel::testing::add_card;
using accel::testing::FakeTree;
using accel::testing::finds;
using accel::testing::finds_one;
using accel::testing::stub_info;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;

class SystemBackendTest : public ::testing::Test {
 protected:
  std::unique_ptr<AcceleratorBackend> backend(accel::testing::Find find) {
    return make_accelerator_backend(stub_vendor("NVIDIA", std::move(find)),
                                    Machine{.root = tree_.root()});
  }

  FakeTree tree_;
};

void read_all(ReadingSet& out) {
  out.set(metric::temperature, {millicelsius(46'500)});
  out.set(metric::power, {milliwatts(250'500)});
  out.set(metric::memory_total, {bytes(100)});
  out.set(metric::memory_used, {bytes(60)});
  out.set(metric::memory_free, {bytes(30)});
  out.set(metric::utilization, {percent(37)});
  out.set(metric::utilization_memory_controller, {percent(12.5)});
  out.set(metric::throttle, {TextList{"thermal", "sw_power_cap"}});
}

TEST_F(SystemBackendTest, GivesReadingsInTheFacadesUnits) {
  const auto nvidia = backend(finds_one(stub_info("NVIDIA", "u"), read_all));

  EXPECT_EQ(nvidia->get_temperature(0), 46.5);
  EXPECT_EQ(nvidia->get_power_usage(0), 250.5);
  const auto memory = nvidia->get_memory_usage(0);
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->total, 100);
  EXPECT_EQ(memory->used, 60);
  EXPECT_EQ(memory->free, 30);
  const auto utilization = nvidia->get_utilization(0);
  ASSERT_TRUE(utilization);
  EXPECT_DOUBLE_EQ(*utilization->compute, 37.0);
  EXPECT_DOUBLE_EQ(*utilization->memory, 12.5);
  EXPECT_EQ(nvidia->get_throttle_reasons(0), (std::vector<std::string>{"thermal", "sw_power_cap"}));
}

TEST_F(SystemBackendTest, GivesNothingForAnIndexThatIsNotThere) {
  const auto nvidia = backend(finds_one(stub_info("NVIDIA", "u"), read_all));

  for (const int index : {-1, 1, 99}) {
    EXPECT_FALSE(nvidia->get_temperature(index));
    EXPECT_FALSE(nvidia->get_memory_usage(index));
    EXPECT_FALSE(nvidia->get_utilization(index));
    EXPECT_FALSE(nvidia->get_power_usage(index));
    EXPECT_TRUE(nvidia->get_throttle_reasons(index).empty());
  }
}

TEST_F(SystemBackendTest, KeepsOneReadingWhenAnotherIsMissing) {
  const auto nvidia = backend(finds_one(stub_info("NVIDIA", "u"), [](ReadingSet& out) {
    out.set(metric::memory_total, {bytes(100)});
    out.set(metric::utilization, {percent(5)});
  }));

  EXPECT_EQ(nvidia->get_memory_usage(0).value().total, 100);
  EXPECT_FALSE(nvidia->get_memory_usage(0).value().used);
  EXPECT_FALSE(nvidia->get_utilization(0).value().memory);
  EXPECT_FALSE(nvidia->get_temperature(0));
}

TEST_F(SystemBackendTest, GivesNoStaleValueForAPresentOne) {
  const auto nvidia = backend(finds_one(stub_info("NVIDIA", "u"), [](ReadingSet& out) {
    read_all(out);
    out.mark_stale("the driver restarts");
  }));

  EXPECT_FALSE(nvidia->get_temperature(0));
  EXPECT_FALSE(nvidia->get_power_usage(0));
  EXPECT_FALSE(nvidia->get_memory_usage(0));
  EXPECT_FALSE(nvidia->get_utilization(0));
  EXPECT_TRUE(nvidia->get_throttle_reasons(0).empty());
}

TEST_F(SystemBackendTest, ListsTheDevicesOfItsVendorAlone) {
  add_card(tree_, "0000:03:00.0", {.vendor = "0x1002", .driver = "amdgpu"});
  auto partition = stub_info_at("NVIDIA", "0000:41:00.0");
  auto parent = partition;
  partition.parent = parent.uuid;
  partition.uuid = "MIG-1";
  parent.model = std::string("H100");
  const auto nvidia = backend(finds({parent, partition}));

  EXPECT_TRUE(nvidia->is_available());
  EXPECT_EQ(nvidia->get_device_count(), 1);
  const auto records = nvidia->list_devices();
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].model, "H100");
  EXPECT_EQ(records[0].index, 0);
  EXPECT_EQ(nvidia->VENDOR_NAME, "NVIDIA");
  EXPECT_EQ(nvidia->DEVICE_TYPE, "gpu");
  EXPECT_EQ(nvidia->support_level(), SupportLevel::monitoring);
}

TEST_F(SystemBackendTest, IsNotAvailableWithoutDevices) {
  EXPECT_FALSE(backend(finds({}))->is_available());
}

TEST_F(SystemBackendTest, MayBeShutDownTwiceAndIsEmptyThen) {
  const auto nvidia = backend(finds_one(stub_info("NVIDIA", "u"), read_all));

  nvidia->shutdown();
  nvidia->shutdown();

  EXPECT_FALSE(nvidia->get_temperature(0));
  EXPECT_TRUE(nvidia->list_devices().empty());
  EXPECT_FALSE(nvidia->is_available());
}

TEST_F(SystemBackendTest, StandsInTheRegistryOfThisBuild) {
  const auto registry = BackendRegistry::of(Machine{.root = tree_.root()});

  EXPECT_TRUE(get_all_accelerator_backends(registry).empty()) << "an empty tree has no devices";
}

}  // namespace
}  // namespace accel::facade
