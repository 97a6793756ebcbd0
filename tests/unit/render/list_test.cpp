#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "render/json.hpp"
#include "render/list_document.hpp"
#include "render/list_text.hpp"
#include "support/json_schema.hpp"
#include "unit/render/sample_machine.hpp"

namespace accel::render {
namespace {

using Json = nlohmann::json;

Inventory with_accelerators(std::vector<AcceleratorInfo> accelerators) {
  Inventory inventory;
  inventory.hardware.accelerators = std::move(accelerators);
  return inventory;
}

Json document(const Inventory& inventory) { return Json::parse(json(list_document(inventory))); }

/// An inventory in which every list has an entry, so that a schema has something to look at.
Inventory full() {
  Inventory inventory = with_accelerators({h100()});
  HardwareInfo& hardware = inventory.hardware;
  hardware.cpu.model = std::string("EPYC");
  hardware.cpu.base_clock = megahertz(2400);
  hardware.cpu.sockets = {{0, 64, 128}};
  hardware.cpu.caches.push_back({3, "Unified", bytes(1 << 28), 2});
  hardware.cpu.numa_nodes.push_back({0, std::string("0-63"), bytes(1 << 30), {}, {10}});
  hardware.cpu.features = {"avx512f"};
  hardware.memory.total = bytes(1LL << 40);
  hardware.memory.modules.push_back({"DIMM_A1", "P0", bytes(1LL << 36)});
  hardware.memory.persistent.push_back({"region0", "nvdimm", bytes(1LL << 37)});
  StorageInfo disk;
  disk.device_path = "/dev/nvme0n1";
  disk.capacity = bytes(3'840'755'982'336);
  disk.wear = percent(1.5);
  disk.power_on = Duration{7'300LL * 1'000'000'000};
  hardware.storage.push_back(disk);
  NetworkInfo port;
  port.name = "mlx5_0";
  port.kind = "infiniband";
  port.port = 1;
  hardware.network.push_back(port);
  SoftwareInfo docker;
  docker.name = "docker";
  docker.kind = "container";
  docker.ready = true;
  hardware.software.push_back(docker);
  hardware.warnings = {"WARNING: 8 GPUs detected on PCI bus, but only 7 accessible via drivers."};
  inventory.problems.push_back({Errc::nvml_error, "boom", "reload the driver", {{"code", "18"}}});
  return inventory;
}

TEST(ListDocument, CountsAccelerators) {
  EXPECT_EQ(document(with_accelerators({}))["accelerator_count"], 0);
  EXPECT_EQ(document(with_accelerators({h100()}))["accelerator_count"], 1);
  EXPECT_EQ(document(with_accelerators({h100(), h100()}))["accelerator_count"], 2);
}

TEST(ListDocument, DoesNotCountAPartitionBesideItsParent) {
  AcceleratorInfo partition = h100();
  partition.parent = h100().uuid;
  partition.partition = 0;

  const Json listed = document(with_accelerators({h100(), partition}));
  EXPECT_EQ(listed["accelerator_count"], 1);
  EXPECT_EQ(listed["accelerators"].size(), 2U);
}

TEST(ListDocument, IsAsItsSchemaSays) {
  const testing::JsonSchema schema(
      Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/list-1.json")));

  EXPECT_EQ(schema.violation(document(full())), "");
  EXPECT_EQ(schema.violation(document(Inventory{})), "");
}

TEST(ListDocument, ExplainsEveryFieldThatIsNull) {
  const Json device = document(with_accelerators({h100()}))["accelerators"][0];
  std::set<std::string> explained;
  for (const auto& entry : device["missing"]) explained.insert(entry["field"]);

  for (const auto& [name, value] : device.items()) {
    // These are null on purpose: the device is whole and well.
    const bool by_nature = name == "parent" || name == "partition" || name.starts_with("state_");
    if (!by_nature) {
      EXPECT_EQ(value.is_null(), explained.contains(name)) << name;
    }
  }
  EXPECT_TRUE(device["serial"].is_null());
}

TEST(ListDocument, GivesSizesInBytesAndInWholeGibibytes) {
  const Json device = document(with_accelerators({h100()}))["accelerators"][0];

  EXPECT_EQ(device["memory_bytes"], 85'520'809'984);
  EXPECT_EQ(device["memory_gb"], 79);
  EXPECT_EQ(device["extra_info"]["sm_count"], 132);
  EXPECT_EQ(device["pci_ids"]["device"], "2330");
}

TEST(ListText, HeadsEachVendorAndNamesEachDevice) {
  const std::string text = list_text(with_accelerators({h100()}), {});

  EXPECT_NE(text.find("  NVIDIA GPUs:\n    [0] NVIDIA H100 80GB HBM3\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("        Memory:         79.6 GiB\n"), std::string::npos) << text;
  EXPECT_NE(text.find("        Compute Cap:    9.0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("        Driver:         nvidia 570.86.15\n"), std::string::npos) << text;
}

TEST(ListText, NamesADeviceWithoutModelByItsBusIds) {
  AcceleratorInfo info = h100();
  info.model = Absence{ReadingStatus::unsupported, "", ""};

  EXPECT_NE(list_text(with_accelerators({info}), {}).find("    [0] device 10de:2330\n"),
            std::string::npos);
}

TEST(ListText, SaysThatThereIsNoAccelerator) {
  EXPECT_NE(list_text({}, {}).find("  No accelerators detected\n"), std::string::npos);
}

TEST(ListText, GoesOnWithTheRestWhenDetectionFails) {
  Inventory inventory = full();
  inventory.hardware.accelerators.clear();

  const std::string text = list_text(inventory, {});
  EXPECT_NE(text.find("Accelerator detection failed: boom\n"), std::string::npos) << text;
  EXPECT_NE(text.find("EPYC"), std::string::npos);
  EXPECT_NE(text.find("1 TiB"), std::string::npos);
  EXPECT_NE(text.find("/dev/nvme0n1"), std::string::npos);
}

TEST(ListText, WarnsOfDevicesThatNoDriverExposes) {
  const std::string text = list_text(full(), {});

  EXPECT_NE(
      text.find("\nWARNING: 8 GPUs detected on PCI bus, but only 7 accessible via drivers.\n"),
      std::string::npos)
      << text;
}

TEST(ListText, SaysWhyADeviceCannotBeUsed) {
  AcceleratorInfo info = h100();
  info.state = DeviceState::no_permission;
  info.state_reason = "/dev/nvidiactl: Permission denied";
  info.state_remedy = "join the group video";

  const std::string text = list_text(with_accelerators({info}), {});
  EXPECT_NE(text.find("State:          no_permission: /dev/nvidiactl: Permission denied"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Remedy:         join the group video"), std::string::npos) << text;
}

TEST(ListText, GivesTheReasonOfADevicesStateOnce) {
  AcceleratorInfo info = h100();
  const Absence why{ReadingStatus::no_driver, "/sys/x/driver: no driver is bound", "install it"};
  info.state = DeviceState::no_driver;
  info.state_reason = why.reason;
  info.state_remedy = why.remedy;
  info.memory = why;
  info.driver = why;
  info.driver_version = why;

  const std::string text = list_text(with_accelerators({info}), {});
  EXPECT_NE(text.find("Memory:         unknown\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Driver:         none\n"), std::string::npos) << text;
  EXPECT_NE(text.find("State:          no_driver: /sys/x/driver: no driver is bound\n"),
            std::string::npos)
      << text;
}

TEST(ListText, NamesADriverWhoseVersionIsUnknown) {
  AcceleratorInfo info = h100();
  info.driver = std::string("amdgpu");
  info.driver_version = Absence{ReadingStatus::unsupported, "part of the kernel", ""};

  const std::string text = list_text(with_accelerators({info}), {});
  EXPECT_NE(text.find("Driver:         amdgpu, version unknown: part of the kernel\n"),
            std::string::npos)
      << text;
}

TEST(ListText, SaysSimulatedInTheFirstLine) {
  Inventory inventory = full();
  inventory.simulated = "t4";

  EXPECT_EQ(list_text(inventory, {}).rfind("SIMULATED t4", 0), 0U);
}

}  // namespace
}  // namespace accel::render
