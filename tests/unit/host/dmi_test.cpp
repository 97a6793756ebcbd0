#include "host/dmi.hpp"

#include <gtest/gtest.h>

#include "dmi_bytes.hpp"

namespace accel::host {
namespace {

using accel::testing::DmiBytes;

std::span<const std::uint8_t> view(const std::string& bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

DmiMemoryDevice device_of(const std::string& formatted) {
  DmiBytes bytes;
  bytes.structure(17, formatted, {"DIMM0"});
  const std::string table = bytes.end();
  const auto tables = read_dmi_tables(view(table));
  EXPECT_TRUE(tables) << tables.error().message;
  return tables ? tables->memory_devices.at(0) : DmiMemoryDevice{};
}

TEST(Dmi, ReadsNamesOfTheMachine) {
  DmiBytes bytes;
  bytes.structure(0, std::string("\x01\x02\x00\xf0\x03", 5) + std::string(13, '\0'),
                  {"American Megatrends", "2.1b", "01/01/2024"});
  bytes.structure(1, std::string("\x01\x02\x00\x00", 4), {"Supermicro", "SYS-821GE-TNHR"});
  bytes.structure(2, std::string("\x01\x02\x00\x00", 4), {"Supermicro", "X13DEG-OAD"});
  const std::string table = bytes.end();

  const auto tables = read_dmi_tables(view(table));
  ASSERT_TRUE(tables);
  EXPECT_EQ(tables->bios_version, "2.1b");
  EXPECT_EQ(tables->manufacturer, "Supermicro");
  EXPECT_EQ(tables->product, "SYS-821GE-TNHR");
  EXPECT_EQ(tables->board, "X13DEG-OAD");
}

TEST(Dmi, CountsSmallModulesInKibibytes) {
  std::string formatted(0x15 - 4, '\0');
  DmiBytes::put16(formatted, 0x0c, 0x8000 | 512);

  EXPECT_EQ(device_of(formatted).size, 512 * 1024);
}

TEST(Dmi, ReadsLargeModulesFromTheExtendedField) {
  std::string formatted(0x20 - 4, '\0');
  DmiBytes::put16(formatted, 0x0c, 0x7fff);
  DmiBytes::put16(formatted, 0x1e, 0x0002);  // 131072 MiB

  EXPECT_EQ(device_of(formatted).size, std::int64_t{131072} << 20U);
}

TEST(Dmi, DoesNotKnowASizeThatTheFirmwareDoesNotKnow) {
  std::string formatted(0x15 - 4, '\0');
  DmiBytes::put16(formatted, 0x0c, 0xffff);

  EXPECT_EQ(device_of(formatted).size, std::nullopt);
}

TEST(Dmi, ReadsFastModulesFromTheWideField) {
  std::string formatted(0x5c - 4, '\0');
  DmiBytes::put16(formatted, 0x15, 0xffff);
  DmiBytes::put16(formatted, 0x54, 0x2260);
  DmiBytes::put16(formatted, 0x56, 0x0001);  // 74336 MT/s

  EXPECT_EQ(device_of(formatted).speed_mts, 74336);
}

TEST(Dmi, LeavesOutWhatAnOldVersionDoesNotHave) {
  const auto device = device_of(std::string(0x15 - 4, '\0'));

  EXPECT_EQ(device.speed_mts, std::nullopt);
  EXPECT_EQ(device.configured_speed_mts, std::nullopt);
  EXPECT_EQ(device.type, "");
  EXPECT_EQ(device.manufacturer, "");
}

TEST(Dmi, TakesNoPlaceholderForAName) {
  DmiBytes bytes;
  bytes.structure(1, std::string("\x01\x02\x00\x00", 4), {"To Be Filled By O.E.M.", "\xff\xff"});
  const std::string table = bytes.end();

  const auto tables = read_dmi_tables(view(table));
  ASSERT_TRUE(tables);
  EXPECT_EQ(tables->manufacturer, "");
  EXPECT_EQ(tables->product, "") << "not a text";
}

TEST(Dmi, IgnoresNumbersOfStringsThatAreNotThere) {
  DmiBytes bytes;
  bytes.structure(1, std::string("\x09\x01\x00\x00", 4), {"only"});
  const std::string table = bytes.end();

  const auto tables = read_dmi_tables(view(table));
  ASSERT_TRUE(tables);
  EXPECT_EQ(tables->manufacturer, "");
  EXPECT_EQ(tables->product, "only");
}

TEST(Dmi, RefusesTablesCutOffAnywhere) {
  const std::string whole = DmiBytes().ddr5("DIMM_A1", "P0", 8192, 4800).bytes();

  for (std::size_t size = 1; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    EXPECT_FALSE(read_dmi_tables(view(cut))) << size;
  }
}

TEST(Dmi, RefusesAllOnesZerosAndNothing) {
  EXPECT_FALSE(read_dmi_tables(view(std::string(4096, '\xff'))));
  EXPECT_FALSE(read_dmi_tables(view(std::string(4096, '\0'))));
  EXPECT_FALSE(read_dmi_tables({}));
}

TEST(Dmi, StopsAtTheEndOfTheTable) {
  const std::string table = DmiBytes().memory_array(3).end() + "garbage behind";

  const auto structures = parse_dmi(view(table));
  ASSERT_TRUE(structures);
  EXPECT_EQ(structures->size(), 2U);
}

}  // namespace
}  // namespace accel::host
