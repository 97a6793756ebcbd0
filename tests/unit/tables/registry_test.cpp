// The vendors of a build with all of them: their order, their words, their devices.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "support/pci_tree.hpp"
#include "tables/fixture.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::TableTest;
using ::testing::ElementsAreArray;

class Registry : public TableTest {
 protected:
  [[nodiscard]] std::string word(std::string_view vendor, int index) const {
    const auto entry = std::ranges::find(vendors_, vendor, &BackendEntry::vendor);
    if (entry == vendors_.end()) return "none";
    return entry->make(Machine{.root = tree_.root()})->framework_device(index);
  }
};

TEST_F(Registry, HasItsVendorsInTheAgreedOrder) {
  const std::vector<std::string_view> agreed{"NVIDIA",   "AMD",    "Intel", "Apple",
                                             "Qualcomm", "Google", "Groq",  "Cerebras"};
  std::vector<std::string_view> expected;
  std::ranges::copy_if(agreed, std::back_inserter(expected), [&](std::string_view name) {
    return std::ranges::find(vendors_, name, &BackendEntry::vendor) != vendors_.end();
  });

  std::vector<std::string_view> first;
  for (const BackendEntry& entry : vendors_) first.push_back(entry.vendor);
  first.resize(std::min(first.size(), expected.size()));

  EXPECT_THAT(first, ElementsAreArray(expected));
}

TEST_F(Registry, NamesNoVendorTwice) {
  std::map<std::string_view, int> count;
  for (const BackendEntry& entry : vendors_) ++count[entry.vendor];

  for (const auto& [vendor, times] : count) EXPECT_EQ(times, 1) << vendor;
}

TEST_F(Registry, GivesEachPciVendorToOneOfThem) {
  std::map<std::uint16_t, int> count;
  for (const BackendEntry& entry : vendors_) {
    for (const std::uint16_t vendor : entry.pci_vendors) ++count[vendor];
  }

  for (const auto& [vendor, times] : count) EXPECT_EQ(times, 1) << std::hex << vendor;
}

TEST_F(Registry, HasTheWordsOfFrameworks) {
  EXPECT_EQ(word("Apple", 1), "mps");
  EXPECT_EQ(word("Qualcomm", 1), "qualcomm:1");
  EXPECT_EQ(word("Google", 1), "tpu:1");
  EXPECT_EQ(word("Groq", 1), "groq:1");
  EXPECT_EQ(word("Cerebras", 1), "cerebras:1");
  EXPECT_EQ(word("Tenstorrent", 0), "tenstorrent:0");
}

TEST_F(Registry, AsksNobodyButWhoHasALibraryOnAnEmptyMachine) {
  std::vector<std::string_view> asked;
  for (BackendEntry& entry : vendors_) {
    entry.make = [&asked, name = entry.vendor](const Machine&) -> std::unique_ptr<Backend> {
      if (name == "NVIDIA") asked.push_back(name);
      if (name != "NVIDIA") ADD_FAILURE() << name;
      return nullptr;
    };
  }

  discover();

  EXPECT_LE(asked.size(), 1U);
}

TEST_F(Registry, FindsTheDevicesOfAllVendorsOnOneBus) {
  struct Row {
    const char *vendor, *device, *class_code, *driver;
    std::string_view name;
    DeviceType type;
  };
  const Row rows[] = {
      {"0x1ae0", "0x005e", "0x120000", "tpu", "Google", DeviceType::tpu},
      {"0x1de0", "0x0000", "0x120000", "groq", "Groq", DeviceType::lpu},
      {"0x1da3", "0x1020", "0x120000", "habanalabs", "Habana", DeviceType::hpu},
      {"0x17cb", "0xa100", "0x120000", "qaic", "Qualcomm", DeviceType::npu},
      {"0x8086", "0x643e", "0x120000", "intel_vpu", "Intel", DeviceType::npu},
      {"0x1022", "0x1502", "0x118000", "amdxdna", "AMD", DeviceType::npu},
      {"0x1e52", "0x401e", "0x120000", "tenstorrent", "Tenstorrent", DeviceType::npu},
      {"0x1ed2", "0x0001", "0x120000", "furiosa", "FuriosaAI", DeviceType::npu},
      {"0x1eff", "0x1220", "0x120000", "rebellions", "Rebellions", DeviceType::npu},
      {"0x19e5", "0xd802", "0x120000", "devdrv", "Huawei", DeviceType::npu},
      {"0xabcd", "0x0001", "0x120000", "", "PCI abcd", DeviceType::other}};
  char address[] = "0000:10:00.0";
  for (const Row& row : rows) {
    add_card(tree_, address,
             {.vendor = row.vendor,
              .device = row.device,
              .class_code = row.class_code,
              .driver = row.driver});
    ++address[6];
    if (address[6] > '9' && address[6] < 'a') address[6] = 'a';
  }

  discover();

  ASSERT_EQ(system_->devices().size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(device(i).vendor, rows[i].name);
    EXPECT_EQ(device(i).device_type, rows[i].type) << rows[i].name;
    EXPECT_EQ(device(i).global_index, static_cast<int>(i));
  }
  EXPECT_EQ(device(std::size(rows) - 1).state, DeviceState::no_driver);
}

TEST_F(Registry, GivesTheSameIdentitiesInAnotherOrder) {
  add_card(
      tree_, "0000:41:00.0",
      {.vendor = "0x1e52", .device = "0x401e", .class_code = "0x120000", .driver = "tenstorrent"});
  add_card(
      tree_, "0000:42:00.0",
      {.vendor = "0x1da3", .device = "0x1020", .class_code = "0x120000", .driver = "habanalabs"});
  discover();
  const std::vector<std::string> before{device(0).uuid, device(1).uuid};

  std::ranges::reverse(vendors_);
  discover();

  EXPECT_THAT(before, ::testing::ElementsAre(device(0).uuid, device(1).uuid));
}

}  // namespace
}  // namespace accel
