#include <gmock/gmock.h>

#include <algorithm>

#include "support/pci_tree.hpp"
#include "tables/fixture.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::DriverFile;
using accel::testing::EveryVendor;
using accel::testing::TableTest;
using accel::testing::vendor_trees;
using ::testing::ElementsAre;

TEST_P(EveryVendor, IsListedAsItsOwn) {
  build_tree();

  discover();

  ASSERT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(device().vendor, GetParam().maker);
  EXPECT_EQ(device().uuid, GetParam().uuid);
  EXPECT_EQ(to_string(device().device_type), GetParam().type);
  EXPECT_TRUE(device().model || !device().model.remedy().empty());
  EXPECT_TRUE(device().driver);
  EXPECT_EQ(device().state, DeviceState::ok) << device().state_reason;
  EXPECT_EQ(device().support_level, SupportLevel::monitoring);
  EXPECT_TRUE(system_->problems().empty());
}

TEST_P(EveryVendor, SaysWhyEachFactThatIsMissingIs) {
  build_tree();
  discover();

  const auto is_explained = [](const auto& fact) { return fact || !fact.reason().empty(); };
  const AcceleratorInfo& info = device();

  EXPECT_TRUE(is_explained(info.memory));
  EXPECT_TRUE(is_explained(info.serial));
  EXPECT_TRUE(is_explained(info.firmware_version));
  EXPECT_TRUE(is_explained(info.compute_capability));
  EXPECT_TRUE(is_explained(info.gpu_type));
  EXPECT_TRUE(is_explained(info.driver_version));
}

TEST_F(TableTest, FindsTheModuleOfADriverWithADashInItsName) {
  add_card(
      tree_, "0000:41:00.0",
      {.vendor = "0x1ae0", .device = "0x0063", .class_code = "0x120000", .driver = "vfio-pci"});
  tree_.file("sys/module/vfio_pci/version", "0.2\n");

  discover();

  EXPECT_EQ(device().driver_version.optional(), "0.2");
}

TEST_P(EveryVendor, IsReadInBaseUnitsWithItsSource) {
  build_tree();
  discover();

  const auto read = sample();

  EXPECT_EQ(read.state, DeviceState::ok) << read.state_reason;
  for (const DriverFile& file : GetParam().files) {
    if (file.metric == nullptr) continue;
    EXPECT_TRUE(holds(read, file)) << file.path << ": " << file.metric->key;
    ASSERT_NE(reading(read, file), nullptr);
    EXPECT_EQ(std::filesystem::path(reading(read, file)->source()).filename(),
              file.path.filename());
  }
}

TEST_P(EveryVendor, SaysWhyItHasNoReadingsButThose) {
  build_tree();
  discover();

  const auto read = sample();

  for (const auto& entry : read.readings.entries()) {
    if (entry.reading) continue;
    EXPECT_FALSE(entry.reading.reason().empty()) << entry.metric->key;
    EXPECT_EQ(entry.reading.status(), ReadingStatus::unsupported)
        << entry.metric->key << ": " << entry.reading.reason();
  }
  EXPECT_NE(read.readings.find(metric::utilization.row), nullptr);
}

TEST_P(EveryVendor, IsErrorAfterItWasShutDown) {
  build_tree();
  const auto entry = std::ranges::find(vendors_, GetParam().vendor, &BackendEntry::vendor);
  ASSERT_NE(entry, vendors_.end());
  const Machine machine{.root = tree_.root()};
  const auto backend = entry->make(machine);
  discover();
  const auto functions = system_->pci();
  auto found = backend->discover({machine, functions});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->devices.size(), 1U);

  backend->shutdown();
  backend->shutdown();
  ReadingSet readings;
  found->devices[0]->sample(readings);

  for (const auto& reading : readings.entries()) {
    EXPECT_EQ(reading.reading.status(), ReadingStatus::error) << reading.metric->key;
  }
  EXPECT_FALSE(readings.entries().empty());
}

TEST_P(EveryVendor, IsDocumentedAndNothingMore) {
  const auto entry = std::ranges::find(vendors_, GetParam().vendor, &BackendEntry::vendor);
  ASSERT_NE(entry, vendors_.end());
  EXPECT_EQ(entry->verification, Verification::documented);
}

INSTANTIATE_TEST_SUITE_P(Tables, EveryVendor, ::testing::ValuesIn(vendor_trees()),
                         accel::testing::tree_name);

TEST_F(TableTest, TellsFirmwareSerialNumberAndNodesOfATenstorrentCard) {
  const auto& trees = vendor_trees();
  const auto tree = std::ranges::find(trees, "Tenstorrent", &accel::testing::VendorTree::vendor);
  build(tree_, *tree);
  tree_.file("sys/module/tenstorrent/version", "2.3.0\n");

  discover();

  EXPECT_EQ(*device().firmware_version, "18.12.0.0");
  EXPECT_EQ(*device().serial, "0000046131925008");
  EXPECT_EQ(*device().driver_version, "2.3.0");
  EXPECT_EQ(*device().model, "Blackhole");
  EXPECT_THAT(device().device_nodes, ElementsAre("/dev/tenstorrent/0"));
}

