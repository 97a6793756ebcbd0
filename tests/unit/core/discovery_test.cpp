#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "accel/system.hpp"
#include "support/clock_mover.hpp"
#include "support/gate.hpp"
#include "support/pci_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::ClockMover;
using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::finds;
using accel::testing::Gate;
using accel::testing::stub_info;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;
using accel::testing::StubBackend;
using namespace std::chrono_literals;

constexpr std::array<std::uint16_t, 1> kAmd{0x1002};
constexpr std::array<std::uint16_t, 1> kNvidia{0x10de};

class SystemDiscovery : public ::testing::Test {
 protected:
  System& discover(std::vector<BackendEntry> entries) {
    entries_ = std::move(entries);
    system_ = std::make_unique<System>(Machine{.root = tree_.root(), .clock = clock_}, entries_);
    system_->discover();
    return *system_;
  }
  [[nodiscard]] std::vector<std::string> uuids() const {
    std::vector<std::string> uuids;
    for (const auto* info : system_->devices()) uuids.push_back(info->uuid);
    return uuids;
  }
  [[nodiscard]] const AcceleratorInfo& device(std::size_t position) const {
    return *system_->devices().at(position);
  }

  FakeTree tree_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
};

TEST_F(SystemDiscovery, FindsNothingOnAnEmptyMachine) {
  const System& system = discover({});

  EXPECT_TRUE(system.devices().empty());
  EXPECT_TRUE(system.problems().empty());
}

TEST_F(SystemDiscovery, NumbersDevicesByTheirPlaceOnTheBus) {
  discover({stub_vendor("NVIDIA", finds({stub_info_at("NVIDIA", "0000:41:00.0")})),
            stub_vendor("AMD", finds({stub_info_at("AMD", "0000:03:00.0")}))});

  ASSERT_EQ(system_->devices().size(), 2U);
  EXPECT_EQ(device(0).vendor, "AMD");
  EXPECT_EQ(device(0).global_index, 0);
  EXPECT_EQ(device(1).vendor, "NVIDIA");
  EXPECT_EQ(device(1).global_index, 1);
  EXPECT_EQ(device(1).index, 0) << "the first of its vendor";
}

TEST_F(SystemDiscovery, NumbersThemAlikeInWhateverOrderTheyAreFound) {
  std::mt19937 random(6);
  std::vector<AcceleratorInfo> infos;
  for (int bus = 0; bus < 12; ++bus) {
    infos.push_back(stub_info_at("NVIDIA", "0000:" + std::to_string(10 + bus) + ":00.0"));
  }
  infos.push_back(stub_info("NVIDIA", "no bus, b"));
  infos.push_back(stub_info("NVIDIA", "no bus, a"));
  discover({stub_vendor("NVIDIA", finds(infos))});
  const auto expected = uuids();

  for (int round = 0; round < 100; ++round) {
    std::ranges::shuffle(infos, random);
    discover({stub_vendor("NVIDIA", finds(infos))});
    ASSERT_EQ(uuids(), expected);
  }
  EXPECT_EQ(expected.back(), "no bus, b");
}

TEST_F(SystemDiscovery, PutsDevicesWithoutPciAddressBehindByVendor) {
  discover({stub_vendor("Google", finds({stub_info("Google", "tpu")})),
            stub_vendor("Apple", finds({stub_info("Apple", "ane")})),
            stub_vendor("NVIDIA", finds({stub_info_at("NVIDIA", "ffff:ff:1f.7")}))});

  EXPECT_EQ(uuids(), (std::vector<std::string>{"uuid of ffff:ff:1f.7", "ane", "tpu"}));
}

