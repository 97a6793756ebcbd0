#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "unit/control/control_bench.hpp"

namespace accel::control {
namespace {

using std::chrono::seconds;

const std::vector<SettingWish> kWishes{wish("persistence_mode", true), wish("sm_clock_mhz", 900.0),
                                       wish("power_limit_w", 200.0), wish("fan_percent", 75.0)};
constexpr int kWrites = 5;  ///< two fans

struct Knobs {
  std::string persistence;
  std::string clock;
  std::string power;
  std::string fan_0;
  std::string fan_1;
  friend bool operator==(const Knobs&, const Knobs&) = default;
};
const Knobs kOld{"false", "unlocked", "250", "auto", "auto"};
const Knobs kNew{"true", "900", "200", "75", "75"};

Knobs knobs_of(const ControlBench& bench) {
  return {bench.knob(0, "persistence"), bench.knob(0, "clock"), bench.knob(0, "power"),
          bench.knob(0, "fan 0"), bench.knob(0, "fan 1")};
}

class Recovery : public ::testing::Test {
 protected:
  /// Another process makes the change and dies by SIGKILL, at its n-th write: before or after it.
  void die_at(int write, bool after, std::chrono::nanoseconds confirm_within) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      int writes = 0;
      ControlBench bench(tree_, [&](const std::string&, const std::string&) -> Result<void> {
        // The write that comes after the n-th is where the n-th has been made.
        if (++writes == write + (after ? 1 : 0)) ::raise(SIGKILL);
        return {};
      });
      ChangeOptions options;
      options.confirm_within = confirm_within;
      static_cast<void>(bench.control().apply(0, kWishes, options));
      ::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }

  FakeTree tree_;
};

TEST_F(Recovery, TakesBackWhatAProcessKilledAtAnyWriteHadBegun) {
  for (int write = 1; write <= kWrites; ++write) {
    for (const bool after : {false, true}) {
      die_at(write, after, seconds(30));

      ControlBench next(tree_);
      EXPECT_EQ(next.control().recover().size(), 1U);
      EXPECT_EQ(knobs_of(next), kOld) << "killed at write " << write << (after ? ", after" : "");
      EXPECT_EQ(next.unfinished(), 0U);
      EXPECT_EQ(verify_audit(next.audit()).bad_line, 0U);
    }
  }
}

TEST_F(Recovery, KeepsWhatWasConfirmedBeforeTheProcessWasKilled) {
  die_at(kWrites + 1, false, seconds(0));

  ControlBench next(tree_);
  EXPECT_TRUE(next.control().recover().empty());
  EXPECT_EQ(knobs_of(next), kNew);
  EXPECT_EQ(next.unfinished(), 0U);
  EXPECT_EQ(verify_audit(next.audit()).bad_line, 0U);
}

TEST_F(Recovery, FinishesAConfirmationThatWasInterrupted) {
  die_at(kWrites + 1, false, seconds(30));
  ControlBench next(tree_);
  Journal journal(next.places().journal);
  auto entry = journal.unfinished().entries.at(0);
  entry.confirmed = true;
  ASSERT_TRUE(journal.write(entry));

  EXPECT_TRUE(next.control().recover().empty());
  EXPECT_EQ(knobs_of(next), kNew);
  EXPECT_EQ(next.unfinished(), 0U);
  EXPECT_EQ(next.control().records("GPU-0").at("clock").last, "900");
}

TEST_F(Recovery, OfAChangeFromBeforeAReboot_TouchesOnlyWhatTheDeviceKeeps) {
  tree_.file("proc/sys/kernel/random/boot_id", "one\n");
  die_at(kWrites + 1, false, seconds(30));
  tree_.file("proc/sys/kernel/random/boot_id", "two\n");

  ControlBench next(tree_);
  const auto reports = next.control().recover();
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_TRUE(reports[0].undone.empty());
  EXPECT_EQ(knobs_of(next), kNew);
  EXPECT_EQ(next.unfinished(), 0U);
}

TEST_F(Recovery, KeepsTheJournalOfADeviceThatIsNotThere) {
  die_at(2, false, seconds(30));
  {
    ControlBench without(tree_, {}, 0);
    const auto reports = without.control().recover();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_TRUE(reports[0].undone.at(0).error);
    EXPECT_EQ(without.unfinished(), 1U);
  }

  ControlBench with(tree_);
  EXPECT_EQ(with.control().recover().size(), 1U);
  EXPECT_EQ(knobs_of(with), kOld);
  EXPECT_EQ(with.unfinished(), 0U);
}

TEST_F(Recovery, TellsOfAJournalThatCannotBeRead) {
  tree_.file("state/journal/abcdef.json", "{\"schema\":\"accel/journal/1\"");
  ControlBench next(tree_);

  EXPECT_TRUE(next.control().recover().empty());
  const auto problems = next.control().take_problems();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].message.find("abcdef.json"), std::string::npos);
}

}  // namespace
}  // namespace accel::control
