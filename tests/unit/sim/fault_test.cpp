// The text form of faults and the devices that they select.
#include <gtest/gtest.h>

#include "model/fault.hpp"
#include "model/gpu.hpp"

namespace accel::sim {
namespace {

Fault parsed(std::string_view text) {
  Fault fault{};
  std::string why;
  EXPECT_TRUE(parse_fault(text, 1000, fault, why)) << text << ": " << why;
  return fault;
}

std::string refused(std::string_view text) {
  Fault fault{};
  std::string why;
  EXPECT_FALSE(parse_fault(text, 0, fault, why)) << text;
  return why;
}

TEST(Fault, MeansEveryDeviceWhenNoneIsNamed) {
  EXPECT_EQ(parsed("lost").selector.view(), "*");
  EXPECT_EQ(parsed("GPU3 lost").selector.view(), "GPU3");
}

TEST(Fault, CarriesItsValue) {
  EXPECT_EQ(parsed("xid:79").value, 79);
  EXPECT_EQ(parsed("slow=200ms").value, 200'000'000);
  EXPECT_EQ(parsed("symbol-missing=nvmlDeviceGetName").symbol.view(), "nvmlDeviceGetName");
}

TEST(Fault, MayBeBoundToAFunctionACountATimeAndAProcess) {
  const Fault fault = parsed("0 hung@nvmlDeviceGetPowerUsage after=3 for=2s pid=17");

  EXPECT_EQ(fault.function.view(), "nvmlDeviceGetPowerUsage");
  EXPECT_EQ(fault.after, 3);
  EXPECT_EQ(fault.until, 2'000'001'000);
  EXPECT_EQ(fault.pid, 17U);
}

TEST(Fault, KnowsEveryName) {
  for (const char* name : {"symbol-missing", "slow", "hung", "crash", "lost", "xid:48",
                           "no-permission", "not-supported", "mismatch", "garbage"}) {
    parsed(name);
  }
}

TEST(Fault, SaysWhatIsWrong) {
  EXPECT_EQ(refused("melted"), "unknown fault 'melted'");
  EXPECT_EQ(refused("xid"), "xid needs a number: xid:79");
  EXPECT_EQ(refused("slow=fast"), "bad duration 'fast'");
  EXPECT_EQ(refused("lost=1"), "lost takes no value");
  EXPECT_EQ(refused("lost whenever"),
            "bad option 'whenever'; expected after=N, for=DURATION or pid=N");
  EXPECT_EQ(refused(""), "no fault named");
}

TEST(Fault, SelectsByIndexNameUuidAndAddress) {
  Gpu gpu{};
  gpu.position = 3;
  gpu.domain = 1;
  gpu.bus = 0x1b;
  gpu.uuid.set("GPU-12345678-0000-0000-0000-000000000000");

  for (const char* selector :
       {"*", "", "3", "GPU3", "TPU3", "GPU-12345678-0000-0000-0000-000000000000", "0001:1b:00.0",
        "0001:1B:00.0", "00000001:1B:00.0"}) {
    EXPECT_TRUE(selects(selector, gpu)) << selector;
  }
  for (const char* selector : {"2", "GPU", "GPU33", "0000:1b:00.0", "1b:00.0", "3x"}) {
    EXPECT_FALSE(selects(selector, gpu)) << selector;
  }
}

}  // namespace
}  // namespace accel::sim
