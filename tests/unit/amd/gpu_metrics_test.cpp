#include "backends/amd/gpu_metrics.hpp"

#include <gtest/gtest.h>

#include "unit/amd/table_image.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;
using testing::TableImage;

Result<MetricsTable> parse(std::string_view bytes) {
  return parse_gpu_metrics(bytes, "gpu_metrics");
}

TEST(GpuMetrics, GivesTheNumbersOfAPaddedTable) {
  std::string bytes = TableImage(1, 3).set(Field::average_socket_power, 200).bytes();
  bytes.resize(4096, '\0');

  const auto table = parse(bytes);

  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->at(Field::average_socket_power), 200U);
  EXPECT_EQ(table->source(), "gpu_metrics v1.3");
}

TEST(GpuMetrics, TakesSetBitsForUnsupported) {
  const auto table = parse(TableImage(1, 3).set(Field::average_socket_power, 200).bytes());

  ASSERT_TRUE(table);
  const auto memory = table->at(Field::temperature_mem);
  ASSERT_FALSE(memory);
  EXPECT_EQ(memory.error().code, Errc::operation_not_supported);
  EXPECT_NE(memory.error().message.find("temperature_mem"), std::string::npos);
}

TEST(GpuMetrics, SaysWhichFieldsARevisionLacks) {
  const auto table = parse(TableImage(1, 1).set(Field::temperature_edge, 40).bytes());

  ASSERT_TRUE(table);
  EXPECT_EQ(table->at(Field::indep_throttle_status).error().code, Errc::operation_not_supported);
  EXPECT_EQ(table->at(Field::temperature_hbm, 4).error().code, Errc::operation_not_supported);
}

TEST(GpuMetrics, DecodesWhatIsThereOfACutTable) {
  std::string bytes = TableImage(1, 3)
                          .set(Field::average_socket_power, 200)
                          .set(Field::indep_throttle_status, 1)
                          .bytes();
  bytes.resize(100);

  const auto table = parse(bytes);

  ASSERT_TRUE(table);
  EXPECT_EQ(table->at(Field::average_socket_power), 200U);
  EXPECT_EQ(table->at(Field::indep_throttle_status).error().code, Errc::malformed);
}

TEST(GpuMetrics, RefusesARevisionItDoesNotKnow) {
  std::string bytes = TableImage(1, 3).bytes();
  bytes[2] = 9;

  EXPECT_EQ(parse(bytes).error().code, Errc::operation_not_supported);
}

TEST(GpuMetrics, RefusesALayoutOfAnotherSize) {
  std::string bytes = TableImage(1, 6).set(Field::temperature_hotspot, 40).bytes();
  bytes[0] = 100;

  EXPECT_EQ(parse(bytes).error().code, Errc::malformed);
}

TEST(GpuMetrics, RefusesWhatIsTooShortForAHeader) {
  EXPECT_EQ(parse("").error().code, Errc::malformed);
  EXPECT_EQ(parse(std::string_view("\x78\0\1", 3)).error().code, Errc::malformed);
}

TEST(GpuMetrics, KnowsADeadGpuBySetBitsEverywhere) {
  EXPECT_EQ(parse(std::string(120, '\xFF')).error().code, Errc::device_lost);
  EXPECT_EQ(parse(TableImage(1, 3).bytes()).error().code, Errc::device_lost)
      << "the driver wrote the header, the firmware nothing";
}

TEST(GpuMetrics, ReadsTheBlocksOfPartitions) {
  const auto table = parse(TableImage(1, 6)
                               .set(Field::temperature_hotspot, 40)
                               .set_in(2, Field::gfx_busy_inst, 33, 1)
                               .bytes());

  ASSERT_TRUE(table);
  ASSERT_EQ(table->partitions().size(), 8U);
  EXPECT_EQ(table->partitions()[2].at(Field::gfx_busy_inst, 1), 33U);
  EXPECT_FALSE(table->partitions()[1].at(Field::gfx_busy_inst, 1));
}

/// An entry of revision 1.9.
std::string entry(unsigned id, unsigned type, const std::vector<std::uint64_t>& values) {
  constexpr std::array<std::size_t, 8> widths{1, 1, 2, 2, 4, 4, 8, 8};
  std::string bytes;
  const auto put = [&](std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>(value >> (8 * i));
  };
  put(values.size() | (id << 10U) | (std::uint64_t{type} << 20U), 8);
  for (const auto value : values) put(value, widths.at(type));
  return bytes;
}

std::string list(unsigned count, const std::string& entries) {
  std::string bytes{'\0', '\0', '\1', '\11'};
  for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(count >> (8 * i));
  return bytes + entries;
}

TEST(GpuMetrics, ReadsAListOfAttributesInAnyOrder) {
  const auto table = parse(list(4, entry(33, 2, {1500, 1600}) + entry(1000, 6, {7}) +
                                       entry(3, 2, {650}) + entry(7, 6, {1ULL << 40U})));

  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->at(Field::curr_socket_power), 650U);
  EXPECT_EQ(table->at(Field::current_gfxclk, 1), 1600U);
  EXPECT_EQ(table->at(Field::energy_accumulator), 1ULL << 40U);
  EXPECT_EQ(table->source(), "gpu_metrics v1.9");
}

TEST(GpuMetrics, StopsAtTheEndOfAListThatSaysItIsLonger) {
  const auto table =
      parse(list(4'000'000'000U, entry(3, 2, {650}) + entry(33, 2, {1}).substr(0, 9)));

  ASSERT_TRUE(table);
  EXPECT_EQ(table->at(Field::curr_socket_power), 650U);
  EXPECT_EQ(table->at(Field::current_gfxclk).error().code, Errc::malformed);
}

TEST(GpuMetrics, RefusesAListWithATypeItCannotMeasure) {
  EXPECT_EQ(
      parse(list(2, entry(3, 2, {650}) + std::string("\1\0\xF0\0\0\0\0\0\1\1", 10))).error().code,
      Errc::malformed);
}

TEST(PartitionMetrics, AreReadFromATableAndFromAList) {
  std::string bytes(488, '\xFF');
  bytes.replace(0, 4, std::string("\xE8\x01\x01\x00", 4));
  bytes.replace(48, 4, std::string("\x21\0\0\0", 4));
  std::string listed = list(1, entry(40, 4, {44}));
  listed[3] = 1;

  EXPECT_EQ(parse_partition_metrics(bytes, "xcp")->at(Field::gfx_busy_inst), 33U);
  EXPECT_EQ(parse_partition_metrics(listed, "xcp")->at(Field::gfx_busy_inst), 44U);
}

}  // namespace
}  // namespace accel::amd
