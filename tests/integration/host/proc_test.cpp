// This machine's memory and names against the system calls that state them, and disk health
// against smartctl.
#include <gtest/gtest.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>

#include "accel/host.hpp"
#include "tool.hpp"

namespace accel::host {
namespace {

TEST(ThisMachine, HasTheMemoryThatTheKernelStates) {
  struct sysinfo stated {};
  ASSERT_EQ(::sysinfo(&stated), 0);

  const auto memory = host::memory(Machine{});
  const auto unit = static_cast<std::int64_t>(stated.mem_unit);
  EXPECT_EQ(memory.total.optional(), bytes(static_cast<std::int64_t>(stated.totalram) * unit));
  EXPECT_EQ(memory.swap_total.optional(),
            bytes(static_cast<std::int64_t>(stated.totalswap) * unit));
  ASSERT_TRUE(memory.free);
  ASSERT_TRUE(memory.available);
  EXPECT_LE(*memory.free, *memory.total);
  EXPECT_LE(*memory.available, *memory.total);
}

TEST(ThisMachine, HasTheNamesThatTheKernelStates) {
  struct utsname stated {};
  ASSERT_EQ(::uname(&stated), 0);

  const auto platform = host::platform(Machine{});
  EXPECT_EQ(platform.hostname.optional(), std::string(static_cast<const char*>(stated.nodename)));
  EXPECT_EQ(platform.kernel.optional(), std::string(static_cast<const char*>(stated.release)));
  EXPECT_EQ(platform.architecture.optional(),
            std::string(static_cast<const char*>(stated.machine)));
}

TEST(ThisMachine, HasAsManyProcessorsOnlineAsTheCLibrarySays) {
  EXPECT_EQ(host::cpu(Machine{}).logical_cores.optional(), ::sysconf(_SC_NPROCESSORS_ONLN));
}

TEST(ThisMachine, KnowsOfItsDisksHealthWhatSmartctlKnows) {
  int compared = 0;
  for (const auto& disk : host::storage(Machine{})) {
    if (!disk.device_path.starts_with("/dev/")) continue;
    const auto report = testing::json_of("smartctl -j -n standby -a " + disk.device_path);
    if (!report || !report->contains("smart_status")) {
      // Not a disk that smartctl can read: then we must not claim to either.
      EXPECT_FALSE(report && disk.health) << disk.device_path;
      continue;
    }
    ++compared;
    if (!disk.health) continue;  // Without root, neither can.
    if (!report->at("smart_status").value("passed", true)) {
      EXPECT_EQ(disk.health.optional(), StorageHealth::critical);
    }
    if (disk.power_on && report->contains("power_on_time")) {
      const auto hours = report->at("power_on_time").value("hours", std::int64_t{-1});
      EXPECT_NEAR(static_cast<double>(disk.power_on->value) / 3.6e12, static_cast<double>(hours),
                  1);
    }
    if (disk.temperature && report->contains("temperature")) {
      const auto degrees = report->at("temperature").value("current", 0);
      EXPECT_NEAR(shown(*disk.temperature), degrees, 2);
    }
  }
  if (compared == 0) GTEST_SKIP() << "no disk here that smartctl can read";
}

TEST(ThisMachine, IsListedWithinTwoSecondsWhateverItsDisksDo) {
  const auto start = std::chrono::steady_clock::now();
  (void)host::storage(Machine{});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

}  // namespace
}  // namespace accel::host
