#include "base/environment.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace accel::base {
namespace {

constexpr const char* kName = "ACCEL_TEST_VARIABLE";

class Environment : public ::testing::Test {
 protected:
  static const char* set(const char* text) {
    ::setenv(kName, text, 1);
    return kName;
  }
  ~Environment() override { ::unsetenv(kName); }
};

TEST_F(Environment, ReadsSwitchesInAnyCase) {
  for (const char* text : {"true", "1", "yes", "on", "TRUE", "On"}) {
    EXPECT_EQ(environment_flag(set(text)).value(), true) << text;
  }
  for (const char* text : {"false", "0", "no", "off", "False"}) {
    EXPECT_EQ(environment_flag(set(text)).value(), false) << text;
  }
}

TEST_F(Environment, ReadsNumbersAndLists) {
  EXPECT_EQ(environment_integer(set("123")).value(), 123);
  EXPECT_EQ(environment_number(set("1.23")).value(), 1.23);
  EXPECT_EQ(environment_list(set("a, b, c ")), (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(Environment, NamesTheVariableThatHasTheWrongType) {
  const auto integer = environment_integer(set("not_an_int"));
  ASSERT_FALSE(integer);
  EXPECT_EQ(integer.error().message, "ACCEL_TEST_VARIABLE: 'not_an_int' is not an integer");
  EXPECT_EQ(environment_number(set("1.2x")).error().code, Errc::invalid_argument);
  EXPECT_EQ(environment_flag(set("maybe")).error().code, Errc::invalid_argument);
}

TEST_F(Environment, GivesNothingForWhatIsUnsetOrEmpty) {
  EXPECT_EQ(environment_flag(kName).value(), std::nullopt);
  EXPECT_EQ(environment_integer(set("")).value(), std::nullopt);
  EXPECT_EQ(environment_list(kName), std::nullopt);
}

TEST(SplitList, KeepsPartsThatAreEmpty) {
  EXPECT_EQ(split_list("a,,b"), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split_list(""), (std::vector<std::string>{""}));
}

}  // namespace
}  // namespace accel::base
