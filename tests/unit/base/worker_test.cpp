#include "base/worker.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>

#include "support/as_nobody.hpp"
#include "support/clock_mover.hpp"
#include "support/fake_clock.hpp"
#include "support/gate.hpp"

namespace accel::base {
namespace {

using accel::testing::as_nobody;
using accel::testing::ClockMover;
using accel::testing::FakeClock;
using accel::testing::Gate;
using namespace std::chrono_literals;

class WorkerTest : public ::testing::Test {
 protected:
  /// A job that does not end before the gate is opened.
  std::function<void()> stuck() {
    return [gate = gate_] { gate->pass(); };
  }

  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

TEST_F(WorkerTest, RunsAJobWithinItsDeadline) {
  Worker worker(clock_);
  int runs = 0;

  EXPECT_EQ(worker.run([&] { ++runs; }, 1s), Worker::Outcome::done);
  EXPECT_EQ(worker.run([&] { ++runs; }, 1s), Worker::Outcome::done);
  EXPECT_EQ(runs, 2);
  EXPECT_FALSE(worker.is_busy());
}

TEST_F(WorkerTest, HasNoThreadBeforeItsFirstJob) {
  const Worker worker(clock_);

  EXPECT_FALSE(worker.is_busy());
}

TEST_F(WorkerTest, IsLateWhenTheDeadlinePasses) {
  Worker worker(clock_);
  const ClockMover mover(clock_, 2s);

  EXPECT_EQ(worker.run(stuck(), 2s), Worker::Outcome::late);
  EXPECT_TRUE(worker.is_busy());
  gate_->open();
}

TEST_F(WorkerTest, IsNotLateBeforeTheDeadline) {
  Worker worker(clock_);
  const ClockMover mover(clock_, 1999ms);
  auto job = [clock = clock_, start = clock_->steady()] {
    while (clock->steady() == start) std::this_thread::yield();
  };

  EXPECT_EQ(worker.run(job, 2s), Worker::Outcome::done);
}

TEST_F(WorkerTest, StartsNothingWhileAnEarlierJobRuns) {
  Worker worker(clock_);
  ASSERT_TRUE(worker.start(stuck()));
  std::atomic<bool> ran = false;

  EXPECT_EQ(worker.run([&] { ran = true; }, 1s), Worker::Outcome::busy);
  EXPECT_FALSE(ran);
  gate_->open();
}

TEST_F(WorkerTest, WorksAgainAfterALateJobHasComeBack) {
  Worker worker(clock_);
  {
    const ClockMover mover(clock_, 2s);
    ASSERT_EQ(worker.run(stuck(), 2s), Worker::Outcome::late);
  }
  gate_->open();
  ASSERT_EQ(worker.collect(clock_->steady() + 1s), Worker::Outcome::done);

  EXPECT_EQ(worker.run([] {}, 1s), Worker::Outcome::done);
}

TEST_F(WorkerTest, LeavesAHangingJobBehindWhenItGoes) {
  {
    Worker worker(clock_);
    ASSERT_TRUE(worker.start(stuck()));
  }

  gate_->open();  // The job passes only now, and may still do so.
}

TEST_F(WorkerTest, FreesWhatTheJobOwnsBeforeItIsDone) {
  Worker worker(clock_);
  auto owned = std::make_shared<int>(1);
  const std::weak_ptr<int> seen = owned;

  ASSERT_EQ(worker.run([owned = std::move(owned)] {}, 1s), Worker::Outcome::done);

  EXPECT_TRUE(seen.expired());
}

TEST_F(WorkerTest, RunsTheJobItselfWhereNoThreadCanBeHad) {
  EXPECT_EQ(as_nobody([&] {
              const rlimit none{0, 0};
              if (::setrlimit(RLIMIT_NPROC, &none) != 0) return false;
              bool ran = false;
              Worker worker(clock_);
              return worker.run([&] { ran = true; }, 1s) == Worker::Outcome::done && ran;
            }),
            1);
}

}  // namespace
}  // namespace accel::base
