#include <array>

#include "backends/nvidia/library.hpp"
#include "support/clock_mover.hpp"
#include "support/gate.hpp"
#include "support/opened_files.hpp"
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvidiaDiscovery : public NvidiaTest {};

constexpr const char* kInformation =
    "Model: \t\t NVIDIA H100 80GB HBM3\n"
    "IRQ:   \t\t 255\n"
    "GPU UUID: \t GPU-99999999-8888-7777-6666-555555555555\n"
    "Video BIOS: \t 96.00.74.00.1A\n"
    "Bus Type: \t PCIe\n"
    "Bus Location: \t 0000:41:00.0\n"
    "Device Minor: \t 3\n"
    "GPU Firmware: \t 535.104.12\n"
    "GPU Excluded:\t No\n";

TEST_F(NvidiaDiscovery, FindsNothingOnAMachineWithoutGpus) {
  discover();
  EXPECT_TRUE(devices_.empty());
  EXPECT_TRUE(problems_.empty());
}

TEST_F(NvidiaDiscovery, TellsWhoAGpuIs) {
  tree_.file("dev/nvidia0", "")
      .file("dev/nvidiactl", "")
      .file("proc/driver/nvidia/gpus/0000:41:00.0/power", "Runtime D3 status: Not supported\n");
  add_gpu();

  discover();
  ASSERT_EQ(devices_.size(), 1U);
  EXPECT_EQ(info().uuid, "GPU-65-2222-3333-4444-555555555555");
  EXPECT_EQ(info().vendor, "NVIDIA");
  EXPECT_EQ(info().device_type, DeviceType::gpu);
  EXPECT_EQ(info().state, DeviceState::ok);
  EXPECT_EQ(info().model.optional(), "NVIDIA H100 80GB HBM3");
  EXPECT_EQ(info().serial.optional(), "1320000000001");
  EXPECT_EQ(info().compute_capability.optional(), "9.0");
  EXPECT_EQ(info().memory.optional(), bytes(85899345920));
  EXPECT_EQ(info().driver.optional(), "nvidia");
  EXPECT_EQ(info().driver_version.optional(), "535.104.12");
  EXPECT_EQ(info().firmware_version.optional(), "96.00.74.00.1A");
  EXPECT_EQ(info().gpu_type.optional(), GpuType::discrete);
  EXPECT_EQ(info().pci_address->text(), "0000:41:00.0");
  EXPECT_EQ(info().pcie_gen.optional(), 5);
  EXPECT_NEAR(*info().bandwidth_gbps, 126.03, 0.01);
  EXPECT_EQ(info().device_nodes, (std::vector<std::string>{"/dev/nvidia0", "/dev/nvidiactl"}));
  EXPECT_EQ(extra_number(info(), "cuda_cores"), 16896);
  EXPECT_EQ(extra_number(info(), "sm_count"), 132);
  EXPECT_EQ(extra_text(info(), "architecture"), "Hopper");
  EXPECT_EQ(extra_text(info(), "runtime_d3"), "Not supported");
  EXPECT_EQ(extra_text(info(), "board_part_number"), "692-2G520-0200-000");
}

TEST_F(NvidiaDiscovery, ReadsTheDriversVersionOnceForAllGpus) {
  tree_.file("sys/module/nvidia/version", "535.104.12\n");
  for (const unsigned bus : {0x41U, 0x42U, 0x43U}) add_gpu(bus);
  const accel::testing::OpenedFiles opened(tree_.root() / "sys/module/nvidia");

  discover();

  EXPECT_EQ(devices_.size(), 3U);
  EXPECT_EQ(opened.counts(), (std::map<std::string, int>{{"version", 1}}));
}

TEST_F(NvidiaDiscovery, ListsAGpuWithoutASerialNumber) {
  add_gpu().serial.reset();

  discover();
  EXPECT_FALSE(info().serial);
  EXPECT_EQ(info().serial.status(), ReadingStatus::unsupported);
  EXPECT_EQ(info().serial.reason(), "nvmlDeviceGetSerial: Not Supported");
}

TEST_F(NvidiaDiscovery, KeepsThePlaceOfAGpuThatFailsItsName) {
  add_gpu(0x01);
  add_gpu(0x02).name.reset();
  add_gpu(0x03);

  discover();
  ASSERT_EQ(devices_.size(), 3U);
  EXPECT_TRUE(info(0).model);
  EXPECT_FALSE(info(1).model);
  EXPECT_EQ(info(1).model.reason(), "nvmlDeviceGetName: Not Supported");
  EXPECT_TRUE(info(1).serial);
  EXPECT_TRUE(info(2).model);
}

