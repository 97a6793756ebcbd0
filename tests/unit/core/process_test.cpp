#include "accel/process.hpp"

#include <gtest/gtest.h>

namespace accel {
namespace {

TEST(ProcessNumber, IsOneThatTheKernelGives) {
  EXPECT_TRUE(is_process_number(1));
  EXPECT_TRUE(is_process_number(4'194'303));
  EXPECT_FALSE(is_process_number(0));
  EXPECT_FALSE(is_process_number(-1));
  EXPECT_FALSE(is_process_number(4'194'304)) << "PID_MAX_LIMIT";
  EXPECT_FALSE(is_process_number(0xFFFFFFFF));
  EXPECT_FALSE(is_process_number(4'294'967'294));
}

TEST(HiddenProgramsTest, CountOnceHoweverManyDevicesTheyAreHiddenFrom) {
  HiddenPrograms all;
  all.add(7);
  all.add(3);
  all.add(7);
  HiddenPrograms others;
  others.add(3);
  others.add(9);
  others.unnamed = 1;

  all.add(others);

  EXPECT_EQ(all.pids, (std::vector<std::int64_t>{3, 7, 9}));
  EXPECT_EQ(all.count().optional(), 4);
}

TEST(HiddenProgramsTest, AreNotCountedWhereThereMayBeMore) {
  HiddenPrograms some;
  some.uncounted = Absence{ReadingStatus::no_permission, "hidepid", "run as root"};
  EXPECT_EQ(some.count().reason(), "hidepid");

  some.add(7);

  EXPECT_EQ(some.count().status(), ReadingStatus::no_permission);
  EXPECT_EQ(some.count().reason(), "at least 1; hidepid");
  EXPECT_EQ(some.seen(), 1);
}

}  // namespace
}  // namespace accel
