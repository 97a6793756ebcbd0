#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "render/json.hpp"
#include "render/status_document.hpp"
#include "render/status_text.hpp"
#include "support/json_schema.hpp"
#include "unit/render/sample_machine.hpp"

namespace accel::render {
namespace {

using Json = nlohmann::json;

constexpr SteadyTime kNow = std::chrono::hours(1);

class Status : public ::testing::Test {
 protected:
  StatusReport report() {
    StatusReport made;
    made.wall = std::chrono::milliseconds(1'795'180'633'250);
    made.steady = kNow;
    DeviceSample sample;
    sample.info = &info_;
    sample.readings = one_of_each_status(kNow);
    ProcessList list;
    list.processes.push_back(
        {.pid = 4242, .name = std::string("python3"), .memory = bytes(1 << 30)});
    list.hidden.pids = {7, 8};
    sample.processes = std::move(list);
    made.devices.push_back(std::move(sample));
    return made;
  }
  static ProcessList hiding(int count) {
    ProcessList list;
    list.hidden.unnamed = count;
    return list;
  }
  Json document() { return Json::parse(json(status_document(report()))); }
  Json readings() { return document()["devices"][0]["readings"]; }

  AcceleratorInfo info_ = h100();
};

TEST_F(Status, HasAValueOnlyWhereItIsFreshOrSaysHowOldItIs) {
  const Json all = readings();
  for (const auto& [name, reading] : all.items()) {
    const bool has_value = reading["status"] == "ok" || reading["status"] == "stale";
    EXPECT_EQ(reading.contains("value"), has_value) << name;
  }
  EXPECT_EQ(all["utilization"]["age_ms"], 5000);
}

TEST_F(Status, NamesEveryStatusOnce) {
  const Json all = readings();
  std::set<std::string> statuses;
  for (const auto& [name, reading] : all.items()) statuses.insert(reading["status"]);

  EXPECT_EQ(statuses.size(), 11U);
}

TEST_F(Status, GivesValuesInBaseUnitsWithTheirSourceAndAge) {
  const Json temperature = readings()["temperature"];

  EXPECT_EQ(temperature["value"], 62);
  EXPECT_EQ(temperature["unit"], "celsius");
  EXPECT_EQ(temperature["source"], "nvmlDeviceGetTemperature");
  EXPECT_EQ(temperature["age_ms"], 250);
}

TEST_F(Status, TellsWhatPermissionIsMissing) {
  EXPECT_EQ(readings()["power"]["remedy"], "needs CAP_PERFMON");
}

TEST_F(Status, IsAsItsSchemaSays) {
  const testing::JsonSchema schema(
      Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/status-1.json")));

  EXPECT_EQ(schema.violation(document()), "");
}

TEST_F(Status, SaysWhenItWasRead) { EXPECT_EQ(document()["time"], "2026-11-20T13:17:13.250Z"); }

TEST_F(Status, MarksASimulationAtTheTop) {
  StatusReport simulated = report();
  simulated.simulated = "dgx-h100";

  EXPECT_EQ(Json::parse(json(status_document(simulated)))["simulated"], "dgx-h100");
  EXPECT_TRUE(document()["simulated"].is_null());
  EXPECT_EQ(status_text(simulated, {}).rfind("SIMULATED dgx-h100", 0), 0U);
}

TEST_F(Status, TellsPeopleWhatIsMissingAndWhy) {
  const std::string text = status_text(report(), {});

  EXPECT_NE(text.find("62 °C"), std::string::npos) << text;
  EXPECT_NE(text.find("40 % (stale)"), std::string::npos) << text;
  EXPECT_NE(text.find("No permission: no_permission: power (needs CAP_PERFMON)"), std::string::npos)
      << text;
  EXPECT_NE(text.find("hidden: 2"), std::string::npos) << text;
}

TEST_F(Status, DrawsInstancesOfAMissingMetricTogether) {
  StatusReport with_links = report();
  for (int link = 0; link < 18; ++link) {
    with_links.devices[0].readings.set(
        metric::link_up, Reading<bool>(Absence{ReadingStatus::unsupported, "f: Not Supported", ""}),
        link);
  }

  const std::string text = status_text(with_links, {});
  EXPECT_NE(text.find("Not supported: link_up.0-17\n"), std::string::npos) << text;
}

TEST_F(Status, CountsMissingReadingsWhereThereAreMany) {
  StatusReport lost = report();
  lost.devices[0].readings = {};
  const Absence gone{ReadingStatus::lost, "nvmlX: GPU is lost", "reset the GPU"};
  lost.devices[0].state = DeviceState::lost;
  lost.devices[0].state_reason = gone.reason;
  lost.devices[0].state_remedy = gone.remedy;
  for (int link = 0; link < 30; ++link) {
    lost.devices[0].readings.set(metric::link_up, Reading<bool>(gone), link);
  }

  const std::string text = status_text(lost, {});
  EXPECT_NE(text.find("Device lost: 30 readings, named in --json\n"), std::string::npos) << text;
}

TEST_F(Status, SaysOnceWhyADeviceCannotBeReadAndWhatWouldHelp) {
  StatusReport lost = report();
  lost.devices[0].state = DeviceState::lost;
  lost.devices[0].state_reason = "nvmlX: GPU is lost";
  lost.devices[0].state_remedy = "reset the GPU";
  lost.devices[0].readings = {};
  lost.devices[0].readings.set(
      metric::power,
      Reading<Power>(Absence{ReadingStatus::lost, "nvmlY: GPU is lost", "reset the GPU"}));

  const std::string text = status_text(lost, {});
  EXPECT_NE(text.find("lost: nvmlX: GPU is lost\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Device lost: power\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("reset the GPU"), text.rfind("reset the GPU")) << text;
}

TEST_F(Status, CountsHiddenProcesses) {
  StatusReport one = report();
  one.devices[0].processes = hiding(1);
  StatusReport two = report();
  two.devices[0].processes = hiding(2);

  EXPECT_NE(status_text(one, {}).find("hidden: 1 process that"), std::string::npos);
  EXPECT_NE(status_text(two, {}).find("hidden: 2 processes that"), std::string::npos);
}

TEST_F(Status, SaysThatProcessesCannotBeListedInsteadOfNone) {
  StatusReport refused = report();
  refused.devices[0].processes = Error{Errc::permission_denied, "nvmlX: Insufficient", "", {}};

  const Json device = Json::parse(json(status_document(refused)))["devices"][0];
  EXPECT_TRUE(device["processes"].is_null());
  EXPECT_EQ(device["processes_problem"]["message"], "nvmlX: Insufficient");
}

TEST_F(Status, ShowsTheLinkInTheSlotAndNotTheOneInsideTheCard) {
  StatusReport card = report();
  ReadingSet& readings = card.devices[0].readings;
  readings.set(metric::pcie_speed, Reading<TransferRate>(TransferRate{2'500'000'000}));
  readings.set(metric::pcie_width, Reading<Lanes>(Lanes{1}));
  readings.set(metric::pcie_slot_speed, Reading<TransferRate>(TransferRate{16'000'000'000}));
  readings.set(metric::pcie_slot_width, Reading<Lanes>(Lanes{4}));
  readings.set(metric::pcie_slot_speed_max, Reading<TransferRate>(TransferRate{16'000'000'000}));
  readings.set(metric::pcie_slot_width_max, Reading<Lanes>(Lanes{8}));

  const std::string text = status_text(card, {});
  EXPECT_NE(text.find("16 GT/s x4 (can do 16 GT/s x8)"), std::string::npos) << text;
  EXPECT_EQ(text.find("2.5 GT/s"), std::string::npos) << text;
}

TEST_F(Status, CountsTheLinksOfEachVendorUnderTheirName) {
  StatusReport linked = report();
  for (int link = 0; link < 7; ++link) {
    linked.devices[0].readings.set(metric::xgmi_up, Reading<bool>(link != 3), link);
  }

  const std::string text = status_text(linked, {});
  EXPECT_NE(text.find("xGMI         6 of 7 up"), std::string::npos) << text;
  EXPECT_EQ(text.find("NVLink"), std::string::npos) << text;
}

TEST_F(Status, ShowsTheClockOfANeuralEngine) {
  StatusReport npu = report();
  npu.devices[0].readings.set(metric::clock_npu, Reading<Frequency>(megahertz(650)));

  const std::string text = status_text(npu, {});
  EXPECT_NE(text.find("neural engine 650 MHz"), std::string::npos) << text;
}

TEST_F(Status, TellsAShareThatIsNotKnownYetFromOneThatNeverIs) {
  StatusReport first = report();
  AcceleratorProcess& process = first.devices[0].processes->processes.at(0);
  process.utilization = Absence{ReadingStatus::pending, "f: needs a second look", "sample again"};
  EXPECT_NE(status_text(first, {}).find("  pending  "), std::string::npos);

  process.utilization = Absence{ReadingStatus::unsupported, "f: not told", ""};
  EXPECT_EQ(status_text(first, {}).find("  pending  "), std::string::npos);
}

TEST_F(Status, DoesNotRepeatForProgramsWhyADeviceCannotBeRead) {
  StatusReport asleep = report();
  asleep.devices[0].state = DeviceState::asleep;
  asleep.devices[0].state_reason = "/sys/x is 'suspended'";
  asleep.devices[0].processes = Error{Errc::device_asleep, "/sys/x is 'suspended'", "", {}};

  const std::string text = status_text(asleep, {});
  EXPECT_EQ(text.find("/sys/x is"), text.rfind("/sys/x is")) << text;
}

TEST(StatusText, SaysThatThereIsNoAccelerator) {
  EXPECT_EQ(status_text({}, {}), "No accelerators detected\n");
}

}  // namespace
}  // namespace accel::render
