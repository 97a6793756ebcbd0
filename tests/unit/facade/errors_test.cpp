#include "accel/facade/errors.hpp"

#include <gtest/gtest.h>

namespace accel::facade {
namespace {

const Error kDenied{Errc::permission_denied,
                    "set power limit needs root",
                    "run as root",
                    {{"device", "GPU0"}, {"parameter", "power_limit_w"}}};

TEST(FacadeErrors, TellTheSameCauseInEachStyle) {
  const ErrorDictionary dictionary = to_dictionary(kDenied);

  EXPECT_FALSE(dictionary.success);
  EXPECT_EQ(dictionary.error, "Permission denied: set power limit needs root");
  EXPECT_EQ(dictionary.code, "PermissionDenied");
  EXPECT_EQ(dictionary.remedy, "run as root");
  EXPECT_EQ(dictionary.details, kDenied.details);
  EXPECT_EQ(to_runtime_error(kDenied).what(), kDenied.text());
}

}  // namespace
}  // namespace accel::facade
