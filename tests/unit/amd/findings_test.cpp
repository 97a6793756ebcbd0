#include <gtest/gtest.h>

#include "unit/amd/card_tree.hpp"

namespace accel::amd {
namespace {

using testing::CardTree;

class AmdFindings : public ::testing::Test {
 protected:
  /// A card with its own limits, as only cards have them.
  AmdFindings() : card_(tree_.add()) {
    tree_.files.file(tree_.add_sensors(card_) / "temp1_crit", "100000\n");
  }
  void set_mask(const std::string& mask) {
    tree_.files.file("sys/module/amdgpu/parameters/ppfeaturemask", mask + "\n");
  }
  [[nodiscard]] std::vector<Finding> findings() const { return tree_.system()->findings(); }

  CardTree tree_;
  std::filesystem::path card_;
};

TEST_F(AmdFindings, TellThatOverdriveIsLocked) {
  set_mask("0xfff7bfff");

  const auto found = findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "ACC-AMD-001");
  EXPECT_EQ(found[0].severity, Severity::low);
  EXPECT_NE(found[0].evidence.find("ppfeaturemask is 0xfff7bfff"), std::string::npos);
}

TEST_F(AmdFindings, ReadTheMaskInDecimalAsWell) {
  set_mask("4294426623");  // 0xfff7bfff

  EXPECT_EQ(findings().size(), 1U);
}

TEST_F(AmdFindings, AreNoneWithTheBit) {
  set_mask("0xffffffff");

  EXPECT_TRUE(findings().empty());
}

TEST_F(AmdFindings, AreNoneWhereTheMaskIsNotToBeRead) {
  EXPECT_TRUE(findings().empty());
  set_mask("many");
  EXPECT_TRUE(findings().empty());
}

TEST_F(AmdFindings, AreNoneForAGpuThatNeedsNoBit) {
  set_mask("0xfff7bfff");
  tree_.files.file(card_ / "pp_od_clk_voltage", "OD_SCLK:\n");

  EXPECT_TRUE(findings().empty());
}

}  // namespace
}  // namespace accel::amd