TEST_F(SystemDiscovery, GivesPartitionsTheIndexOfTheirDeviceAndANumberOfTheirOwn) {
  auto parent = stub_info_at("NVIDIA", "0000:41:00.0");
  parent.memory = bytes(80);
  auto second = stub_info_at("NVIDIA", "0000:41:00.0");
  second.parent = parent.uuid;
  second.uuid = "MIG-b";
  second.memory = bytes(20);
  auto first = second;
  first.uuid = "MIG-a";
  const auto other = stub_info_at("NVIDIA", "0000:42:00.0");
  discover({stub_vendor("NVIDIA", finds({second, other, first, parent}))});

  EXPECT_EQ(uuids(), (std::vector<std::string>{parent.uuid, "MIG-a", "MIG-b", other.uuid}));
  EXPECT_EQ(device(0).partition, -1);
  EXPECT_EQ(device(1).global_index, 0);
  EXPECT_EQ(device(1).partition, 0);
  EXPECT_EQ(device(2).partition, 1);
  EXPECT_EQ(device(3).global_index, 1);
  EXPECT_EQ(*device(0).memory, bytes(80)) << "partitions are not added to their device";
  EXPECT_EQ(system_->vendors().at(0).device_count, 2);
}

TEST_F(SystemDiscovery, NumbersAPartitionWhoseDeviceIsNotShownByItself) {
  auto partition = stub_info_at("NVIDIA", "0000:41:00.0");
  partition.parent = "not here";
  discover({stub_vendor("NVIDIA", finds({stub_info_at("NVIDIA", "0000:03:00.0"), partition}))});

  EXPECT_EQ(device(1).global_index, 1);
  EXPECT_EQ(device(1).partition, -1);
}

TEST_F(SystemDiscovery, ListsADeviceThatTwoVendorsFindOnce) {
  discover({stub_vendor("First", finds({stub_info_at("First", "0000:41:00.0")})),
            stub_vendor("Second", finds({stub_info_at("Second", "0000:41:00.0")}))});

  ASSERT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(device(0).vendor, "First");
}

TEST_F(SystemDiscovery, KeepsDevicesWithoutUuidApart) {
  auto one = stub_info_at("X", "0000:41:00.0");
  auto two = stub_info_at("X", "0000:42:00.0");
  one.uuid.clear();
  two.uuid.clear();
  discover({stub_vendor("X", finds({one, two}))});

  EXPECT_EQ(uuids(), (std::vector<std::string>{"PCI-0000:41:00.0", "PCI-0000:42:00.0"}));
}

TEST_F(SystemDiscovery, ListsADeviceWithoutDriver) {
  add_card(tree_, "0000:41:00.0", {.vendor = "0xabcd", .class_code = "0x120000"});
  discover({});

  ASSERT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(device(0).uuid, "PCI-0000:41:00.0");
  EXPECT_EQ(device(0).device_type, DeviceType::other);
  EXPECT_EQ(device(0).state, DeviceState::no_driver);
  EXPECT_EQ(device(0).support_level, SupportLevel::listing);
  EXPECT_FALSE(device(0).driver);
  EXPECT_EQ(system_->sample_all({}).at(0).readings.get(metric::power).status(),
            ReadingStatus::no_driver);
}

TEST_F(SystemDiscovery, ListsADeviceThatAVirtualMachineHas) {
  add_card(tree_, "0000:41:00.0", {.driver = "vfio-pci"});
  discover({stub_vendor("NVIDIA", finds({}), kNvidia)});

  EXPECT_EQ(device(0).state, DeviceState::no_driver);
  EXPECT_NE(device(0).state_reason.find("vfio-pci"), std::string::npos);
  EXPECT_FALSE(device(0).state_remedy.empty());
}

TEST_F(SystemDiscovery, SaysOfEveryFieldThatOnlyADriverCouldTellWhyItIsUnknown) {
  add_card(tree_, "0000:41:00.0");
  add_card(tree_, "0000:42:00.0", {.driver = "mystery"});
  discover({});

  for (std::size_t i = 0; i < 2; ++i) {
    const AcceleratorInfo& info = device(i);
    for (const auto* field : {&info.model, &info.compute_capability, &info.driver_version,
                              &info.firmware_version, &info.serial}) {
      EXPECT_FALSE(*field);
      EXPECT_FALSE(field->reason().empty()) << i;
    }
    EXPECT_EQ(info.memory.reason(), info.state_reason);
    EXPECT_EQ(info.gpu_type.reason(), info.state_reason);
  }
  EXPECT_EQ(device(0).memory.status(), ReadingStatus::no_driver);
  EXPECT_EQ(device(1).memory.status(), ReadingStatus::unsupported);
}

