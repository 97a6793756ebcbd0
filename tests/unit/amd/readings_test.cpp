// Every reading: its value in base units, or why there is none.
#include <gtest/gtest.h>

#include "unit/amd/card_tree.hpp"
#include "unit/amd/table_image.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;
using testing::CardTree;
using testing::TableImage;

class AmdReadings : public ::testing::Test {
 public:
  // Public, so that one call can follow the other.
  AmdReadings& device(const std::string& name, const std::string& text) {
    tree_.files.file(card_ / name, text);
    return *this;
  }
  AmdReadings& sensor(const std::string& name, const std::string& text) {
    tree_.files.file(sensors_ / name, text);
    return *this;
  }

 protected:
  AmdReadings() : card_(tree_.add()), sensors_(tree_.add_sensors(card_)) {}
  template <class T>
  Reading<T> read(const Metric<T>& metric, int instance = kOnly) {
    return tree_.read().get(metric, instance);
  }

  CardTree tree_;
  std::filesystem::path card_;
  std::filesystem::path sensors_;
};

TEST_F(AmdReadings, AreInBaseUnits) {
  sensor("temp1_label", "edge\n").sensor("temp1_input", "65000\n").sensor("pwm1", "128\n");
  sensor("power1_average", "180000000\n").sensor("power1_cap", "220000000\n");
  device("pp_dpm_sclk", "0: 500Mhz \n1: 1500Mhz *\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::temperature), celsius(65));
  EXPECT_NEAR(readings.get(metric::fan_speed, 0)->value, 0.50, 0.01);
  EXPECT_EQ(*readings.get(metric::clock_graphics), megahertz(1500));
  EXPECT_EQ(*readings.get(metric::power), milliwatts(180'000));
  EXPECT_EQ(*readings.get(metric::power_limit), milliwatts(220'000));
}

TEST_F(AmdReadings, NameTheirSource) {
  sensor("power1_average", "180000000\n");

  const auto power = read(metric::power);

  EXPECT_TRUE(power.source().ends_with("hwmon/hwmon3/power1_average")) << power.source();
}

TEST_F(AmdReadings, AreAbsentWithReasonsWhereNothingIsTold) {
  tree_.files.remove(card_ / "hwmon");

  const ReadingSet readings = tree_.read();

  for (const auto& entry : readings.entries()) {
    const std::string name = ReadingSet::name(entry);
    if (name.starts_with("pcie_")) continue;
    EXPECT_FALSE(entry.reading) << name;
    EXPECT_EQ(entry.reading.status(), ReadingStatus::unsupported) << name;
    EXPECT_FALSE(entry.reading.reason().empty()) << name;
  }
  EXPECT_TRUE(readings.contains(metric::temperature.row));
  EXPECT_TRUE(readings.contains(metric::memory_total.row));
}

TEST_F(AmdReadings, TakeInstantPowerWhereThereIsNoAverage) {
  sensor("power1_input", "33000000\n");

  EXPECT_EQ(*read(metric::power), milliwatts(33'000));
}

TEST_F(AmdReadings, TakePowerFromTheTableWhereThereAreNoSensors) {
  std::string table = TableImage(1, 3).set(Field::average_socket_power, 200).bytes();
  table.resize(4096, '\0');
  device("gpu_metrics", table);

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::power), milliwatts(200'000));
  EXPECT_EQ(readings.get(metric::temperature_memory).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, BelieveNoPowerOfAnApusTable) {
  device("gpu_metrics", TableImage(2, 1).set(Field::average_socket_power, 3401).bytes());

  EXPECT_EQ(read(metric::power).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, TellOfTheNeuralEngineByItsBusiestColumn) {
  device("gpu_metrics", TableImage(3, 0)
                            .set(Field::average_ipu_activity, 12, 0)
                            .set(Field::average_ipu_activity, 48, 3)
                            .set(Field::average_ipuclk_frequency, 1267)
                            .bytes());

  const ReadingSet readings = tree_.read();

  EXPECT_DOUBLE_EQ(readings.get(metric::utilization_npu)->value, 0.48);
  EXPECT_EQ(*readings.get(metric::clock_npu), megahertz(1267));
}

TEST_F(AmdReadings, TellOfNoNeuralEngineWhereTheTableHasNone) {
  device("gpu_metrics", TableImage(2, 4).bytes());
  EXPECT_EQ(tree_.read().find(metric::utilization_npu.row), nullptr);

  device("gpu_metrics", TableImage(3, 0).bytes());
  EXPECT_EQ(read(metric::utilization_npu).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, TellEnergyOnlyWhereItsUnitIsKnown) {
  device("gpu_metrics", TableImage(1, 3).set(Field::energy_accumulator, 17'691'682).bytes());
  EXPECT_EQ(read(metric::energy).status(), ReadingStatus::unsupported);

  device("gpu_metrics", TableImage(1, 4).set(Field::energy_accumulator, 65'536 * 3).bytes());
  EXPECT_EQ(*read(metric::energy), microjoules(3'000'000));
}

TEST_F(AmdReadings, KnowSensorsByLabelAndNotByNumber) {
  // MI300 has no temp1; a GPU without an edge sensor is known by its hottest point.
  sensor("temp2_label", "junction\n").sensor("temp2_input", "61000\n");
  sensor("temp3_label", "mem\n").sensor("temp3_input", "68000\n").sensor("temp2_crit", "110000\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::temperature), celsius(61));
  EXPECT_EQ(*readings.get(metric::temperature_hotspot), celsius(61));
  EXPECT_EQ(*readings.get(metric::temperature_memory), celsius(68));
  EXPECT_EQ(*readings.get(metric::temperature_limit_hotspot), celsius(110));
  EXPECT_EQ(readings.get(metric::temperature_limit_critical).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, TakeAMemorySensorThatSaysZeroForNone) {
  sensor("temp3_label", "mem\n").sensor("temp3_input", "0\n");

  EXPECT_EQ(read(metric::temperature_memory).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, TakeAGatedClockForZero) {
  sensor("freq1_label", "sclk\n").sensor("freq1_input", "0\n");

  EXPECT_EQ(*read(metric::clock_graphics), hertz(0));
}

TEST_F(AmdReadings, KnowNoLowerPowerLimitThatIsZero) {
  sensor("power1_cap_min", "0\n").sensor("power1_cap_max", "332000000\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(readings.get(metric::power_limit_min).status(), ReadingStatus::unsupported);
  EXPECT_EQ(*readings.get(metric::power_limit_max), milliwatts(332'000));
}

TEST_F(AmdReadings, TakeABlankFileForUnsupported) {
  sensor("power1_cap", "\n");
  device("pp_dpm_mclk", "\n").device("gpu_busy_percent", "");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(readings.get(metric::power_limit).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::clock_memory_max).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::utilization).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, LoseNoOtherReadingToABrokenOne) {
  device("gpu_busy_percent", "lots\n").device("mem_info_vram_total", "17163091968\n");
  sensor("power1_average", "-4\n").sensor("temp1_label", "edge\n");
  sensor("temp1_input", "999999\n").sensor("in0_label", "vddgfx\n").sensor("in0_input", "775\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(readings.get(metric::utilization).status(), ReadingStatus::error);
  EXPECT_EQ(readings.get(metric::power).status(), ReadingStatus::error);
  EXPECT_EQ(readings.get(metric::temperature).status(), ReadingStatus::error);
  EXPECT_EQ(*readings.get(metric::memory_total), bytes(17'163'091'968));
  EXPECT_EQ(readings.get(metric::memory_free).status(), ReadingStatus::unsupported);
  EXPECT_EQ(*readings.get(metric::voltage), Voltage{775'000});
}

TEST_F(AmdReadings, ReadMemoryOfEveryKind) {
  device("mem_info_vram_total", "4294967296\n").device("mem_info_vram_used", "536870912\n");
  device("mem_info_vis_vram_total", "268435456\n").device("mem_info_gtt_used", "92377088\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::memory_free), bytes(4294967296 - 536870912));
  EXPECT_EQ(*readings.get(metric::memory_visible_total), mebibytes(256));
  EXPECT_EQ(*readings.get(metric::memory_gtt_used), bytes(92377088));
}

TEST_F(AmdReadings, RefuseMoreMemoryInUseThanThereIs) {
  device("mem_info_vram_total", "100\n").device("mem_info_vram_used", "200\n");

  EXPECT_EQ(read(metric::memory_free).status(), ReadingStatus::error);
}

TEST_F(AmdReadings, TellWhoSetsTheFan) {
  sensor("pwm1_enable", "2\n");
  EXPECT_EQ(*read(metric::fan_policy, 0), "automatic");
  sensor("pwm1_enable", "1\n");
  EXPECT_EQ(*read(metric::fan_policy, 0), "manual");
  device("gpu_od/fan_ctrl/fan_curve", "OD_FAN_CURVE:\n0: 0C 0%\n1: 45C 30%\n");
  EXPECT_EQ(*read(metric::fan_policy, 0), "curve");
}

TEST_F(AmdReadings, IgnoreTheUtilisationOfRaven) {
  tree_.files.file(card_ / "device", "0x15dd\n");
  device("gpu_busy_percent", "100\n");

  EXPECT_EQ(read(metric::utilization).status(), ReadingStatus::unsupported);
}

TEST_F(AmdReadings, TellThePowerStateByTheUtilisation) {
  device("gpu_busy_percent", "10\n");
  EXPECT_EQ(*read(metric::power_state), "Idle");
  device("gpu_busy_percent", "11\n");
  EXPECT_EQ(*read(metric::power_state), "Active");
}

TEST_F(AmdReadings, CountErrorsOfMemoryAndOfEachBlock) {
  device("ras/umc_err_count", "ue: 1\nce: 2\nde: 3\n")
      .device("ras/gfx_err_count", "ue: 0\nce: 4\n");
  device("ras/sdma_err_count", "Query currently inaccessible\n");
  device("ras/features", "feature mask: 0x3ffb\n");
  device("ras/gpu_vram_bad_pages", "0x00000001 : 0x00001000 : R\n0x00000002 : 0x00001000 : P\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::ecc_uncorrected), Count{1});
  EXPECT_EQ(*readings.get(metric::ecc_deferred), Count{3});
  EXPECT_TRUE(*readings.get(metric::ecc_mode));
  EXPECT_EQ(*readings.get(metric::ras_corrected, 2), Count{4});
  EXPECT_FALSE(readings.contains(metric::ras_deferred.row, 2)) << "an older chip";
  EXPECT_EQ(readings.get(metric::ras_corrected, 1).status(), ReadingStatus::error);
  EXPECT_FALSE(readings.contains(metric::ras_corrected.row, 3));
  EXPECT_EQ(*readings.get(metric::pages_retired_uncorrected), Count{1});
  EXPECT_TRUE(*readings.get(metric::page_retirement_pending));
}

TEST_F(AmdReadings, TellTheLinksToOtherGpus) {
  device("gpu_metrics", TableImage(1, 8)
                            .set(Field::xgmi_link_width, 16)
                            .set(Field::xgmi_link_status, 1, 0)
                            .set(Field::xgmi_link_status, 0, 1)
                            .set(Field::xgmi_link_status, 2, 2)
                            .set(Field::xgmi_read_data_acc, 5, 0)
                            .bytes());

  const ReadingSet readings = tree_.read();

  EXPECT_TRUE(*readings.get(metric::xgmi_up, 0));
  EXPECT_FALSE(*readings.get(metric::xgmi_up, 1));
  EXPECT_FALSE(readings.contains(metric::xgmi_up.row, 2)) << "no such link";
  EXPECT_EQ(*readings.get(metric::xgmi_rx_total, 0), bytes(5000));
  EXPECT_EQ(*readings.get(metric::xgmi_width), Lanes{16});
}

TEST_F(AmdReadings, AreAllLostWhenTheFirmwareAnswersWithSetBits) {
  device("gpu_metrics", std::string(120, '\xFF')).device("gpu_busy_percent", "3\n");
  sensor("power1_average", "180000000\n");

  auto system = tree_.system();
  const auto samples = system->sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::lost);
  for (const auto& entry : samples[0].readings.entries()) {
    const std::string name = ReadingSet::name(entry);
    if (name.starts_with("pcie_")) continue;
    EXPECT_FALSE(entry.reading) << name;
  }
  EXPECT_EQ(samples[0].readings.get(metric::power).status(), ReadingStatus::lost);
}

TEST_F(AmdReadings, AreAllLostWhenTheDeviceVanishes) {
  auto system = tree_.system();
  tree_.files.remove(card_);

  const auto samples = system->sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::lost);
  EXPECT_EQ(samples[0].readings.get(metric::temperature).status(), ReadingStatus::lost);
}

TEST_F(AmdReadings, SayThatATableIsOfAnUnknownRevision) {
  device("gpu_metrics", std::string("\x78\0\x09\x09", 4) + std::string(116, '\1'));

  const auto throttle = read(metric::throttle);

  EXPECT_EQ(throttle.status(), ReadingStatus::unsupported);
  EXPECT_NE(throttle.reason().find("v9.9"), std::string::npos) << throttle.reason();
}

TEST_F(AmdReadings, SayThatATableOfThreeBytesIsBroken) {
  device("gpu_metrics", "abc");

  EXPECT_EQ(read(metric::throttle).status(), ReadingStatus::error);
}

TEST_F(AmdReadings, BelieveNoWordThatTheDriverDoesNotHave) {
  device("power_dpm_force_performance_level", "\x7f?!\n").device("current_compute_partition", "7");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(readings.get(metric::performance_level).status(), ReadingStatus::error);
  EXPECT_EQ(readings.get(metric::partition_mode).status(), ReadingStatus::error);
}

TEST_F(AmdReadings, TellTheDivisionOfTheGpu) {
  device("current_compute_partition", "SPX\n").device("current_memory_partition", "UNKNOWN\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::partition_mode), "SPX");
  EXPECT_EQ(readings.get(metric::memory_partition_mode).status(), ReadingStatus::unsupported);
}

}  // namespace
}  // namespace accel::amd
