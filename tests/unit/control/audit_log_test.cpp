#include "control/audit_log.hpp"

#include <gtest/gtest.h>

#include "base/dir.hpp"
#include "support/fake_tree.hpp"

namespace accel::control {
namespace {

using accel::testing::FakeTree;

class AuditLogTest : public ::testing::Test {
 protected:
  void add(const std::string& value) {
    AuditLog log(file_);
    ASSERT_TRUE(log.add({std::chrono::nanoseconds(1),
                         {1000, 42},
                         "GPU-0",
                         "power_limit_w",
                         "250",
                         value,
                         "applied"}));
  }
  [[nodiscard]] std::string text() const { return base::read_file(file_.string()).value_or(""); }

  FakeTree tree_;
  std::filesystem::path file_ = tree_.root() / "log" / "audit.jsonl";
};

TEST_F(AuditLogTest, GoesOnFromTheLineBeforeWhoeverWroteIt) {
  for (const char* value : {"200", "210", "220"}) add(value);

  const auto verdict = verify_audit(text());
  EXPECT_EQ(verdict.lines, 3U);
  EXPECT_EQ(verdict.bad_line, 0U) << verdict.why;
  EXPECT_EQ(parse_audit(text()).at(2).value, "220");
  EXPECT_EQ(parse_audit(text()).at(0).requester.uid, 1000U);
}

TEST_F(AuditLogTest, NamesTheLineOfAnyByteThatWasChanged) {
  for (const char* value : {"200", "210", "220"}) add(value);
  const std::string whole = text();
  std::size_t line = 1;
  for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
    if (whole[i] == '\n') {
      ++line;
      continue;
    }
    std::string altered = whole;
    altered[i] = static_cast<char>(altered[i] ^ 1);

    ASSERT_EQ(verify_audit(altered).bad_line, line) << "byte " << i;
  }
}

TEST_F(AuditLogTest, FindsALineThatWasTakenOutOrChangedItsPlace) {
  for (const char* value : {"200", "210", "220"}) add(value);
  const std::string whole = text();
  const auto first = whole.find('\n') + 1;
  const auto second = whole.find('\n', first) + 1;

  EXPECT_EQ(verify_audit(whole.substr(0, first) + whole.substr(second)).bad_line, 2U);
  EXPECT_EQ(verify_audit(whole.substr(first)).bad_line, 1U);
  EXPECT_EQ(verify_audit(whole.substr(first, second - first) + whole.substr(0, first)).bad_line,
            1U);
}

TEST_F(AuditLogTest, DropsALineThatALossOfPowerLeftHalfWritten) {
  add("200");
  tree_.file("log/audit.jsonl", text() + "{\"time_ns\":1,\"uid");
  EXPECT_EQ(verify_audit(text()).bad_line, 2U);

  add("210");
  EXPECT_EQ(verify_audit(text()).bad_line, 0U);
  EXPECT_EQ(verify_audit(text()).lines, 2U);
}

TEST_F(AuditLogTest, WithoutLinesIsWhole) { EXPECT_EQ(verify_audit("").bad_line, 0U); }

}  // namespace
}  // namespace accel::control
