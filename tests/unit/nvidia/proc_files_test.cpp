#include "backends/nvidia/proc_files.hpp"

#include <gtest/gtest.h>

namespace accel::nvidia {
namespace {

// Forms of the first line: NVIDIA's closed module (535) and its open one (560).
TEST(NvidiaModuleVersion, IsFoundInEitherForm) {
  EXPECT_EQ(parse_module_version("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.12  Wed "
                                 "Sep 20 09:35:17 UTC 2023\nGCC version:  gcc version 12.2.0\n"),
            "535.104.12");
  EXPECT_EQ(
      parse_module_version("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03"
                           "  Release Build  (dvs-builder@U16-I3-B03-4-3)\n"),
      "560.35.03");
}

TEST(NvidiaModuleVersion, IsNotTheCompilers) {
  EXPECT_EQ(parse_module_version("NVRM version:\nGCC version:  gcc version 12.2.0\n"), "");
  EXPECT_EQ(parse_module_version(""), "");
}

TEST(NvidiaGpuFile, TellsWhoTheGpuIs) {
  const GpuFile file = parse_gpu_file(
      "Model: \t\t NVIDIA A100-SXM4-40GB\nGPU UUID: \t GPU-1\nVideo BIOS: \t 92.00.45.00.03\n"
      "Device Minor: \t 7\nGPU Excluded:\t Yes\n",
      "information");

  EXPECT_EQ(file.model.optional(), "NVIDIA A100-SXM4-40GB");
  EXPECT_EQ(file.uuid.optional(), "GPU-1");
  EXPECT_EQ(file.video_bios.optional(), "92.00.45.00.03");
  EXPECT_EQ(file.minor, 7);
  EXPECT_TRUE(file.excluded);
  EXPECT_EQ(file.firmware.status(), ReadingStatus::unsupported);
}

TEST(NvidiaGpuFile, DoesNotTakeQuestionMarksForAUuid) {
  const GpuFile file = parse_gpu_file(
      "GPU UUID: \t GPU-\?\?\?\?\?\?\?\?-\?\?\?\?-\?\?\?\?-\?\?\?\?-\?\?\?\?\n"
      "Video BIOS: \t \?\?.\?\?.\?\?.\?\?.\?\?\n",
      "information");

  EXPECT_EQ(file.uuid.status(), ReadingStatus::needs_workload);
  EXPECT_EQ(file.video_bios.status(), ReadingStatus::needs_workload);
}

TEST(NvidiaGpuFile, HasNoMinorThatIsNoNumber) {
  EXPECT_FALSE(parse_gpu_file("Device Minor: \t -3\n", "information").minor);
  EXPECT_FALSE(parse_gpu_file("Device Minor: \t 99999999999\n", "information").minor);
  EXPECT_FALSE(parse_gpu_file("Device Minor: \t x\n", "information").minor);
}

TEST(NvidiaCapability, HasTheMinorThatItsFileNames) {
  EXPECT_EQ(parse_minor("DeviceFileMinor: 12\nDeviceFileMode: 292\n", "DeviceFileMinor"), 12);
  EXPECT_FALSE(parse_minor("DeviceFileMode: 292\n", "DeviceFileMinor"));
  EXPECT_FALSE(parse_minor("DeviceFileMinor: 1048576\n", "DeviceFileMinor"));
}

}  // namespace
}  // namespace accel::nvidia
