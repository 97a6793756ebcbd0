// Which rows of the screen belong to what.
#include "cli/top/layout.hpp"

#include <gtest/gtest.h>

#include <array>

namespace accel::cli::top {
namespace {

std::array<Band, 9> bands(const Layout& all) {
  return {all.title,  all.problem,          all.devices_heading, all.devices, all.about,
          all.graphs, all.programs_heading, all.programs,        all.keys};
}

TEST(Layout, UsesEveryRowOnce) {
  for (std::size_t rows = 1; rows < 120; ++rows) {
    for (const std::size_t devices : {0, 1, 8, 64}) {
      for (const std::size_t programs : {0, 3, 200}) {
        for (const bool extra : {false, true}) {
          const Layout all = layout(rows, {devices, programs, extra, extra});
          std::size_t next = 0;
          for (const Band& band : bands(all)) {
            if (band.rows == 0) continue;
            ASSERT_EQ(band.first, next) << rows << " " << devices << " " << programs;
            next += band.rows;
          }
          ASSERT_EQ(next, rows) << rows << " " << devices << " " << programs;
        }
      }
    }
  }
}

TEST(Layout, ShowsAllDevicesWhereThereIsRoom) {
  EXPECT_EQ(layout(24, {8, 3, true, false}).devices.rows, 8U);
  EXPECT_EQ(layout(80, {64, 3, true, false}).devices.rows, 64U);
}

TEST(Layout, SharesTheScreenWhenBothListsAreLong) {
  const Layout all = layout(24, {64, 200, true, false});

  EXPECT_GE(all.devices.rows, 9U);
  EXPECT_GE(all.programs.rows, 9U);
}

TEST(Layout, GraphsTakeOnlyWhatIsLeft) {
  EXPECT_EQ(layout(24, {16, 16, true, false}).graphs.rows, 0U);
  EXPECT_GE(layout(40, {8, 5, true, false}).graphs.rows, 5U);
  EXPECT_EQ(layout(40, {8, 5, false, false}).graphs.rows, 0U);
}

TEST(Layout, DevicesStayLongestOnATinyScreen) {
  EXPECT_EQ(layout(1, {8, 3, true, true}).title.rows, 1U);
  EXPECT_GE(layout(3, {8, 3, true, true}).devices.rows, 1U);
  EXPECT_EQ(layout(3, {8, 3, true, true}).programs.rows, 0U);
}

}  // namespace
}  // namespace accel::cli::top
