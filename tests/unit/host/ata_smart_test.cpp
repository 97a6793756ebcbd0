#include "host/ata_smart.hpp"

#include <gtest/gtest.h>

#include "host/ata_command.hpp"
#include "smart_pages.hpp"

namespace accel::host {
namespace {

using accel::testing::AtaPage;

AtaSmart parsed(const AtaPage& page, bool rotates = false) {
  const auto smart = parse_ata_smart(page.bytes(), rotates);
  EXPECT_TRUE(smart);
  return smart ? *smart : AtaSmart{};
}

TEST(AtaSmart, ReadsHoursTemperatureAndWear) {
  // 194 holds lowest and highest above the low byte; 9 holds milliseconds above the hours.
  const auto smart = parsed(AtaPage()
                                .attribute(9, 95, 0x1122'0000'0d05)
                                .attribute(194, 64, 0x0031'0012'0024)
                                .attribute(177, 93, 210));

  EXPECT_EQ(smart.power_on, seconds(3333 * 3600));
  EXPECT_EQ(smart.temperature, celsius(36));
  ASSERT_TRUE(smart.wear);
  EXPECT_DOUBLE_EQ(smart.wear->value, 0.07);
}

TEST(AtaSmart, TakesTheAirflowTemperatureWhereThereIsNoOther) {
  EXPECT_EQ(parsed(AtaPage().attribute(190, 70, 30)).temperature, celsius(30));
}

TEST(AtaSmart, LeavesOutWhatTheDiskDoesNotKeep) {
  const auto smart = parsed(AtaPage().attribute(1, 100, 0));

  EXPECT_EQ(smart.power_on, std::nullopt);
  EXPECT_EQ(smart.temperature, std::nullopt);
  EXPECT_EQ(smart.wear, std::nullopt);
  EXPECT_EQ(smart.reallocated_sectors, std::nullopt);
}

TEST(AtaSmart, GivesARotatingDiskNoWear) {
  EXPECT_EQ(parsed(AtaPage().attribute(233, 90, 0), true).wear, std::nullopt);
}

TEST(AtaSmart, WarnsOfReallocatedAndPendingSectors) {
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(5, 100, 0)), false, {}), StorageHealth::healthy);
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(5, 100, 8)), false, {}), StorageHealth::warning);
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(197, 100, 1)), false, {}),
            StorageHealth::warning);
}

TEST(AtaSmart, WarnsOfWearAndCallsTheWornOutCritical) {
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(231, 21, 0)), false, {}), StorageHealth::healthy);
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(231, 20, 0)), false, {}), StorageHealth::warning);
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(231, 0, 0)), false, {}), StorageHealth::critical);
}

TEST(AtaSmart, BelievesTheDisksOwnVerdict) {
  EXPECT_EQ(ata_health(parsed(AtaPage().attribute(1, 100, 0)), true, {}), StorageHealth::critical);
}

TEST(AtaSmart, WarnsAboveTheDisksOwnLimit) {
  const auto smart = parsed(AtaPage().attribute(194, 40, 61));

  EXPECT_EQ(ata_health(smart, false, celsius(60)), StorageHealth::warning);
  EXPECT_EQ(ata_health(smart, false, celsius(61)), StorageHealth::healthy);
}

TEST(AtaSmart, CallsAllOnesALostDevice) {
  const auto smart = parse_ata_smart(std::vector<std::uint8_t>(512, 0xff), false);

  ASSERT_FALSE(smart);
  EXPECT_EQ(smart.error().code, Errc::device_lost);
}

TEST(AtaSmart, RefusesFalseChecksumsZerosAndOtherSizes) {
  auto page = AtaPage().attribute(9, 95, 3333).bytes();
  page[100] ^= 1U;
  EXPECT_FALSE(parse_ata_smart(page, false));
  EXPECT_FALSE(parse_ata_smart(std::vector<std::uint8_t>(512, 0), false));
  EXPECT_FALSE(parse_ata_smart(std::vector<std::uint8_t>(100, 0), false));
}

TEST(AtaRegisters, AreFoundInBothFormatsOfSense) {
  std::vector<std::uint8_t> sense(64);
  sense[0] = 0x72;
  sense[8] = 0x09;
  sense[9] = 0x0c;
  sense[13] = 0xff;
  sense[17] = 0x4f;
  sense[19] = 0xc2;
  const auto descriptor = parse_ata_registers(sense);
  ASSERT_TRUE(descriptor);
  EXPECT_EQ(descriptor->count, 0xff);
  EXPECT_EQ(descriptor->lba_mid, 0x4f);
  EXPECT_EQ(descriptor->lba_high, 0xc2);

  std::vector<std::uint8_t> fixed(64);
  fixed[0] = 0x70;
  fixed[6] = 0x80;
  fixed[10] = 0xf4;
  fixed[11] = 0x2c;
  fixed[13] = 0x1d;
  const auto found = parse_ata_registers(fixed);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->count, 0x80);
  EXPECT_EQ(found->lba_mid, 0xf4);
  EXPECT_EQ(found->lba_high, 0x2c);
}

TEST(AtaRegisters, AreAbsentInOtherSense) {
  EXPECT_EQ(parse_ata_registers(std::vector<std::uint8_t>(64, 0)), std::nullopt);
  EXPECT_EQ(parse_ata_registers(std::vector<std::uint8_t>(8, 0x72)), std::nullopt);
  std::vector<std::uint8_t> illegal_request(64);
  illegal_request[0] = 0x70;
  illegal_request[2] = 0x05;
  illegal_request[12] = 0x20;
  EXPECT_EQ(parse_ata_registers(illegal_request), std::nullopt);
}

}  // namespace
}  // namespace accel::host
