#include "accel/units.hpp"

#include <gtest/gtest.h>

namespace accel {
namespace {

template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};

static_assert(Addable<Power, Power>);
static_assert(!Addable<Power, Frequency>, "watts and hertz do not add");
static_assert(!Addable<Power, Energy>);
static_assert(!Addable<Temperature, std::int64_t>, "a bare number has no unit");
static_assert(!Comparable<Bytes, ByteRate>);
static_assert(sizeof(Power) == sizeof(std::int64_t) && sizeof(Ratio) == sizeof(double));

TEST(Units, HoldBaseUnits) {
  EXPECT_EQ(milliwatts(250'000), microwatts(250'000'000));
  EXPECT_EQ(celsius(46), millicelsius(46'000));
  EXPECT_EQ(megahertz(1530), hertz(1'530'000'000));
  EXPECT_EQ(mebibytes(2), kibibytes(2048));
  EXPECT_EQ(kibibytes(512), bytes(524'288));
  EXPECT_EQ(milliseconds(5), microseconds(5'000));
  EXPECT_EQ(seconds(1), nanoseconds(1'000'000'000));
  EXPECT_EQ(millijoules(3), microjoules(3'000));
  EXPECT_EQ(percent(25), ratio(0.25));
}

TEST(Units, AreShownInTheUnitOfPeople) {
  EXPECT_EQ(shown(milliwatts(21'500)), 21.5);
  EXPECT_EQ(shown(celsius(46)), 46.0);
  EXPECT_EQ(shown(megahertz(1530)), 1.53e9);
  EXPECT_EQ(shown(percent(7)), 0.07);
  EXPECT_EQ(shown(bytes(1'490'378'752)), 1'490'378'752.0);
}

TEST(Units, AddAndCompareWithinOneUnit) {
  EXPECT_EQ(microwatts(1) + milliwatts(1), microwatts(1'001));
  EXPECT_EQ(celsius(40) - celsius(60), celsius(-20));
  EXPECT_LT(celsius(79), celsius(80));
}

}  // namespace
}  // namespace accel