TEST_F(NvidiaDiscovery, KeepsTheOrderOfTheBus) {
  add_gpu(0xc1);
  add_gpu(0x41);

  discover();
  EXPECT_EQ(info(0).pci_address->text(), "0000:41:00.0");
  EXPECT_EQ(info(1).pci_address->text(), "0000:c1:00.0");
  EXPECT_EQ(info(1).index, 1);
}

TEST_F(NvidiaDiscovery, LeavesASuspendedGpuAsleep) {
  add_gpu(0x41, suspended());
  tree_.file("proc/driver/nvidia/gpus/0000:41:00.0/information", kInformation)
      .file("proc/driver/nvidia/gpus/0000:41:00.0/power",
            "Runtime D3 status:          Enabled (fine-grained)\nVideo Memory:               Off\n")
      .file("sys/module/nvidia/version", "535.104.12\n")
      .file("dev/nvidia3", "");

  const ReadingSet read = sample();
  EXPECT_TRUE(script().calls.empty()) << script().calls.front();
  EXPECT_EQ(info().state, DeviceState::asleep);
  EXPECT_EQ(info().uuid, "GPU-99999999-8888-7777-6666-555555555555");
  EXPECT_EQ(info().model.optional(), "NVIDIA H100 80GB HBM3");
  EXPECT_EQ(info().firmware_version.optional(), "96.00.74.00.1A");
  EXPECT_EQ(info().driver_version.optional(), "535.104.12");
  EXPECT_EQ(extra_text(info(), "runtime_d3"), "Enabled (fine-grained)");
  EXPECT_EQ(info().serial.status(), ReadingStatus::asleep);
  EXPECT_EQ(info().device_nodes, std::vector<std::string>{"/dev/nvidia3"});
  EXPECT_EQ(read.get(metric::temperature).status(), ReadingStatus::asleep);
  EXPECT_FALSE(read.get(metric::temperature).remedy().empty());
  EXPECT_EQ(read.get(metric::power_state).optional(), "Suspended");
  EXPECT_TRUE(problems_.empty());
}

TEST_F(NvidiaDiscovery, AsksOnlyTheGpusThatAreAwake) {
  add_gpu(0x41, suspended());
  add_gpu(0x42);

  discover();
  EXPECT_EQ(info(0).state, DeviceState::asleep);
  EXPECT_EQ(info(1).state, DeviceState::ok);
  EXPECT_EQ(calls_of("nvmlDeviceGetHandle"), 1);
  EXPECT_EQ(calls_of("nvmlDeviceGetHandleByPciBusId_v2 00000000:42:00.0"), 1);
}

TEST_F(NvidiaDiscovery, LeavesAGpuAsleepThatFellAsleepLater) {
  add_gpu();
  EXPECT_TRUE(sample().get(metric::temperature));
  tree_.file(pci_.front().directory.lexically_relative(tree_.root()) / "power/runtime_status",
             "suspended\n");
  script().calls.clear();

  EXPECT_EQ(sample().get(metric::temperature).status(), ReadingStatus::asleep);
  EXPECT_FALSE(devices_.front()->process_lister()->processes());
  ReadingSet slow;
  devices_.front()->slow_reader()->sample_slowly(slow);
  EXPECT_EQ(slow.get(metric::pcie_rx).status(), ReadingStatus::asleep);
  EXPECT_TRUE(backend().findings().empty());
  EXPECT_TRUE(script().calls.empty()) << script().calls.front();
}

TEST_F(NvidiaDiscovery, SaysThatAGpuIsLostWhoseHandleIsStillGiven) {
  add_gpu();
  script().status["nvmlDeviceGetName"] = 15;

  discover();
  EXPECT_EQ(info().state, DeviceState::lost);
  EXPECT_EQ(info().state_reason, "nvmlDeviceGetName: GPU is lost");
}

TEST_F(NvidiaDiscovery, WakesASuspendedGpuWhenToldTo) {
  add_gpu(0x41, suspended());
  machine_.wake = true;

  EXPECT_TRUE(sample().get(metric::temperature));
  EXPECT_EQ(info().state, DeviceState::ok);
}

TEST_F(NvidiaDiscovery, ListsAGpuThatAnotherDriverHas) {
  auto function = active();
  function.driver = "vfio-pci";
  add_gpu(0x41, function);

  discover();
  EXPECT_EQ(info().state, DeviceState::no_driver);
  EXPECT_EQ(info().state_reason, "bound to the driver vfio-pci");
  EXPECT_EQ(info().driver.optional(), "vfio-pci");
  EXPECT_EQ(info().uuid, "PCI-0000:41:00.0");
  EXPECT_TRUE(script().calls.empty());
}

TEST_F(NvidiaDiscovery, ListsAGpuThatNoDriverHas) {
  auto function = active();
  function.driver = "";
  add_gpu(0x41, function);

  const ReadingSet read = sample();
  EXPECT_EQ(info().state, DeviceState::no_driver);
  EXPECT_FALSE(info().driver);
  EXPECT_EQ(read.get(metric::power).status(), ReadingStatus::no_driver);
}

