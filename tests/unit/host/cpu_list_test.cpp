#include "host/cpu_list.hpp"

#include <gtest/gtest.h>

namespace accel::host {
namespace {

TEST(CpuList, ReadsRangesAndSingleNumbers) {
  EXPECT_EQ(*parse_cpu_list("0-2,5,8-9"), (std::vector<int>{0, 1, 2, 5, 8, 9}));
}

TEST(CpuList, OfNothingIsEmpty) { EXPECT_TRUE(parse_cpu_list("")->empty()); }

TEST(CpuList, HoldsEachProcessorOnceInOrder) {
  EXPECT_EQ(*parse_cpu_list("3,1-3"), (std::vector<int>{1, 2, 3}));
}

TEST(CpuList, RefusesWhatTheKernelDoesNotWrite) {
  for (const char* text : {"x", "1-", "-1", "3-1", "1,,2", "1,", "0-4294967295", "65536", " 1"}) {
    EXPECT_FALSE(parse_cpu_list(text)) << text;
  }
}

}  // namespace
}  // namespace accel::host
