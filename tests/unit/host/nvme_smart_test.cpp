#include "host/nvme_smart.hpp"

#include <gtest/gtest.h>

#include "smart_pages.hpp"

namespace accel::host {
namespace {

using accel::testing::NvmePage;

StorageHealth health_of(const NvmePage& page, std::optional<Temperature> limit = {}) {
  const auto smart = parse_nvme_smart(page.bytes());
  EXPECT_TRUE(smart);
  return nvme_health(*smart, limit);
}

TEST(NvmeSmart, ReadsAHealthyDisk) {
  const auto smart = parse_nvme_smart(NvmePage{}.bytes());

  ASSERT_TRUE(smart);
  EXPECT_EQ(smart->temperature, celsius(40));
  EXPECT_EQ(smart->used, 3);
  EXPECT_EQ(smart->power_on, seconds(1234 * 3600));
  EXPECT_EQ(nvme_health(*smart, std::nullopt), StorageHealth::healthy);
}

TEST(NvmeSmart, WarnsOfWearFromEightyPercent) {
  EXPECT_EQ(health_of({.used = 79}), StorageHealth::healthy);
  EXPECT_EQ(health_of({.used = 80}), StorageHealth::warning);
  EXPECT_EQ(health_of({.used = 85}), StorageHealth::warning);
  EXPECT_EQ(health_of({.used = 99}), StorageHealth::warning);
}

TEST(NvmeSmart, CallsAWornOutDiskCritical) {
  EXPECT_EQ(health_of({.used = 100}), StorageHealth::critical);
  EXPECT_EQ(health_of({.used = 255}), StorageHealth::critical);
}

TEST(NvmeSmart, CallsFourOfTheWarningBitsCritical) {
  EXPECT_EQ(health_of({.warning = 0x01}), StorageHealth::critical);
  EXPECT_EQ(health_of({.warning = 0x04}), StorageHealth::critical);
  EXPECT_EQ(health_of({.warning = 0x08}), StorageHealth::critical);
  EXPECT_EQ(health_of({.warning = 0x10}), StorageHealth::critical);
  EXPECT_EQ(health_of({.warning = 0x02}), StorageHealth::warning) << "temperature";
  EXPECT_EQ(health_of({.warning = 0x20}), StorageHealth::healthy) << "persistent memory region";
}

TEST(NvmeSmart, CallsSpareBelowItsThresholdCritical) {
  EXPECT_EQ(health_of({.spare = 5, .threshold = 10}), StorageHealth::critical);
  EXPECT_EQ(health_of({.spare = 10, .threshold = 10}), StorageHealth::healthy);
}

TEST(NvmeSmart, WarnsOfMediaErrors) {
  EXPECT_EQ(health_of({.media_errors = 1}), StorageHealth::warning);
}

TEST(NvmeSmart, WarnsAboveTheDisksOwnLimitOnly) {
  EXPECT_EQ(health_of({.kelvin = 344}, celsius(70)), StorageHealth::warning);
  EXPECT_EQ(health_of({.kelvin = 343}, celsius(70)), StorageHealth::healthy);
  EXPECT_EQ(health_of({.kelvin = 344}), StorageHealth::healthy) << "no limit is known";
}

TEST(NvmeSmart, HasNoTemperatureWhereTheDiskReportsNone) {
  const auto smart = parse_nvme_smart(NvmePage{.kelvin = 0}.bytes());

  ASSERT_TRUE(smart);
  EXPECT_EQ(smart->temperature, std::nullopt);
}

TEST(NvmeSmart, DoesNotBelieveAnAgeBeyondLifetimes) {
  auto page = NvmePage{}.bytes();
  page[128 + 9] = 1;

  const auto smart = parse_nvme_smart(page);
  ASSERT_TRUE(smart);
  EXPECT_EQ(smart->power_on, std::nullopt);
}

TEST(NvmeSmart, CallsAllOnesALostDevice) {
  const auto smart = parse_nvme_smart(std::vector<std::uint8_t>(512, 0xff));

  ASSERT_FALSE(smart);
  EXPECT_EQ(smart.error().code, Errc::device_lost);
}

TEST(NvmeSmart, RefusesZerosAndOtherSizes) {
  EXPECT_FALSE(parse_nvme_smart(std::vector<std::uint8_t>(512, 0)));
  EXPECT_FALSE(parse_nvme_smart(std::vector<std::uint8_t>(511, 1)));
  EXPECT_FALSE(parse_nvme_smart({}));
}

TEST(NvmeSmart, FindsTheWarningLimitInTheIdentification) {
  std::vector<std::uint8_t> identification(4096);
  EXPECT_EQ(nvme_warning_limit(identification), std::nullopt) << "0: none stated";

  identification[266] = 0x57;
  identification[267] = 0x01;
  EXPECT_EQ(nvme_warning_limit(identification), celsius(70));
  EXPECT_EQ(nvme_warning_limit(std::span(identification).first(200)), std::nullopt);
}

}  // namespace
}  // namespace accel::host
