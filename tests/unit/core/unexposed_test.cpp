#include <gtest/gtest.h>

#include "accel/system.hpp"

namespace accel {
namespace {

class UnexposedWarnings : public ::testing::Test {
 protected:
  void add(std::uint8_t bus, DeviceState state) {
    PciFunction function;
    function.address = {0, bus, 0, 0};
    function.vendor = "NVIDIA";
    function.model = "NVIDIA GeForce RTX 4090";
    function.ids.vendor = 0x10de;
    function.ids.device = 0x2684;
    pci_.push_back(function);
    AcceleratorInfo info;
    info.pci_address = function.address;
    info.state = state;
    infos_.push_back(info);
  }
  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<const AcceleratorInfo*> devices;
    for (const auto& info : infos_) devices.push_back(&info);
    return unexposed_warnings(pci_, devices);
  }

  std::vector<PciFunction> pci_;
  std::vector<AcceleratorInfo> infos_;
};

TEST_F(UnexposedWarnings, NameEachDeviceWhereNoneIsAccessible) {
  add(1, DeviceState::no_driver);
  add(2, DeviceState::no_driver);

  EXPECT_EQ(warnings(),
            (std::vector<std::string>{
                "WARNING: NVIDIA GeForce RTX 4090 detected on PCI bus (0000:01:00.0), but not "
                "accessible via drivers.",
                "WARNING: NVIDIA GeForce RTX 4090 detected on PCI bus (0000:02:00.0), but not "
                "accessible via drivers."}));
}

TEST_F(UnexposedWarnings, PutTheVendorBeforeAModelThatLacksIt) {
  add(1, DeviceState::no_driver);
  pci_[0].model = "Gaudi 2";
  pci_[0].vendor = "Habana";

  EXPECT_TRUE(warnings().at(0).starts_with("WARNING: Habana Gaudi 2 detected on PCI bus"));
}

TEST_F(UnexposedWarnings, NameTheIdsWhereTheModelIsUnknown) {
  add(1, DeviceState::no_driver);
  pci_[0].model.clear();

  EXPECT_TRUE(warnings().at(0).starts_with("WARNING: NVIDIA 10de:2684 detected on PCI bus"));
}

TEST_F(UnexposedWarnings, AreNoneWhereTheCountsAgree) {
  EXPECT_TRUE(warnings().empty());
  add(1, DeviceState::ok);
  EXPECT_TRUE(warnings().empty());
}

TEST_F(UnexposedWarnings, CountWhereSomeAreAccessible) {
  for (std::uint8_t bus = 1; bus <= 7; ++bus) add(bus, DeviceState::ok);
  add(8, DeviceState::lost);

  EXPECT_EQ(warnings(),
            std::vector<std::string>{
                "WARNING: 8 GPUs detected on PCI bus, but only 7 accessible via drivers."});
}

TEST_F(UnexposedWarnings, DoNotCountASleepingOrHungDeviceAsInaccessible) {
  add(1, DeviceState::asleep);
  add(2, DeviceState::hung);

  EXPECT_TRUE(warnings().empty());
}

}  // namespace
}  // namespace accel
