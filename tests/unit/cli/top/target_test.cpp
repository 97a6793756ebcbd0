// Signals to programs: to the one that was shown, and to no other.
#include "cli/top/target.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "support/fake_tree.hpp"

namespace accel::cli::top {
namespace {

/// A child that does nothing until a signal ends it.
class Idler {
 public:
  Idler() : pid_(::fork()) {
    if (pid_ != 0) return;
    while (true) ::pause();
  }
  ~Idler() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Idler(const Idler&) = delete;
  Idler& operator=(const Idler&) = delete;

  [[nodiscard]] Target target() const { return {pid_, 0, "idler", "me"}; }
  [[nodiscard]] bool is_alive() const {
    siginfo_t info{};
    const int waited = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
    return waited == 0 && info.si_pid == 0;
  }
  /// The signal that ended it.
  [[nodiscard]] int end() const {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
    return info.si_status;
  }

 private:
  pid_t pid_;
};

const Machine& here() {
  static const Machine machine;
  return machine;
}

Result<Target> identified(const Idler& idler) {
  // As if the sample that showed it had been taken a second from now.
  return identify(here(), idler.target(), here().clock->steady() + std::chrono::seconds(1));
}

TEST(Target, GetsTheSignalThatWasChosen) {
  const Idler idler;
  const auto target = identified(idler);
  ASSERT_TRUE(target) << target.error().message;

  ASSERT_TRUE(send_signal(here(), *target, SIGUSR1));
  EXPECT_EQ(idler.end(), SIGUSR1);
}

TEST(Target, IsSparedWhenItsNumberIsAnotherPrograms) {
  const Idler idler;
  auto target = identified(idler);
  ASSERT_TRUE(target);
  target->started -= 1;

  const auto sent = send_signal(here(), *target, SIGKILL);

  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, Errc::not_found);
  EXPECT_NE(sent.error().message.find("another program's"), std::string::npos);
  EXPECT_TRUE(idler.is_alive());
}

TEST(Target, IsNotIdentifiedWhenItStartedAfterTheSampleThatShowedIt) {
  const Idler idler;

  const auto target =
      identify(here(), idler.target(), here().clock->steady() - std::chrono::seconds(5));

  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().code, Errc::not_found);
}

TEST(Target, ThatHasEndedIsSaidToHaveEnded) {
  Target target;
  {
    const Idler idler;
    target = *identified(idler);
  }

  const auto sent = send_signal(here(), target, SIGTERM);
  ASSERT_FALSE(sent);
  EXPECT_NE(sent.error().message.find("has ended"), std::string::npos);
  EXPECT_FALSE(identify(here(), target, here().clock->steady()));
}

TEST(Target, OfASimulatedOrRecordedMachineIsNobodyHere) {
  accel::testing::FakeTree tree;
  tree.file("proc/" + std::to_string(::getpid()) + "/stat", "1 (x) S 1 1 1");
  Machine machine;
  machine.root = tree.root();

  const auto target = identify(machine, {::getpid(), 0, "x", ""}, SteadyTime{});

  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().code, Errc::operation_not_supported);
}

TEST(Target, NumbersThatAreNoProcessAreRefused) {
  for (const std::int64_t pid : {0, -1}) {
    EXPECT_FALSE(identify(here(), {pid, 0, "", ""}, here().clock->steady())) << pid;
  }
}

constexpr std::string_view kTail =
    " S 1 2345 2345 0 -1 4194304 100 0 0 0 10 5 0 0 20 0 1 0 987654 1000 10 18446744073709551615";

TEST(StartTicks, AreField22) {
  EXPECT_EQ(start_ticks("2345 (python3)" + std::string(kTail)).value(), 987654);
}

TEST(StartTicks, AreFoundBehindAnyName) {
  EXPECT_EQ(start_ticks("1 (a) S 1 (b) c)" + std::string(kTail)).value(), 987654);
  EXPECT_EQ(start_ticks("1 ())" + std::string(kTail)).value(), 987654);
}

TEST(StartTicks, AreRefusedWhereThereAreNone) {
  for (const std::string_view text : {"", "1", "1 (x", "1 (x)", "1 (x) S 1", "1 (x) S 1 2 3 4 5 6",
                                      "1 (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 late 5"}) {
    EXPECT_FALSE(start_ticks(text)) << text;
  }
}

}  // namespace
}  // namespace accel::cli::top
