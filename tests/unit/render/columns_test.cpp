#include "render/columns.hpp"

#include <gtest/gtest.h>

namespace accel::render {
namespace {

const std::vector<std::string> kKnown{"id", "severity", "device"};

TEST(Columns, AreThoseNamedInTheirOrder) {
  const Table table{{"id", "severity", "device"}, {{"A", "High", Document()}}};

  const Table chosen = with_columns(table, parse_columns("device, id", kKnown).value());

  EXPECT_EQ(chosen.heading, (std::vector<std::string>{"device", "id"}));
  EXPECT_EQ(cell_texts(chosen), (std::vector<std::vector<std::string>>{{"-", "A"}}));
}

TEST(Columns, ThatDoNotExistAreRefusedWithTheNearest) {
  const auto near = parse_columns("id,severty", kKnown);
  ASSERT_FALSE(near);
  EXPECT_EQ(near.error().code, Errc::invalid_argument);
  EXPECT_EQ(near.error().message, "unknown field: 'severty'");
  EXPECT_NE(near.error().remedy.find("severity"), std::string::npos);

  const auto far = parse_columns("xyzzyxyzzy", kKnown);
  ASSERT_FALSE(far);
  EXPECT_EQ(far.error().remedy, "there are: id severity device");
}

}  // namespace
}  // namespace accel::render
