#include "base/drm_fdinfo.hpp"

#include <gtest/gtest.h>

#include <string>

namespace accel::base {
namespace {

// Texts as the kernel's drivers print them (amdgpu_fdinfo.c, xe_drm_client.c, drm_file.c).
constexpr std::string_view kAmdgpu =
    "pos:\t0\nflags:\t02100002\nmnt_id:\t26\nino:\t607\n"
    "drm-driver:\tamdgpu\ndrm-client-id:\t42\ndrm-pdev:\t0000:03:00.0\npasid:\t32770\n"
    "drm-memory-vram:\t512 KiB\ndrm-memory-gtt: \t0 KiB\n"
    "drm-engine-gfx:\t123456789 ns\ndrm-engine-dec:\t5 ns\namd-requested-vram:\t2 MiB\n";

TEST(DrmFdinfo, TellsWhoseClientItIs) {
  const auto client = parse_drm_fdinfo(kAmdgpu);

  ASSERT_TRUE(client);
  EXPECT_EQ(client->driver, "amdgpu");
  EXPECT_EQ(client->pdev, "0000:03:00.0");
  EXPECT_EQ(client->id, 42U);
}

TEST(DrmFdinfo, IsNothingWithoutADriver) {
  EXPECT_FALSE(parse_drm_fdinfo(""));
  EXPECT_FALSE(parse_drm_fdinfo("pos:\t0\nflags:\t02\n"));
  EXPECT_FALSE(parse_drm_fdinfo("drm-driver:\t\n"));
}

TEST(DrmFdinfo, CountsEngineTimeAndAssumesOneEngineAClass) {
  const auto client = parse_drm_fdinfo(kAmdgpu);

  ASSERT_TRUE(client);
  ASSERT_NE(client->engine("gfx"), nullptr);
  EXPECT_EQ(client->engine("gfx")->busy, 123456789U);
  EXPECT_EQ(client->engine("gfx")->capacity, 1U);
  EXPECT_EQ(client->engine("compute"), nullptr);
}

TEST(DrmFdinfo, KeepsCapacityApartFromAnEngineOfThatName) {
  const auto client = parse_drm_fdinfo(
      "drm-driver: i915\ndrm-engine-video: 7 ns\ndrm-engine-capacity-video: 2\n"
      "drm-engine-capacity-render: 0\ndrm-engine-render: 1 ns\n");

  ASSERT_TRUE(client);
  ASSERT_EQ(client->engines.size(), 2U);
  EXPECT_EQ(client->engine("video")->capacity, 2U);
  EXPECT_EQ(client->engine("render")->capacity, 1U) << "no class has no engines";
}

TEST(DrmFdinfo, CountsCyclesWhereTheDriverDoes) {
  const auto client = parse_drm_fdinfo(
      "drm-driver:\txe\ndrm-cycles-rcs:\t28257900\ndrm-total-cycles-rcs:\t7655183225\n"
      "drm-total-vram0:\t4 MiB\n");

  ASSERT_TRUE(client);
  ASSERT_NE(client->engine("rcs"), nullptr);
  EXPECT_EQ(client->engine("rcs")->cycles, 28257900U);
  EXPECT_EQ(client->engine("rcs")->total_cycles, 7655183225U);
  EXPECT_FALSE(client->engine("rcs")->busy);
  ASSERT_EQ(client->regions.size(), 1U) << "total cycles are no memory region";
  EXPECT_EQ(client->region("vram0")->total, 4U * 1024 * 1024);
}

TEST(DrmFdinfo, ReadsTheSizesThatTheKernelWrites) {
  EXPECT_EQ(parse_drm_size("2 MiB"), 2097152U);
  EXPECT_EQ(parse_drm_size("512 KiB"), 524288U);
  EXPECT_EQ(parse_drm_size("4096"), 4096U);
  EXPECT_EQ(parse_drm_size("0"), 0U);
}

TEST(DrmFdinfo, TakesNothingElseForASize) {
  for (const char* text : {"", "KiB", " KiB", "1KiB ", "1 kB", "-1", "1.5 MiB", "1 KiB KiB",
                           "18446744073709551615 MiB", "18446744073709551616"}) {
    EXPECT_FALSE(parse_drm_size(text)) << text;
  }
}

TEST(DrmFdinfo, TakesTheOldNameOfResidentMemoryOnlyWhereTheNewOneIsMissing) {
  const auto both =
      parse_drm_fdinfo("drm-driver: amdgpu\ndrm-memory-vram: 8 KiB\ndrm-resident-vram: 4 KiB\n");
  const auto old = parse_drm_fdinfo("drm-driver: amdgpu\ndrm-memory-vram: 8 KiB\n");

  ASSERT_TRUE(both && old);
  EXPECT_EQ(both->region("vram")->resident, 4096U);
  EXPECT_EQ(old->region("vram")->resident, 8192U);
}

TEST(DrmFdinfo, LosesNoOtherLineToABrokenOne) {
  const auto client = parse_drm_fdinfo(
      "drm-engine-gfx:\tmany ns\ndrm-engine-compute:\t3 ms\n:\nno colon\ndrm-engine-:\t4 ns\n"
      "drm-driver:\tamdgpu\ndrm-client-id:\tx\ndrm-engine-dma:\t9 ns");

  ASSERT_TRUE(client);
  EXPECT_FALSE(client->id);
  ASSERT_EQ(client->engines.size(), 1U);
  EXPECT_EQ(client->engine("dma")->busy, 9U);
}

TEST(DrmFdinfo, KeepsNumbersUnderADriversOwnKeys) {
  const auto client = parse_drm_fdinfo(kAmdgpu);

  ASSERT_TRUE(client);
  const std::pair<std::string, std::uint64_t> requested{"amd-requested-vram", 2097152};
  EXPECT_EQ(client->other.back(), requested);
}

TEST(DrmFdinfo, StopsAtAnAbsurdNumberOfEngines) {
  std::string text = "drm-driver: amdgpu\n";
  for (int i = 0; i < 1000; ++i) text += "drm-engine-e" + std::to_string(i) + ": 1 ns\n";

  EXPECT_LT(parse_drm_fdinfo(text)->engines.size(), 100U);
}

}  // namespace
}  // namespace accel::base
