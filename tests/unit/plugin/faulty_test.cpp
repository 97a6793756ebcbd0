// Plug-ins that are wrong cost themselves and nobody else.
#include <gtest/gtest.h>

#include "accel/backends.hpp"
#include "accel/system.hpp"
#include "support/fake_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::FakeTree;

class FaultyPlugin : public ::testing::Test {
 protected:
  System& system_with(const std::string& fault) {
    const Machine machine{.root = tree_.root(), .plugin_dirs = {PLUGIN_DIR "/" + fault}};
    entries_ = plugin_backends(machine);
    entries_.push_back(accel::testing::stub_vendor(
        "AMD", accel::testing::finds({accel::testing::stub_info("AMD", "healthy")})));
    system_ = std::make_unique<System>(machine, entries_);
    system_->discover();
    return *system_;
  }
  /// The problem of a plug-in that cannot be used, having checked that it is also a finding.
  std::string problem_of(const std::string& fault) {
    System& system = system_with(fault);
    EXPECT_EQ(system.devices().size(), 1U) << "the other vendor is unaffected";
    const auto findings = system.findings();
    if (system.problems().size() != 1 || findings.size() != 1) return "no single problem";
    EXPECT_EQ(findings[0].id, "ACC-PLG-001");
    EXPECT_EQ(findings[0].evidence, system.problems()[0].message);
    return system.problems()[0].message;
  }

  FakeTree tree_;
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
};

TEST_F(FaultyPlugin, IsReportedWithBothVersions) {
  EXPECT_EQ(problem_of("newer_version"),
            "newer_version.so: made for plug-in ABI version 2, this accel has version 1");
  EXPECT_EQ(system_->problems().at(0).remedy,
            "build it anew with this accel's accelerator/plugin.h");
}

TEST_F(FaultyPlugin, IsReportedWithWhatItLacks) {
  EXPECT_EQ(problem_of("no_entry"), "no_entry.so: exports no accel_plugin_entry");
  EXPECT_EQ(problem_of("null_table"), "null_table.so: accel_plugin_entry gave nothing");
  EXPECT_EQ(problem_of("small_table"),
            "small_table.so: its table has 16 bytes, at least 96 are needed");
  EXPECT_EQ(problem_of("no_vendor"), "no_vendor.so: it names no vendor");
  EXPECT_EQ(problem_of("no_discover"), "no_discover.so: it lacks open, close or discover");
}

TEST_F(FaultyPlugin, MayBeNoSharedObjectAtAll) {
  tree_.file("plugins/text.so", "not an object\n").file("plugins/readme.txt", "passed over");
  const Machine machine{.root = tree_.root(), .plugin_dirs = {tree_.root() / "plugins"}};

  const auto entries = plugin_backends(machine);

  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].vendor, "plug-in text.so");
  const auto result = entries[0].make(machine)->discover({machine, {}});
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().message.starts_with("text.so: ")) << result.error().message;
}

TEST_F(FaultyPlugin, MayFailToOpen) {
  System& system = system_with("open_fails");

  EXPECT_EQ(system.devices().size(), 1U);
  ASSERT_EQ(system.problems().size(), 1U);
  EXPECT_EQ(system.problems()[0].code, Errc::permission_denied);
  EXPECT_EQ(system.problems()[0].message, "open_fails.so: open: /dev/odd0: Permission denied");
  EXPECT_EQ(system.problems()[0].remedy, "join the group odd");
}

TEST_F(FaultyPlugin, IsSilentWhereItSaysThatItHasNothingHere) {
  System& system = system_with("not_here");

  EXPECT_EQ(system.devices().size(), 1U);
  EXPECT_TRUE(system.problems().empty());
  EXPECT_TRUE(system.findings().empty());
}

