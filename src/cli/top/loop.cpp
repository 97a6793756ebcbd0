#include "cli/top/loop.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <ctime>
#include <string>
#include <utility>
#include <variant>

#include "cli/top/columns.hpp"
#include "cli/top/draw.hpp"
#include "cli/top/keys.hpp"
#include "cli/top/moment.hpp"
#include "cli/top/sampler.hpp"
#include "cli/top/screen.hpp"
#include "cli/top/target.hpp"

namespace accel::cli::top {
namespace {

/// Beyond its interval; longer than a device may take to be found hung.
constexpr std::chrono::seconds kPatience{4};

/// Signals as something to read, so that they meet the program where it waits and nowhere else.
class Signals {
 public:
  Signals() {
    sigset_t wanted;
    ::sigemptyset(&wanted);
    for (const int signal : {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
      ::sigaddset(&wanted, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &wanted, &before_);
    file_ = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  ~Signals() {
    ::close(file_);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  [[nodiscard]] int file() const { return file_; }
  /// 0 when there is none.
  [[nodiscard]] int next() const {
    signalfd_siginfo what{};
    return ::read(file_, &what, sizeof what) == sizeof what ? static_cast<int>(what.ssi_signo) : 0;
  }

 private:
  int file_ = -1;
  sigset_t before_{};
};

std::string changes_text(const std::vector<std::string>& changes) {
  const std::size_t more = changes.size() - 1;
  return changes.front() + (more == 0 ? "" : " (and " + std::to_string(more) + " more)");
}

class Loop {
 public:
  Loop(Context& context, const Plan& plan, Screen& screen, const Signals& signals)
      : context_(context),
        plan_(plan),
        screen_(screen),
        signals_(signals),
        sampler_(context),
        view_(first_view(plan.interval)) {
    model_.hostname = host_name(context.machine);
  }

  /// What was wrong, where something was; else how it ended is in ended_by().
  Result<void> run() {
    send_order();
    if (auto started = sampler_.start(); !started) return started.error();
    while (!done_) {
      show();
      wait();
      if (failure_) return *failure_;
    }
    return {};
  }
  /// The signal that ended it; 0: a key, or it had done what it was to do.
  [[nodiscard]] int ended_by() const { return ended_by_; }

 private:
  void show() {
    arranged_ = arrange(model_.sample, view_);
    frame_.reset(screen_.size(), screen_.unicode());
    draw(model_, arranged_, view_, frame_);
    screen_.show(frame_);
    // What is shown decides what is read next.
    send_order();
  }

  void send_order() {
    Order order;
    order.interval = view_.interval.count();
    order.paused = view_.paused && view_.mode != Mode::details;
    order.width = static_cast<std::uint32_t>(std::max<std::size_t>(screen_.size().columns, 3) - 2);
    order.rescans = view_.rescans;
    order.slow = view_.mode == Mode::details || has_room_for_slow(screen_.size().columns);
    const std::size_t place = view_.list(Pane::devices).place;
    if (view_.mode == Mode::details && place < arranged_.devices.size()) {
      order.details = static_cast<std::int64_t>(arranged_.devices[place]);
    }
    sampler_.order(order);
  }

  void wait() {
    std::array<pollfd, 3> files{
        {{STDIN_FILENO, POLLIN, 0}, {signals_.file(), POLLIN, 0}, {sampler_.file(), POLLIN, 0}}};
    const auto patience =
        std::chrono::duration_cast<std::chrono::milliseconds>(view_.interval + kPatience);
    const bool forever = view_.paused || model_.late;
    const int ready =
        ::poll(files.data(), files.size(), forever ? -1 : static_cast<int>(patience.count()));
    if (ready == 0) model_.late = model_.has_sample;
    if (ready <= 0) return;
    if (files[2].revents != 0) take_news();
    if (files[1].revents != 0) take_signals();
    if (files[0].revents != 0) take_keys((files[0].revents & POLLHUP) != 0);
  }

  void take_news() {
    auto news = sampler_.news();
    for (Message& message : news.messages) {
      if (auto* error = std::get_if<Error>(&message)) {
        failure_ = std::move(*error);
        return;
      }
      take_sample(std::get<Sample>(std::move(message)));
    }
    if (!news.crash.empty()) model_.notice = news.crash;
    if (news.ended) failure_ = std::move(news.ended);
  }

  void take_sample(Sample sample) {
    model_.late = false;
    if (!sample.changes.empty()) view_.message = changes_text(sample.changes);
    if (view_.paused && model_.has_sample) {
      model_.sample.details = std::move(sample.details);
      return;
    }
    model_.has_sample = true;
    model_.sample = std::move(sample);
    model_.time = clock_text(model_.sample.wall);
    model_.history.add(model_.sample);
    ++samples_;
    if (plan_.samples && samples_ >= *plan_.samples) done_ = true;
  }

  void take_signals() {
    while (const int signal = signals_.next()) {
      switch (signal) {
        case SIGWINCH: screen_.resize(); break;
        case SIGTSTP:
          screen_.suspend();
          sampler_.resume();
          break;
        case SIGCONT: screen_.resume(); break;
        default:
          ended_by_ = signal;
          done_ = true;
          return;
      }
    }
  }

  void take_keys(bool terminal_is_gone) {
    bool any = false;
    for (Key key = screen_.key(); key.code != KeyCode::none; key = screen_.key()) {
      any = true;
      obey(press(key, model_.sample, arranged_, view_));
      if (done_) return;
      // The next key acts on what this one left.
      arranged_ = arrange(model_.sample, view_);
      settle(view_, model_.sample, arranged_);
    }
    if (terminal_is_gone && !any) done_ = true;
  }

  void obey(Wish wish) {
    switch (wish) {
      case Wish::nothing: break;
      case Wish::quit: done_ = true; break;
      case Wish::redraw: screen_.redraw(); break;
      case Wish::identify: aim(); break;
      case Wish::send: send(); break;
    }
  }

  void aim() {
    auto target = identify(context_.machine, view_.target, model_.sample.steady);
    if (!target) {
      tell(target.error());
      return;
    }
    view_.target = std::move(*target);
    choose_signal(view_);
  }

  void send() {
    const Signal& signal = signals()[view_.menu];
    const auto sent = send_signal(context_.machine, view_.target, signal.number);
    if (!sent) {
      tell(sent.error());
      return;
    }
    view_.message = std::string(signal.name) + " was sent to " + std::to_string(view_.target.pid) +
                    " " + view_.target.name;
  }

  void tell(const Error& error) {
    view_.message = error.message;
    if (!error.remedy.empty()) view_.message += " (" + error.remedy + ")";
  }

  Context& context_;
  const Plan& plan_;
  Screen& screen_;
  const Signals& signals_;
  Sampler sampler_;
  View view_;
  Model model_;
  Arranged arranged_;
  Frame frame_;
  std::int64_t samples_ = 0;
  std::optional<Error> failure_;
  int ended_by_ = 0;
  bool done_ = false;
};

/// As the shell expects of a program that a signal ends.
[[noreturn]] void die_by(int signal) {
  ::signal(signal, SIG_DFL);
  ::raise(signal);
  ::_exit(128 + signal);
}

}  // namespace

ExitCode run_screen(Context& context, const Plan& plan) {
  int signal = 0;
  Result<void> ended;
  {
    const Signals signals;
    auto screen = Screen::open(context.look().colour);
    if (!screen) return context.fail(annotate("top", screen.error()));
    Loop loop(context, plan, **screen, signals);
    ended = loop.run();
    signal = loop.ended_by();
  }
  if (!ended) return context.fail(ended.error());
  if (signal == SIGINT) return ExitCode::interrupted;
  if (signal != 0) die_by(signal);
  return ExitCode::ok;
}

}  // namespace accel::cli::top
