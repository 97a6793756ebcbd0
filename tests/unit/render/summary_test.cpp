#include "accel/summary.hpp"

#include <gtest/gtest.h>

namespace accel {
namespace {

ReadingSet rtx_4090() {
  ReadingSet readings;
  readings.set(metric::temperature, Reading<Temperature>(celsius(75)));
  readings.set(metric::power, Reading<Power>(milliwatts(350'900)));
  readings.set(metric::power_limit, Reading<Power>(milliwatts(450'000)));
  readings.set(metric::utilization, Reading<Ratio>(percent(85)));
  readings.set(metric::memory_used, Reading<Bytes>(mebibytes(4096)));
  readings.set(metric::memory_total, Reading<Bytes>(mebibytes(24576)));
  return readings;
}

TEST(GpuSummary, SaysTheMainReadingsInOneLine) {
  EXPECT_EQ(gpu_summary("NVIDIA RTX 4090", rtx_4090()),
            "NVIDIA RTX 4090: 75°C, 350W/450W, GPU: 85%, VRAM: 4.00 GiB/24.00 GiB (16%)");
}

TEST(GpuSummary, TruncatesNoShareByMistake) {
  ReadingSet readings = rtx_4090();
  readings.set(metric::utilization, Reading<Ratio>(percent(29)));

  EXPECT_NE(gpu_summary("X", readings).find("GPU: 29%"), std::string::npos);
}

TEST(GpuSummary, WritesNaInPlaceOfWhatIsMissing) {
  ReadingSet readings = rtx_4090();
  readings.set(metric::power, Reading<Power>(Absence{ReadingStatus::unsupported, "", ""}));
  readings.set(metric::memory_total, Reading<Bytes>(bytes(0)));

  EXPECT_EQ(gpu_summary("X", readings),
            "X: 75°C, N/AW/450W, GPU: 85%, VRAM: 4.00 GiB/0.00 B (N/A%)");
}

TEST(GpuSummary, TakesNoStaleValueForAPresentOne) {
  ReadingSet readings = rtx_4090();
  readings.mark_stale("the driver is gone");

  EXPECT_EQ(gpu_summary("X", readings), "X: N/A°C, N/AW/N/AW, GPU: N/A%, VRAM: N/A/N/A (N/A%)");
}

TEST(FormatBytes, HasTwoDecimalsAndBase1024) {
  EXPECT_EQ(format_bytes(0), "0.00 B");
  EXPECT_EQ(format_bytes(1024), "1.00 KiB");
  EXPECT_EQ(format_bytes(1536), "1.50 KiB");
  EXPECT_EQ(format_bytes(1024 * 1024), "1.00 MiB");
  EXPECT_EQ(format_bytes(1024ULL * 1024 * 1024), "1.00 GiB");
  EXPECT_EQ(format_bytes(~0ULL), "16777216.00 TiB");
}

}  // namespace
}  // namespace accel
