#include "cli/crash_guard.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/vendor_call.hpp"

namespace accel::cli {
namespace {

using base::VendorCall;

/// How a process ends that does `work` under the guard.
int wait_status(const GuardedWork& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(run_guarded(work));
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

/// Crashes in a vendor's call unless that vendor crashed before; then 10 and the number of crashes.
GuardedWork crashes_once(const char* vendor, int signal) {
  return [vendor, signal](std::span<const Crash> crashes) {
    for (const Crash& crash : crashes) {
      if (crash.vendor == vendor && crash.signal == signal) {
        return 10 + static_cast<int>(crashes.size());
      }
    }
    const VendorCall mark(vendor, "libvendor.so", "vendorRead");
    ::raise(signal);
    return 1;
  };
}

TEST(CrashGuard, GivesBackTheStatusOfTheWork) {
  EXPECT_EQ(wait_status([](auto) { return 3; }), 3 << 8);
}

TEST(CrashGuard, WorksAgainWithoutAVendorThatCrashed) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
    EXPECT_EQ(wait_status(crashes_once("NVIDIA", signal)), 11 << 8) << signal;
  }
}

TEST(CrashGuard, SeesACrashOnAnotherThread) {
  const GuardedWork work = [](std::span<const Crash> crashes) {
    if (!crashes.empty()) return crashes[0].function == "vendorRead" ? 11 : 12;
    std::thread([] {
      const VendorCall mark("NVIDIA", "libvendor.so", "vendorRead");
      ::raise(SIGSEGV);
    }).join();
    return 1;
  };

  EXPECT_EQ(wait_status(work), 11 << 8);
}

TEST(CrashGuard, SurvivesTwoVendors) {
  const GuardedWork work = [](std::span<const Crash> crashes) {
    if (crashes.size() == 2) return 12;
    const VendorCall mark(crashes.empty() ? "NVIDIA" : "AMD", "libvendor.so", "vendorRead");
    std::abort();
  };

  EXPECT_EQ(wait_status(work), 12 << 8);
}

TEST(CrashGuard, NoticesAVendorThatEndsTheProgram) {
  const GuardedWork work = [](std::span<const Crash> crashes) {
    if (!crashes.empty())
      return crash_text(crashes[0]) == "libv.so ended the program in f" ? 11 : 12;
    const VendorCall mark("NVIDIA", "libv.so", "f");
    std::exit(0);
  };

  EXPECT_EQ(wait_status(work), 11 << 8);
}

TEST(CrashGuard, HidesNoCrashOfOurOwn) {
  const int status = wait_status([](auto) {
    { const VendorCall mark("NVIDIA", "libvendor.so", "vendorRead"); }
    ::raise(SIGSEGV);
    return 0;
  });

  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGSEGV);
}

TEST(CrashGuard, GivesUpOnAVendorThatCrashesAllTheSame) {
  const int status = wait_status([](auto) {
    const VendorCall mark("NVIDIA", "libvendor.so", "vendorRead");
    ::raise(SIGABRT);
    return 0;
  });

  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGABRT);
}

TEST(CrashText, NamesLibraryFunctionAndSignal) {
  EXPECT_EQ(crash_text({"NVIDIA", "libnvidia-ml.so.1", "nvmlDeviceGetPowerUsage", SIGSEGV}),
            "libnvidia-ml.so.1 crashed in nvmlDeviceGetPowerUsage (SIGSEGV)");
}

TEST(VendorCallMark, IsTheInnermostCallOfItsThread) {
  EXPECT_EQ(VendorCall::current(), nullptr);
  const VendorCall outer("a", "b", "outer");
  {
    const VendorCall inner("a", "b", "inner");
    EXPECT_STREQ(VendorCall::current()->function(), "inner");
    std::thread([] { EXPECT_EQ(VendorCall::current(), nullptr); }).join();
  }
  EXPECT_STREQ(VendorCall::current()->function(), "outer");
}

}  // namespace
}  // namespace accel::cli