TEST_F(TableTest, TakesAnIdentityThatWasNeverWrittenForNone) {
  const auto& trees = vendor_trees();
  const auto tree = std::ranges::find(trees, "Tenstorrent", &accel::testing::VendorTree::vendor);
  const auto folder = build(tree_, *tree);
  tree_.file(folder / "tenstorrent/tenstorrent!0/tt_asic_id", "0000000000000000\n")
      .file(folder / "tenstorrent/tenstorrent!0/tt_serial", "FFFFFFFFFFFFFFFF\n");

  discover();

  EXPECT_EQ(device().uuid, "PCI-0000:41:00.0");
  EXPECT_FALSE(device().serial);
}

TEST_F(TableTest, NamesTheGroupOfVfioThatProgramsOpenForATpu) {
  add_card(tree_, "0000:41:00.0", {.vendor = "0x1ae0", .device = "0x0063", .driver = "vfio-pci"});
  tree_.link("sys/devices/pci0000:00/0000:00:01.0/0000:41:00.0/iommu_group",
             "../../../../kernel/iommu_groups/7");

  discover();

  EXPECT_EQ(device().state, DeviceState::ok);
  EXPECT_EQ(*device().model, "TPU v5e");
  EXPECT_THAT(device().device_nodes, ElementsAre("/dev/vfio/7"));
}

TEST_F(TableTest, LeavesADeviceOfOthersThatVfioHasToItsVirtualMachine) {
  add_card(
      tree_, "0000:41:00.0",
      {.vendor = "0x1da3", .device = "0x1020", .class_code = "0x120000", .driver = "vfio-pci"});

  discover();

  EXPECT_EQ(device().state, DeviceState::no_driver);
  EXPECT_NE(device().state_reason.find("virtual machine"), std::string::npos);
}

TEST_F(TableTest, ListsACardWithoutDriver) {
  add_card(tree_, "0000:41:00.0",
           {.vendor = "0x1e52", .device = "0x401e", .class_code = "0x120000"});

  discover();

  EXPECT_EQ(device().state, DeviceState::no_driver);
  EXPECT_EQ(device().vendor, "Tenstorrent");
  EXPECT_EQ(sample().readings.get(metric::power).status(), ReadingStatus::no_driver);
}

TEST_F(TableTest, GivesNeuronDevicesNoFilesWhereNobodySaysWhoseTheyAre) {
  for (const char* address : {"0000:41:00.0", "0000:42:00.0"}) {
    add_card(
        tree_, address,
        {.vendor = "0x1d0f", .device = "0x7164", .class_code = "0x088000", .driver = "neuron"});
  }
  for (const char* node : {"neuron0", "neuron1"}) {
    tree_.file(std::filesystem::path("sys/class/neuron_device") / node / "info/serial_number",
               "68c3\n");
  }

  discover();

  ASSERT_EQ(system_->devices().size(), 2U);
  EXPECT_FALSE(device(0).serial);
  EXPECT_FALSE(device(1).serial);
  EXPECT_NE(device(0).uuid, device(1).uuid);
}

TEST_F(TableTest, NamesTheToolThatTellsWhatTheDriverOfAGaudiDoesNot) {
  const auto& trees = vendor_trees();
  const auto folder =
      build(tree_, *std::ranges::find(trees, "Habana", &accel::testing::VendorTree::vendor));
  tree_.file(folder / "hwmon/hwmon2/temp1_input", "41000\n")
      .file(folder / "hwmon/hwmon2/power1_input", "95000000\n");
  discover();

  const auto power = sample().readings.get(metric::power);

  EXPECT_EQ(power.status(), ReadingStatus::unsupported) << "nobody says which sensor it is";
  EXPECT_NE(power.remedy().find("hl-smi"), std::string::npos) << power.remedy();
}

TEST_F(TableTest, TakesNoOtherZonesTemperatureForThatOfAnNpu) {
  const auto& trees = vendor_trees();
  build(tree_, *std::ranges::find(trees, "SOC-fdab0000.npu", &accel::testing::VendorTree::uuid));
  tree_.file("sys/class/thermal/thermal_zone6/type", "gpu-thermal\n");
  discover();

  EXPECT_EQ(sample().readings.get(metric::temperature).status(), ReadingStatus::unsupported);
}

TEST_F(TableTest, SaysThatAGaudiResetsAndNotThatItIsLost) {
  const auto& trees = vendor_trees();
  const auto folder =
      build(tree_, *std::ranges::find(trees, "Habana", &accel::testing::VendorTree::vendor));
  discover();
  tree_.file(folder / "status", "In reset\n");

  const auto read = sample();

  EXPECT_EQ(read.readings.get(metric::power_limit).status(), ReadingStatus::error);
  EXPECT_NE(read.readings.get(metric::power_limit).reason().find("'In reset'"), std::string::npos);
}

}  // namespace
}  // namespace accel