TEST_F(SystemDiscovery, SaysOfAFactThatABackEndLeavesOutThatItDoes) {
  AcceleratorInfo silent;
  silent.uuid = "ACME-1";
  silent.serial = Absence{ReadingStatus::no_permission, "serial: Permission denied", "ask root"};

  discover({stub_vendor("Acme", finds({silent}))});

  const AcceleratorInfo& info = device(0);
  EXPECT_EQ(info.memory.reason(), "its back end does not tell");
  EXPECT_EQ(info.gpu_type.reason(), "its back end does not tell");
  EXPECT_EQ(info.serial.reason(), "serial: Permission denied");
  EXPECT_EQ(info.serial.remedy(), "ask root");
}

TEST_F(SystemDiscovery, TakesAVirtualFunctionForAPartOfItsDevice) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  for (const char* address : {"0000:41:00.4", "0000:41:00.5"}) {
    const auto folder = add_card(tree_, address, {.driver = "vfio-pci"});
    tree_.link(folder / "physfn", "../0000:41:00.0");
  }
  add_card(tree_, "0000:42:00.0", {.driver = "nvidia"});
  const System& system =
      discover({stub_vendor("NVIDIA", finds({stub_info_at("NVIDIA", "0000:41:00.0")}), kNvidia)});

  ASSERT_EQ(system.devices().size(), 4U);
  EXPECT_EQ(device(1).parent, "uuid of 0000:41:00.0");
  EXPECT_EQ(device(1).partition, 0);
  EXPECT_EQ(device(2).partition, 1);
  EXPECT_EQ(device(3).global_index, 1);
  EXPECT_EQ(device(3).parent, "");
  EXPECT_EQ(unexposed_warnings(system.pci(), system.devices()), std::vector<std::string>{});
  const auto selector = Selector::parse("0000:41:00.5", Selector::Bare::allowed);
  EXPECT_EQ(system.select(*selector).value(), 2U);
}

TEST_F(SystemDiscovery, SaysThatThisBuildHasNoBackEndForADevice) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  discover({});

  EXPECT_EQ(device(0).state, DeviceState::ok);
  EXPECT_EQ(device(0).state_reason, "this build has no back end for NVIDIA devices");
}

TEST_F(SystemDiscovery, SaysWhichDriverADeviceHasThatItsBackEndDoesNotServe) {
  add_card(tree_, "0000:41:00.0", {.driver = "nouveau"});
  discover({stub_vendor("NVIDIA", finds({}), kNvidia)});

  EXPECT_EQ(device(0).state_reason,
            "the back end for NVIDIA does not serve it; the driver bound to it is nouveau");
}

TEST_F(SystemDiscovery, PrefersTheVendorsDeviceToTheBussOne) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  discover({stub_vendor("NVIDIA", finds({stub_info_at("NVIDIA", "0000:41:00.0")}), kNvidia)});

  ASSERT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(device(0).uuid, "uuid of 0000:41:00.0");
}

TEST_F(SystemDiscovery, KeepsOtherVendorsWhenOneFails) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  const Error mismatch{Errc::nvml_error, "nvmlInit_v2: driver/library mismatch", "reboot", {}};
  discover(
      {stub_vendor(
           "NVIDIA", [&](const Discovery&) -> Result<Discovered> { return mismatch; }, kNvidia),
       stub_vendor("AMD", finds({stub_info_at("AMD", "0000:03:00.0")}), kAmd)});

  ASSERT_EQ(system_->devices().size(), 2U);
  EXPECT_EQ(device(0).vendor, "AMD");
  EXPECT_EQ(device(1).state, DeviceState::error);
  EXPECT_EQ(device(1).state_reason, mismatch.message);
  EXPECT_EQ(device(1).state_remedy, "reboot");
  ASSERT_EQ(system_->problems().size(), 1U);
  EXPECT_EQ(system_->vendors().at(0).problems.at(0).message, mismatch.message);
}

