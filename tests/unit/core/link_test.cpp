#include <gtest/gtest.h>

#include "core/pci/scan.hpp"
#include "support/opened_files.hpp"
#include "support/pci_tree.hpp"

namespace accel::pci {
namespace {

using accel::testing::add_card;
using accel::testing::add_function;
using accel::testing::FakeTree;

class PciLinkTest : public ::testing::Test {
 protected:
  PciFunction only() {
    const auto functions = scan(Machine{.root = tree_.root()});
    if (functions.size() != 1) {
      ADD_FAILURE() << functions.size() << " functions";
      return {};
    }
    return functions[0];
  }
  void add_bridge(const std::filesystem::path& path, const std::string& vendor,
                  const std::string& speed, const std::string& width) {
    add_function(
        tree_,
        {.path = path, .vendor = vendor, .class_code = "0x060400", .speed = speed, .width = width});
  }

  FakeTree tree_;
};

TEST_F(PciLinkTest, OfACardWithoutSwitchIsThatOfTheSlot) {
  add_bridge("pci0000:00/0000:00:01.0", "0x8086", "16.0 GT/s PCIe", "8");
  add_function(tree_, {.path = "pci0000:00/0000:00:01.0/0000:01:00.0"});

  const auto function = only();

  EXPECT_EQ(*function.slot.speed, TransferRate{32'000'000'000});
  EXPECT_EQ(*function.slot.width, Lanes{16});
}

TEST_F(PciLinkTest, OfACardWithItsOwnSwitchIsThatOfTheSwitchsUpstreamPort) {
  add_bridge("pci0000:00/0000:00:01.0", "0x8086", "32.0 GT/s PCIe", "16");
  add_bridge("pci0000:00/0000:00:01.0/0000:01:00.0", "0x8086", "16.0 GT/s PCIe", "8");
  add_bridge("pci0000:00/0000:00:01.0/0000:01:00.0/0000:02:01.0", "0x8086", "2.5 GT/s PCIe", "1");
  add_function(tree_, {.path = "pci0000:00/0000:00:01.0/0000:01:00.0/0000:02:01.0/0000:03:00.0",
                       .vendor = "0x8086",
                       .device = "0xe20b",
                       .class_code = "0x030000",
                       .speed = "2.5 GT/s PCIe",
                       .width = "1"});

  const auto function = only();

  EXPECT_EQ(*function.link.speed, TransferRate{2'500'000'000});
  EXPECT_EQ(*function.link.width, Lanes{1});
  EXPECT_EQ(*function.slot.speed, TransferRate{16'000'000'000});
  EXPECT_EQ(*function.slot.width, Lanes{8});
}

TEST_F(PciLinkTest, IsReadAgainWithoutLookingForTheSlotAgain) {
  const std::filesystem::path port = "pci0000:00/0000:00:01.0";
  add_bridge(port, "0x8086", "32.0 GT/s PCIe", "16");
  add_function(tree_, {.path = port / "0000:01:00.0"});
  const auto function = only();
  const accel::testing::OpenedFiles opened(tree_.root() / "sys/devices" / port);
  ReadingSet out;

  sample_bus(function, Machine{.root = tree_.root()}, out);

  EXPECT_EQ(*out.get(metric::pcie_slot_width), Lanes{16});
  EXPECT_TRUE(opened.counts().empty());
}

TEST_F(PciLinkTest, IsNotTakenFromARootPortOfTheCardsVendor) {
  add_bridge("pci0000:00/0000:00:01.0", "0x8086", "8.0 GT/s PCIe", "4");
  add_function(tree_, {.path = "pci0000:00/0000:00:01.0/0000:01:00.0",
                       .vendor = "0x8086",
                       .class_code = "0x030000"});

  EXPECT_EQ(*only().slot.speed, TransferRate{32'000'000'000});
}

TEST_F(PciLinkTest, IsNotTakenFromAnotherVendorsSwitch) {
  add_bridge("pci0000:00/0000:00:01.0/0000:01:00.0", "0x1000", "8.0 GT/s PCIe", "4");
  add_function(tree_, {.path = "pci0000:00/0000:00:01.0/0000:01:00.0/0000:02:00.0"});

  EXPECT_EQ(*only().slot.speed, TransferRate{32'000'000'000});
}

TEST_F(PciLinkTest, OfARadeonStopsBelowTheHostsChipset) {
  const std::filesystem::path chipset = "pci0000:00/0000:00:01.2/0000:01:00.2/0000:02:04.0";
  add_bridge(chipset.parent_path(), "0x1022", "8.0 GT/s PCIe", "4");
  add_bridge(chipset, "0x1022", "8.0 GT/s PCIe", "4");
  add_bridge(chipset / "0000:03:00.0", "0x1002", "16.0 GT/s PCIe", "16");
  add_bridge(chipset / "0000:03:00.0/0000:04:00.0", "0x1002", "16.0 GT/s PCIe", "16");
  add_function(tree_, {.path = chipset / "0000:03:00.0/0000:04:00.0/0000:05:00.0",
                       .vendor = "0x1002",
                       .device = "0x73bf",
                       .class_code = "0x030000"});

  const auto function = only();

  EXPECT_EQ(*function.slot.speed, TransferRate{16'000'000'000});
  EXPECT_NE(function.slot.speed.source().find("0000:03:00.0/current_link_speed"),
            std::string::npos);
}

TEST_F(PciLinkTest, ClimbsNoFurtherThanOneSwitch) {
  std::filesystem::path path = "pci0000:00/0000:00:07.0";
  for (const char* bridge : {"0000:01:00.0", "0000:02:01.0", "0000:03:00.0", "0000:04:01.0"}) {
    path /= bridge;
    add_bridge(path, "0x8086",
               std::string(bridge) == "0000:03:00.0" ? "16.0 GT/s PCIe" : "2.5 GT/s PCIe", "4");
  }
  add_function(tree_,
               {.path = path / "0000:05:00.0", .vendor = "0x8086", .class_code = "0x030000"});

  EXPECT_EQ(*only().slot.speed, TransferRate{16'000'000'000});
}

TEST_F(PciLinkTest, IsAbsentWhereTheKernelKnowsNone) {
  add_card(tree_, "0000:01:00.0", {.speed = "Unknown", .width = "0"});

  const auto function = only();

  EXPECT_EQ(function.link.speed.status(), ReadingStatus::unsupported);
  EXPECT_NE(function.link.speed.reason().find("current_link_speed is 'Unknown'"),
            std::string::npos);
  EXPECT_EQ(function.link.width.status(), ReadingStatus::unsupported);
}

TEST(LinkSpeed, IsReadAsKernelsOfEveryAgeWriteIt) {
  EXPECT_EQ(*link_speed("16.0 GT/s PCIe", "f"), TransferRate{16'000'000'000});
  EXPECT_EQ(*link_speed("8 GT/s", "f"), TransferRate{8'000'000'000});
  EXPECT_EQ(*link_speed("2.5 GT/s", "f"), TransferRate{2'500'000'000});
  EXPECT_EQ(link_speed("Unknown speed", "f").status(), ReadingStatus::unsupported);
}

TEST_F(PciLinkTest, OfADeviceThatReadsAllOnesIsLost) {
  add_card(tree_, "0000:01:00.0", {.speed = "Unknown", .width = "255"});

  EXPECT_EQ(only().link.width.status(), ReadingStatus::lost);
}

TEST_F(PciLinkTest, IsAbsentWhereItsFilesAreGarbage) {
  for (const char* speed : {"", "fast", "-8.0 GT/s", "0 GT/s", "1e300 GT/s", "nan GT/s", "16.0"}) {
    add_card(tree_, "0000:01:00.0", {.speed = speed, .width = "many"});

    const auto function = only();

    EXPECT_EQ(function.link.speed.status(), ReadingStatus::error) << speed;
    EXPECT_EQ(function.link.width.status(), ReadingStatus::error);
    tree_.remove("sys");
  }
}

TEST_F(PciLinkTest, IsUnsupportedWhereItsFilesAreMissing) {
  const auto folder = add_card(tree_, "0000:01:00.0");
  tree_.remove(folder / "current_link_speed");

  const auto function = only();

  EXPECT_EQ(function.link.speed.status(), ReadingStatus::unsupported);
  EXPECT_EQ(*function.link.max_speed, TransferRate{32'000'000'000});
}

TEST(PcieGeneration, FollowsFromTheSpeed) {
  const auto generation = [](std::int64_t speed) {
    return pcie_generation(Reading<TransferRate>(TransferRate{speed}));
  };
  EXPECT_EQ(*generation(2'500'000'000), 1);
  EXPECT_EQ(*generation(5'000'000'000), 2);
  EXPECT_EQ(*generation(8'000'000'000), 3);
  EXPECT_EQ(*generation(16'000'000'000), 4);
  EXPECT_EQ(*generation(32'000'000'000), 5);
  EXPECT_EQ(*generation(64'000'000'000), 6);
  EXPECT_EQ(*generation(128'000'000'000), 7);
  EXPECT_FALSE(generation(3'000'000'000));
  EXPECT_EQ(pcie_generation(Absence{ReadingStatus::asleep, "suspended", ""}).status(),
            ReadingStatus::asleep);
}

TEST(PcieBandwidth, CountsBothDirectionsWithoutTheLineCode) {
  const auto bandwidth = [](std::int64_t speed, std::int64_t lanes) {
    PciLink link;
    link.max_speed = TransferRate{speed};
    link.max_width = Lanes{lanes};
    return pcie_bandwidth_gbps(link);
  };
  EXPECT_NEAR(*bandwidth(32'000'000'000, 16), 126.03, 0.01);
  EXPECT_NEAR(*bandwidth(8'000'000'000, 16), 31.51, 0.01);
  EXPECT_NEAR(*bandwidth(2'500'000'000, 1), 0.5, 1e-9);
  EXPECT_NEAR(*bandwidth(64'000'000'000, 16), 256.0, 1e-9);
}

TEST(PcieBandwidth, IsAbsentWhereAnInputIs) {
  PciLink link;
  link.max_speed = TransferRate{8'000'000'000};
  EXPECT_FALSE(pcie_bandwidth_gbps(link));
  link.max_width = Lanes{16};
  link.max_speed = Absence{ReadingStatus::asleep, "suspended", ""};
  EXPECT_EQ(pcie_bandwidth_gbps(link).status(), ReadingStatus::asleep);
}

class BusReadings : public PciLinkTest {
 protected:
  ReadingSet sampled() {
    ReadingSet out;
    sample_bus(only(), Machine{.root = tree_.root()}, out);
    return out;
  }
};

TEST_F(BusReadings, SayWhenTheyWereTaken) {
  const auto folder = add_card(tree_, "0000:01:00.0", {.speed = "16.0 GT/s PCIe", .width = "16"});
  tree_.file(folder / "aer_dev_correctable", "TOTAL_ERR_COR 3\n");

  const auto readings = sampled();

  EXPECT_GT(readings.get(metric::pcie_speed).time().count(), 0);
  EXPECT_GT(readings.get(metric::pcie_slot_width).time().count(), 0);
  EXPECT_GT(readings.get(metric::pcie_errors_corrected).time().count(), 0);
}

TEST_F(BusReadings, CountErrorsByTheirTotals) {
  const auto folder = add_card(tree_, "0000:01:00.0");
  tree_.file(folder / "aer_dev_correctable", "RxErr 1\nBadTLP 2\nTOTAL_ERR_COR 3\n")
      .file(folder / "aer_dev_nonfatal", "Undefined 0\nTOTAL_ERR_NONFATAL 0\n");

  const auto readings = sampled();

  EXPECT_EQ(*readings.get(metric::pcie_errors_corrected), Count{3});
  EXPECT_EQ(*readings.get(metric::pcie_errors_nonfatal), Count{0});
  EXPECT_EQ(readings.get(metric::pcie_errors_fatal).status(), ReadingStatus::unsupported);
}

TEST_F(BusReadings, SayThatACounterFileIsMalformed) {
  const auto folder = add_card(tree_, "0000:01:00.0");
  tree_.file(folder / "aer_dev_correctable", "RxErr 1\n")
      .file(folder / "aer_dev_nonfatal", "TOTAL_ERR_NONFATAL many\n");

  const auto readings = sampled();

  EXPECT_EQ(readings.get(metric::pcie_errors_corrected).status(), ReadingStatus::error);
  EXPECT_EQ(readings.get(metric::pcie_errors_nonfatal).status(), ReadingStatus::error);
}

TEST_F(BusReadings, AreReadAnewEachTime) {
  const auto folder = add_card(tree_, "0000:01:00.0");
  const auto function = only();
  tree_.file(folder / "current_link_speed", "2.5 GT/s PCIe\n");

  ReadingSet out;
  sample_bus(function, Machine{.root = tree_.root()}, out);

  EXPECT_EQ(*out.get(metric::pcie_speed), TransferRate{2'500'000'000});
  EXPECT_EQ(*out.get(metric::pcie_speed_max), TransferRate{32'000'000'000});
}

TEST_F(BusReadings, GiveWayToWhatTheVendorSaid) {
  add_card(tree_, "0000:01:00.0");
  ReadingSet out;
  out.set(metric::pcie_width, {Lanes{8}, "vendor"});

  sample_bus(only(), Machine{.root = tree_.root()}, out);

  EXPECT_EQ(*out.get(metric::pcie_width), Lanes{8});
}

}  // namespace
}  // namespace accel::pci
