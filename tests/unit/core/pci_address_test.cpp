#include "accel/pci_address.hpp"

#include <gtest/gtest.h>

#include <random>

namespace accel {
namespace {

constexpr PciAddress kAddress{0, 0x41, 0, 0};

TEST(PciAddress, IsReadInEverySpelling) {
  for (const char* text : {"0000:41:00.0", "00000000:41:00.0", "41:00.0", "0000:41:00", "41:00"}) {
    EXPECT_EQ(PciAddress::parse(text).value(), kAddress) << text;
  }
  EXPECT_EQ(PciAddress::parse("0000:C3:1F.7").value(), PciAddress::parse("0000:c3:1f.7").value());
}

TEST(PciAddress, IsWrittenAsSysfsDoes) {
  EXPECT_EQ(kAddress.text(), "0000:41:00.0");
  EXPECT_EQ((PciAddress{0xabcd, 0xef, 0x1f, 7}.text()), "abcd:ef:1f.7");
}

TEST(PciAddress, RefusesWhatIsNone) {
  for (const char* text : {"",
                           ":",
                           "41",
                           "0000:41:00.8",
                           "0000:41:20.0",
                           "0000:141:00.0",
                           "000:41:00.0",
                           "00000:41:00.0",
                           "0000000:41:00.0",
                           "000000000:41:00.0",
                           "00010000:41:00.0",
                           "0000:41:00.",
                           "0000:41:00.00",
                           " 0000:41:00.0",
                           "0000:41:00.0 ",
                           "0000:4g:00.0",
                           "-000:41:00.0",
                           "0000:41:00:0",
                           "pci0000:00",
                           "0x41:00.0"}) {
    const auto address = PciAddress::parse(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().code, Errc::invalid_argument);
    EXPECT_NE(address.error().message.find(text), std::string::npos);
  }
}

TEST(PciAddress, OrdersByDomainBusDeviceFunction) {
  EXPECT_LT((PciAddress{0, 3, 0, 0}), (PciAddress{0, 0x41, 0, 0}));
  EXPECT_LT((PciAddress{0, 0xff, 0x1f, 7}), (PciAddress{1, 0, 0, 0}));
  EXPECT_LT((PciAddress{0, 1, 2, 7}), (PciAddress{0, 1, 3, 0}));
  EXPECT_LT((PciAddress{0, 1, 2, 3}), (PciAddress{0, 1, 2, 4}));
}

TEST(PciAddress, ReadsBackWhateverItWrites) {
  std::mt19937 random(4);
  for (int i = 0; i < 2000; ++i) {
    const PciAddress address{
        static_cast<std::uint16_t>(random()), static_cast<std::uint8_t>(random()),
        static_cast<std::uint8_t>(random() % 32), static_cast<std::uint8_t>(random() % 8)};
    EXPECT_EQ(PciAddress::parse(address.text()).value(), address);
  }
}

}  // namespace
}  // namespace accel
