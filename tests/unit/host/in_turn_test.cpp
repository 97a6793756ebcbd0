#include "host/in_turn.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "support/clock_mover.hpp"
#include "support/gate.hpp"

namespace accel::host {
namespace {

using accel::testing::ClockMover;
using accel::testing::FakeClock;
using accel::testing::Gate;
using namespace std::chrono_literals;

class InTurn : public ::testing::Test {
 protected:
  std::vector<std::optional<int>> answers() { return in_turn<int>(clock_, 1s, questions_); }

  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  std::vector<std::function<int()>> questions_;
};

TEST_F(InTurn, GivesTheAnswersInTheOrderOfTheQuestions) {
  for (int i = 0; i < 40; ++i) {
    questions_.emplace_back([i] { return i; });
  }

  const auto found = answers();
  ASSERT_EQ(found.size(), 40U);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(found[static_cast<std::size_t>(i)], i);
}

TEST_F(InTurn, HasNoAnswerToNoQuestion) { EXPECT_TRUE(answers().empty()); }

TEST_F(InTurn, AsksInOneThreadWhereNothingHangs) {
  const auto threads = std::make_shared<std::vector<std::thread::id>>();
  for (int i = 0; i < 3; ++i) {
    questions_.emplace_back([threads, i] {
      threads->push_back(std::this_thread::get_id());
      return i;
    });
  }

  answers();
  EXPECT_EQ(*threads, std::vector<std::thread::id>(3, threads->front()));
}

TEST_F(InTurn, LosesOnlyTheQuestionThatHangs) {
  const auto gate = std::make_shared<Gate>();
  questions_ = {[] { return 1; },
                [gate] {
                  gate->pass();
                  return 2;
                },
                [] { return 3; }, [] { return 4; }};
  const ClockMover mover(clock_, 1s);

  EXPECT_EQ(answers(), (std::vector<std::optional<int>>{1, std::nullopt, 3, 4}));
  gate->open();
}

}  // namespace
}  // namespace accel::host