TEST_F(SystemDiscovery, SkipsAVendorWhoseBackEndThrowsAnything) {
  std::string heard;
  auto broken = stub_vendor("Broken", finds({}));
  broken.make = [](const Machine&) -> std::unique_ptr<Backend> { throw 42; };
  auto missing = stub_vendor("Missing", finds({}));
  missing.make = [](const Machine&) -> std::unique_ptr<Backend> {
    throw std::runtime_error("library missing");
  };
  entries_ = {broken, missing, stub_vendor("AMD", finds({stub_info_at("AMD", "0000:03:00.0")}))};
  std::mutex mutex;
  Machine machine{.root = tree_.root(), .clock = clock_};
  machine.debug = [&](std::string_view text) {
    const std::scoped_lock lock(mutex);
    heard += std::string(text) + "\n";
  };
  system_ = std::make_unique<System>(machine, entries_);

  system_->discover();

  EXPECT_EQ(system_->devices().size(), 1U);
  EXPECT_TRUE(system_->problems().empty());
  EXPECT_NE(heard.find("Missing: back end skipped: library missing"), std::string::npos);
  EXPECT_NE(heard.find("Broken: back end skipped: "), std::string::npos);
}

TEST_F(SystemDiscovery, ReportsAVendorThatThrowsWhileLooking) {
  const auto boom = [](const Discovery&) -> Result<Discovered> { throw std::logic_error("boom"); };
  discover({stub_vendor("NVIDIA", boom),
            stub_vendor("AMD", finds({stub_info_at("AMD", "0000:03:00.0")}))});

  EXPECT_EQ(system_->devices().size(), 1U);
  ASSERT_EQ(system_->problems().size(), 1U);
  EXPECT_EQ(system_->problems()[0].message, "boom");
}

TEST_F(SystemDiscovery, KeepsWhatAVendorFoundBesideWhatWentWrong) {
  discover({stub_vendor("NVIDIA", [](const Discovery&) -> Result<Discovered> {
    Discovered found;
    found.devices.push_back(
        std::make_unique<accel::testing::StubDevice>(stub_info_at("NVIDIA", "0000:41:00.0")));
    found.problems.push_back({Errc::nvml_error, "device 1: no handle", "", {}});
    return found;
  })});

  EXPECT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(system_->problems().size(), 1U);
}

TEST_F(SystemDiscovery, AsksNoVendorThatCanHaveNothingHere) {
  int asked = 0;
  bool is_elsewhere = false;
  BackendEntry entry = stub_vendor(
      "AMD",
      [&](const Discovery&) {
        ++asked;
        return Discovered{};
      },
      kAmd);
  entry.may_be_elsewhere = [&](const Machine&) { return is_elsewhere; };
  discover({entry});
  EXPECT_EQ(asked, 0);

  add_card(tree_, "0000:41:00.0", {.vendor = "0x10de"});
  system_->discover();
  EXPECT_EQ(asked, 0) << "another vendor's";
  is_elsewhere = true;
  system_->discover();
  EXPECT_EQ(asked, 1);
  is_elsewhere = false;
  system_->discover();
  EXPECT_EQ(asked, 2) << "it may have to let go of what it had";
}

TEST_F(SystemDiscovery, AsksAVendorWhoseFunctionIsOnTheBus) {
  int asked = 0;
  add_card(tree_, "0000:03:00.0", {.vendor = "0x1002"});
  BackendEntry entry = stub_vendor(
      "AMD",
      [&](const Discovery&) {
        ++asked;
        return Discovered{};
      },
      kAmd);
  entry.may_be_elsewhere = nowhere_else;

  discover({entry});

  EXPECT_EQ(asked, 1);
}

