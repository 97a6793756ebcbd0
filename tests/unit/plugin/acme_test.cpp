// The template plug-in, loaded as any vendor's is.
#include <gtest/gtest.h>

#include "accel/backends.hpp"
#include "accel/system.hpp"
#include "support/as_nobody.hpp"
#include "support/pci_tree.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::FakeTree;

class AcmePlugin : public ::testing::Test {
 protected:
  void add_acme(const std::string& name, const std::string& uuid) {
    const auto folder = std::filesystem::path("sys/class/acme") / name;
    tree_.file(folder / "model", "Acme A100\n")
        .file(folder / "uuid", uuid + "\n")
        .file(folder / "driver_version", "1.2\n")
        .file(folder / "memory_bytes", "17179869184\n")
        .file(folder / "temperature_millicelsius", "46500\n")
        .file(folder / "power_microwatts", "21500000\n")
        .file(folder / "busy_percent", "25\n");
  }
  [[nodiscard]] Machine machine() const {
    return {.root = tree_.root(), .plugin_dirs = {PLUGIN_DIR "/acme"}};
  }
  System& system() {
    entries_ = plugin_backends(machine());
    system_ = std::make_unique<System>(machine(), entries_);
    system_->discover();
    return *system_;
  }

  FakeTree tree_;
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
};

TEST_F(AcmePlugin, HasARowOfItsOwn) {
  const auto entries = plugin_backends(machine());

  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].vendor, "Acme");
  EXPECT_EQ(entries[0].device_type, DeviceType::npu);
  EXPECT_EQ(entries[0].verification, Verification::simulated);
  ASSERT_EQ(entries[0].pci_vendors.size(), 1U);
  EXPECT_EQ(entries[0].pci_vendors[0], 0xacce);
  EXPECT_EQ(entries[0].make(machine())->framework_device(1), "acme:1");
}

TEST_F(AcmePlugin, FindsNothingWhereThereIsNoDriver) {
  EXPECT_TRUE(system().devices().empty());
  EXPECT_TRUE(system_->problems().empty());
  EXPECT_TRUE(system_->findings().empty());
}

TEST_F(AcmePlugin, ListsItsDevicesWithWhatTheBusKnows) {
  add_card(tree_, "0000:41:00.0", {.vendor = "0xacce", .class_code = "0x120000", .driver = "acme"});
  add_acme("acme0", "ACME-1");
  tree_.link("sys/class/acme/acme0/device",
             "../../../devices/pci0000:00/0000:00:01.0/0000:41:00.0");

  const auto devices = system().devices();

  ASSERT_EQ(devices.size(), 1U);
  const AcceleratorInfo& info = *devices[0];
  EXPECT_EQ(info.uuid, "ACME-1");
  EXPECT_EQ(info.vendor, "Acme");
  EXPECT_EQ(info.device_type, DeviceType::npu);
  EXPECT_EQ(*info.model, "Acme A100");
  EXPECT_EQ(*info.driver_version, "1.2");
  EXPECT_EQ(*info.memory, bytes(17'179'869'184));
  EXPECT_EQ(info.pci_address->text(), "0000:41:00.0");
  EXPECT_EQ(*info.pcie_gen, 5) << "from the bus";
  EXPECT_EQ(*info.driver, "acme");
  EXPECT_EQ(info.serial.status(), ReadingStatus::unsupported);
  EXPECT_EQ(info.support_level, SupportLevel::monitoring);
}

TEST_F(AcmePlugin, ReadsItsSensorsInBaseUnits) {
  add_acme("acme0", "ACME-1");

  const auto samples = system().sample_all({});

  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].state, DeviceState::ok);
  EXPECT_EQ(*samples[0].readings.get(metric::temperature), millicelsius(46'500));
  EXPECT_EQ(*samples[0].readings.get(metric::power), milliwatts(21'500));
  EXPECT_EQ(*samples[0].readings.get(metric::utilization), ratio(0.25));
  EXPECT_EQ(*samples[0].readings.get(metric::memory_total), bytes(17'179'869'184));
  EXPECT_NE(samples[0].readings.get(metric::power).source().find("acme0/power_microwatts"),
            std::string::npos);
}

TEST_F(AcmePlugin, LosesOnlyTheSensorThatFails) {
  add_acme("acme0", "ACME-1");
  tree_.remove("sys/class/acme/acme0/power_microwatts")
      .file("sys/class/acme/acme0/busy_percent", "busy\n");

  const auto samples = system().sample_all({});

  const auto& readings = samples.at(0).readings;
  EXPECT_EQ(readings.get(metric::power).status(), ReadingStatus::unsupported);
  EXPECT_NE(readings.get(metric::power).reason().find("No such file"), std::string::npos);
  EXPECT_EQ(readings.get(metric::utilization).status(), ReadingStatus::error);
  EXPECT_EQ(*readings.get(metric::temperature), millicelsius(46'500));
}

TEST_F(AcmePlugin, NamesTheGroupThatMayReadASensor) {
  add_acme("acme0", "ACME-1");
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree_.root() / "sys/class/acme/acme0/power_microwatts",
                               std::filesystem::perms::none);
  entries_ = plugin_backends(machine());  // loads it here: nobody may not read its file

  EXPECT_EQ(accel::testing::as_nobody([&] {
              System fresh(machine(), entries_);
              fresh.discover();
              const auto samples = fresh.sample_all({});
              const auto power = samples.at(0).readings.get(metric::power);
              return power.status() == ReadingStatus::no_permission &&
                     power.remedy() == "join the group acme" &&
                     samples[0].readings.get(metric::temperature).has_value();
            }),
            1);
}

TEST_F(AcmePlugin, SaysThatADeviceIsLostWhoseFolderIsGone) {
  add_acme("acme0", "ACME-1");
  add_acme("acme1", "ACME-2");
  system();
  tree_.remove("sys/class/acme/acme0");

  const auto samples = system_->sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::lost);
  EXPECT_EQ(samples[0].readings.get(metric::power).status(), ReadingStatus::lost);
  EXPECT_EQ(samples.at(1).state, DeviceState::ok);
}

TEST_F(AcmePlugin, MayBeDiscoveredAgainAndShutDownTwice) {
  add_acme("acme0", "ACME-1");
  const auto entry = plugin_backends(machine()).at(0);
  const Machine here = machine();
  const auto backend = entry.make(here);
  const auto found = backend->discover({here, {}});
  ASSERT_TRUE(found);
  ASSERT_EQ(backend->discover({here, {}}).value().devices.size(), 1U);

  backend->shutdown();
  backend->shutdown();

  ReadingSet out;
  found->devices.at(0)->sample(out);
  EXPECT_EQ(out.get(metric::power).status(), ReadingStatus::error);
}

}  // namespace
}  // namespace accel