TEST_F(NvidiaDiscovery, ListsGpusThatTheLibraryDoesNotGive) {
  add_gpu(0x41).status["nvmlDeviceGetHandleByPciBusId_v2"] = 4;
  add_gpu(0x42);

  const ReadingSet read = sample();
  EXPECT_EQ(info(0).state, DeviceState::no_permission);
  EXPECT_FALSE(info(0).state_remedy.empty());
  EXPECT_EQ(read.get(metric::power).status(), ReadingStatus::no_permission);
  EXPECT_EQ(info(1).state, DeviceState::ok);
  ASSERT_EQ(problems_.size(), 1U);
  EXPECT_EQ(problems_[0].message,
            "NVIDIA: 0000:41:00.0: nvmlDeviceGetHandleByPciBusId_v2: Insufficient Permissions");
}

TEST_F(NvidiaDiscovery, FindsGpusByNumberWhereNoBusIsVisible) {
  add_gpu(0x42);
  add_gpu(0x41);
  tree_.remove("sys");

  discover();
  ASSERT_EQ(devices_.size(), 2U);
  EXPECT_EQ(info(0).pci_address->text(), "0000:42:00.0");
  EXPECT_EQ(info(0).pcie_gen.optional(), 5);
  EXPECT_NEAR(*info(0).bandwidth_gbps, 126.03, 0.01);
}

TEST_F(NvidiaDiscovery, KeepsThePlaceOfAGpuWhoseNumberFails) {
  add_gpu(0x41).status["nvmlDeviceGetHandleByIndex_v2"] = 15;
  add_gpu(0x42);
  tree_.remove("sys");

  discover();
  ASSERT_EQ(devices_.size(), 2U);
  EXPECT_EQ(info(0).state, DeviceState::lost);
  EXPECT_EQ(info(1).state, DeviceState::ok);
}

struct Board {
  const char* name;
  bool has_switch;
  BusType bus;
};

class BusOf : public NvidiaTest, public ::testing::WithParamInterface<Board> {};

TEST_P(BusOf, ComesFromTheNameOrTheNvlinkSwitch) {
  FakeGpu& gpu = add_gpu();
  gpu.name = GetParam().name;
  if (GetParam().has_switch) gpu.links.resize(1);

  discover();
  EXPECT_EQ(info().bus_type.optional(), GetParam().bus) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(Boards, BusOf,
                         ::testing::Values(Board{"NVIDIA A100-SXM4-40GB", true, BusType::sxm},
                                           Board{"NVIDIA H200", true, BusType::sxm},
                                           Board{"NVIDIA H200 NVL", false, BusType::pcie},
                                           Board{"NVIDIA H100 PCIe", false, BusType::pcie},
                                           Board{"NVIDIA GeForce RTX 4090", false, BusType::pcie},
                                           Board{"Tesla T4", false, BusType::pcie}));

TEST_F(NvidiaDiscovery, KnowsItsGpusWhileTheLibraryDoesNotStart) {
  tree_.file("proc/driver/nvidia/gpus/0000:41:00.0/information", kInformation);
  add_gpu();
  auto gate = std::make_shared<accel::testing::Gate>();
  script().before_init = [gate] { gate->pass(); };

  {
    const accel::testing::ClockMover mover(clock_, kIntroductionPatience);
    discover();
  }
  EXPECT_EQ(info().uuid, "GPU-99999999-8888-7777-6666-555555555555");
  EXPECT_EQ(info().model.optional(), "NVIDIA H100 80GB HBM3");
  EXPECT_EQ(info().state, DeviceState::hung);
  EXPECT_EQ(problems_.size(), 1U) << "said once, of the library";

  discover();
  EXPECT_EQ(calls_of("nvmlInit_v2"), 1) << "nobody is sent after one who has not come back";
  gate->open();
}

TEST_F(NvidiaDiscovery, KnowsItsGpusWithoutALibraryThatCrashed) {
  tree_.file("proc/driver/nvidia/gpus/0000:41:00.0/information", kInformation);
  add_gpu();
  machine_.refused_libraries = {{"libnvidia-ml.so.1", "it crashed in f (SIGSEGV)", "update it"}};

  discover();
  EXPECT_EQ(info().uuid, "GPU-99999999-8888-7777-6666-555555555555");
  EXPECT_EQ(info().state, DeviceState::error);
  EXPECT_EQ(info().state_reason, "it crashed in f (SIGSEGV)");
  EXPECT_EQ(calls_of(""), 0);
  ASSERT_EQ(backend().findings().size(), 1U);
  EXPECT_EQ(backend().findings()[0].id, "ACC-NV-005");
}

}  // namespace
}  // namespace accel::nvidia