TEST_F(SystemDiscovery, TellsVendorsWhatTheBusShows) {
  add_card(tree_, "0000:41:00.0");
  std::size_t seen = 0;
  discover({stub_vendor("X", [&](const Discovery& discovery) -> Result<Discovered> {
    seen = discovery.pci.size();
    return Discovered{};
  })});

  EXPECT_EQ(seen, 1U);
  EXPECT_EQ(system_->pci().size(), 1U);
}

class HangingDiscovery : public SystemDiscovery {
 protected:
  /// Hangs until the gate opens, then finds nothing.
  BackendEntry hanging() {
    return stub_vendor(
        "NVIDIA",
        [gate = gate_](const Discovery&) -> Result<Discovered> {
          gate->pass();
          return Discovered{};
        },
        kNvidia);
  }

  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

TEST_F(HangingDiscovery, CostsOnlyItsOwnDevices) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  add_card(tree_, "0000:03:00.0", {.vendor = "0x1002", .driver = "amdgpu"});
  const ClockMover mover(clock_, 11s);
  discover({hanging(), stub_vendor("AMD", finds({stub_info_at("AMD", "0000:03:00.0")}), kAmd)});

  ASSERT_EQ(system_->devices().size(), 2U);
  EXPECT_EQ(device(0).uuid, "uuid of 0000:03:00.0");
  EXPECT_EQ(device(0).state, DeviceState::ok);
  EXPECT_EQ(device(1).uuid, "PCI-0000:41:00.0");
  EXPECT_EQ(device(1).state, DeviceState::hung);
  EXPECT_EQ(device(1).state_reason, "NVIDIA: the driver did not answer within 10s");
  EXPECT_TRUE(system_->has_stuck_driver());
  ASSERT_EQ(system_->problems().size(), 1U);
  EXPECT_EQ(system_->problems()[0].code, Errc::timeout);
  gate_->open();
}

TEST_F(HangingDiscovery, IsNotWaitedForASecondTime) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  {
    const ClockMover mover(clock_, 11s);
    discover({hanging()});
  }
  const auto before = clock_->steady();

  system_->discover();  // Nobody moves the clock: waiting would never end.

  EXPECT_EQ(clock_->steady(), before);
  EXPECT_EQ(device(0).state, DeviceState::hung);
  EXPECT_EQ(system_->findings().at(0).id, "ACC-SYS-001");
  gate_->open();
}

TEST_F(HangingDiscovery, IsForgottenOnceTheDriverAnswers) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  {
    const ClockMover mover(clock_, 11s);
    discover({hanging()});
  }
  gate_->open();
  while (system_->has_stuck_driver()) std::this_thread::yield();

  system_->discover();

  EXPECT_TRUE(system_->problems().empty());
  EXPECT_EQ(device(0).state, DeviceState::ok);
}

TEST_F(HangingDiscovery, MayHangWhileTheBackEndIsMade) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  auto entry = stub_vendor("NVIDIA", finds({}), kNvidia);
  entry.make = [gate = gate_](const Machine&) -> std::unique_ptr<Backend> {
    gate->pass();
    return nullptr;
  };
  const ClockMover mover(clock_, 11s);
  discover({entry});

  EXPECT_EQ(device(0).state, DeviceState::hung);
  EXPECT_EQ(system_->findings().at(0).id, "ACC-SYS-001");
  gate_->open();
}

TEST_F(SystemDiscovery, CollectsWhatTheBackEndsFindWrong) {
  auto entry = stub_vendor("NVIDIA", finds({}));
  entry.make = [](const Machine&) {
    return std::make_unique<StubBackend>(
        finds({}), [] { return std::vector<Finding>{{.id = "ACC-DRV-001"}}; });
  };
  auto throwing = stub_vendor("AMD", finds({}));
  throwing.make = [](const Machine&) {
    return std::make_unique<StubBackend>(
        finds({}), []() -> std::vector<Finding> { throw std::runtime_error("boom"); });
  };
  discover({throwing, entry});

  const auto findings = system_->findings();

  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].id, "ACC-SYS-002");
  EXPECT_EQ(findings[0].evidence, "boom");
  EXPECT_EQ(findings[1].id, "ACC-DRV-001");
}

}  // namespace
}  // namespace accel
