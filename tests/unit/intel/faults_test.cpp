// What goes wrong with one file, one device or the whole of it, and what it must not take along.
#include <sys/stat.h>

#include "accel/system.hpp"
#include "support/as_nobody.hpp"
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

/// Readings that the card of the fixture gives in its first sample.
constexpr std::array kSensors{&metric::temperature.row,    &metric::temperature_memory.row,
                              &metric::energy.row,         &metric::power_limit.row,
                              &metric::clock_graphics.row, &metric::voltage.row,
                              &metric::throttle.row};

struct Fault {
  const char* name;
  const char* file;  ///< below the card
  const MetricRow* metric;
};
const std::vector<Fault> kFiles{
    {"temperature", "hwmon/hwmon3/temp2_input", &metric::temperature.row},
    {"memory", "hwmon/hwmon3/temp3_input", &metric::temperature_memory.row},
    {"energy", "hwmon/hwmon3/energy1_input", &metric::energy.row},
    {"limit", "hwmon/hwmon3/power1_max", &metric::power_limit.row},
    {"clock", "tile0/gt0/freq0/act_freq", &metric::clock_graphics.row},
    {"voltage", "hwmon/hwmon3/in1_input", &metric::voltage.row},
};

class IntelFault : public IntelTest {
 protected:
  IntelFault() : card_(add_xe_card()) {
    tree_.remove(hwmon_ / "energy2_input").remove(card_ / "tile0/gt1");
  }
  /// That one reading has the status, and all others have their values.
  void expect_only(const MetricRow& metric, ReadingStatus status) {
    const auto readings = sample();
    for (const MetricRow* row : kSensors) {
      const auto* entry = readings.find(*row);
      ASSERT_NE(entry, nullptr) << row->key;
      EXPECT_EQ(entry->reading.status(), row == &metric ? status : ReadingStatus::ok)
          << row->key << ": " << entry->reading.reason();
    }
  }

  Path card_;
};

TEST_F(IntelFault, OfAFileThatIsMissingCostsItsReadingAlone) {
  for (const Fault& fault : kFiles) {
    SCOPED_TRACE(fault.name);
    std::filesystem::rename(tree_.root() / card_ / fault.file, tree_.root() / "aside");
    expect_only(*fault.metric, ReadingStatus::unsupported);
    std::filesystem::rename(tree_.root() / "aside", tree_.root() / card_ / fault.file);
  }
}

TEST_F(IntelFault, OfGarbageCostsItsReadingAlone) {
  for (const Fault& fault : kFiles) {
    for (const char* garbage : {"", "abc\n", "12abc\n", "99999999999999999999\n", "-7e3\n",
                                "4294967295\n", "-1\n", "9000000000000000000\n"}) {
      SCOPED_TRACE(std::string(fault.name) + ": " + garbage);
      const std::string whole = [&] {
        std::ifstream file(tree_.root() / card_ / fault.file);
        return std::string(std::istreambuf_iterator<char>(file), {});
      }();
      tree_.file(card_ / fault.file, garbage);
      // No counter says how high it may stand.
      if (fault.metric != &metric::energy.row || garbage[0] != '9' || garbage[1] != '0') {
        expect_only(*fault.metric, ReadingStatus::error);
      }
      tree_.file(card_ / fault.file, whole);
    }
  }
}

TEST_F(IntelFault, OfADirectoryInPlaceOfAFileCostsItsReadingAlone) {
  for (const Fault& fault : kFiles) {
    SCOPED_TRACE(fault.name);
    std::filesystem::rename(tree_.root() / card_ / fault.file, tree_.root() / "aside");
    tree_.directory(card_ / fault.file);
    expect_only(*fault.metric, ReadingStatus::error);
    std::filesystem::remove(tree_.root() / card_ / fault.file);
    std::filesystem::rename(tree_.root() / "aside", tree_.root() / card_ / fault.file);
  }
}

TEST_F(IntelFault, OfAFileThatMayNotBeReadCostsItsReadingAlone) {
  const auto file = tree_.root() / hwmon_ / "temp2_input";
  ASSERT_EQ(::chmod(file.c_str(), 0), 0);
  ASSERT_EQ(::chmod(tree_.root().c_str(), 0755), 0);
  discover();

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto readings = sample();
              return readings.get(metric::temperature).status() == ReadingStatus::no_permission &&
                     readings.get(metric::temperature_memory).has_value() &&
                     readings.get(metric::clock_graphics).has_value();
            }),
            1);
}

TEST_F(IntelFault, OfTheThrottleFilesCostsThemAlone) {
  tree_.file(card_ / "tile0/gt0/freq0/throttle/status", "garbage\n");
  expect_only(metric::throttle.row, ReadingStatus::error);

  tree_.file(card_ / "tile0/gt0/freq0/throttle/reasons", "\x01\x02\n");
  expect_only(metric::throttle.row, ReadingStatus::error);

  tree_.remove(card_ / "tile0/gt0/freq0/throttle");
  expect_only(metric::throttle.row, ReadingStatus::unsupported);
}

TEST_F(IntelFault, OfADeviceThatReadsAllOnesIsItsLoss) {
  for (const char* file :
       {"energy1_input", "temp2_input", "temp3_input", "fan1_input", "in1_input"}) {
    tree_.file(hwmon_ / file, "4294967295\n");
  }
  tree_.file(card_ / "tile0/gt0/freq0/act_freq", "4294967295\n");

  const auto readings = sample();

  EXPECT_EQ(readings.get(metric::temperature).status(), ReadingStatus::lost);
  for (const auto& entry : readings.entries()) {
    EXPECT_FALSE(entry.reading.has_value()) << ReadingSet::name(entry);
  }
}

TEST_F(IntelFault, OfADeviceThatVanishesIsSaid) {
  discover();
  std::filesystem::remove_all(tree_.root() / card_);

  const auto readings = sample();

  for (const auto& entry : readings.entries()) {
    EXPECT_FALSE(entry.reading.has_value()) << ReadingSet::name(entry);
    EXPECT_FALSE(entry.reading.reason().empty()) << ReadingSet::name(entry);
  }
}

TEST_F(IntelFault, OfOneDeviceLeavesTheOthers) {
  add_npu();
  tree_.remove(card_ / "hwmon").remove(card_ / "tile0");
  const std::vector<BackendEntry> entries{entry()};
  System system(machine_, entries);
  system.discover();

  const auto samples = system.sample_all({});

  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].info->device_type, DeviceType::npu);
  EXPECT_EQ(*samples[0].readings.get(metric::clock_npu), megahertz(950));
  EXPECT_EQ(samples[1].readings.get(metric::temperature).status(), ReadingStatus::unsupported);
}

TEST_F(IntelTest, FindsNothingOnAMachineWithoutIntelDevices) {
  discover();

  EXPECT_TRUE(devices_.empty());
}

TEST_F(IntelTest, AnswersErrorsAfterTheEnd) {
  add_xe_card();
  add_npu();
  discover();
  backend().shutdown();
  backend().shutdown();

  for (const auto& device : devices_) {
    ReadingSet readings;
    device->sample(readings);
    EXPECT_EQ(readings.get(metric::temperature).status(), ReadingStatus::error);
    EXPECT_FALSE(device->process_lister()->processes());
  }
}

}  // namespace
}  // namespace accel::intel