TEST_F(FaultyPlugin, MayBeOlderThanThisAccel) {
  System& system = system_with("older");

  ASSERT_EQ(system.devices().size(), 2U);
  const auto* odd = system.devices()[1];
  EXPECT_EQ(odd->uuid, "odd-0");
  EXPECT_FALSE(odd->model) << "beyond the size that it states";
  const auto samples = system.sample_all({});
  EXPECT_EQ(samples.at(1).readings.get(metric::power).status(), ReadingStatus::unsupported);
  EXPECT_TRUE(system.findings().empty());
}

TEST_F(FaultyPlugin, KeepsTheDevicesThatItFoundBeforeItFailed) {
  System& system = system_with("odd_readings");

  EXPECT_EQ(system.devices().size(), 2U);
  ASSERT_EQ(system.problems().size(), 1U);
  EXPECT_EQ(system.problems()[0].message,
            "odd_readings.so: discover: the second board does not answer");
  EXPECT_EQ(system.problems()[0].code, Errc::timeout);
}

TEST_F(FaultyPlugin, HasReadingsOfTheWrongKindForErrors) {
  const auto samples = system_with("odd_readings").sample_all({});

  const auto& readings = samples.at(1).readings;
  EXPECT_EQ(readings.get(metric::temperature).status(), ReadingStatus::error);
  EXPECT_EQ(readings.get(metric::temperature).reason(),
            "temperature: the plug-in gave a value of kind 1 instead of an integer");
  EXPECT_EQ(readings.get(metric::utilization).status(), ReadingStatus::error) << "not a number";
  EXPECT_EQ(readings.get(metric::energy).status(), ReadingStatus::error) << "no such status";
  EXPECT_EQ(readings.get(metric::performance_state).status(), ReadingStatus::error) << "two texts";
  EXPECT_EQ(readings.get(metric::mig_mode).status(), ReadingStatus::error) << "neither 0 nor 1";
  EXPECT_EQ(readings.get(metric::power).status(), ReadingStatus::stale);
  EXPECT_EQ(*readings.get(metric::power), milliwatts(5'000));
  EXPECT_EQ(*readings.get(metric::throttle), (TextList{"thermal", ""}));
  EXPECT_TRUE(*readings.get(metric::ecc_mode));
  EXPECT_EQ(readings.get(metric::clock_graphics).reason(),
            "odd_readings.so: sample: the sensor bus is gone");
}

TEST_F(FaultyPlugin, NamesTheReadingsThatNobodyKnows) {
  System& system = system_with("odd_readings");
  (void)system.sample_all({});

  const auto findings = system.findings();

  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].id, "ODD-001");
  EXPECT_EQ(findings[0].severity, Severity::high);
  EXPECT_EQ(findings[1].id, "ACC-PLG-003");
  EXPECT_EQ(findings[1].evidence, "passed over: (no key), flux");
}

TEST_F(FaultyPlugin, IsNotClosedWhileItIsBeingAsked) {
  std::unique_ptr<Backend> backend;
  Machine machine{.root = tree_.root(), .plugin_dirs = {PLUGIN_DIR "/traces"}};
  machine.debug = [&](std::string_view) { backend->shutdown(); };
  backend = plugin_backends(machine).at(0).make(machine);
  const auto found = backend->discover({machine, {}});
  ASSERT_TRUE(found && found->devices.size() == 1);

  ReadingSet during;
  found->devices[0]->sample(during);
  ReadingSet afterwards;
  found->devices[0]->sample(afterwards);

  EXPECT_FALSE(*during.get(metric::ecc_mode)) << "the session was closed under the call";
  EXPECT_EQ(afterwards.get(metric::power).reason(), "traces.so: it was shut down");
}

TEST_F(FaultyPlugin, IsLookedForInEveryFolderInOrder) {
  const Machine machine{.root = tree_.root(),
                        .plugin_dirs = {PLUGIN_DIR "/older", "/nowhere", PLUGIN_DIR "/acme"}};

  const auto entries = plugin_backends(machine);

  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].vendor, "Odd");
  EXPECT_EQ(entries[1].vendor, "Acme");
}

}  // namespace
}  // namespace accel
