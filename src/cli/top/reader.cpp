#include "cli/top/reader.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>
#include <utility>

#include "cli/streams.hpp"
#include "cli/top/followed.hpp"
#include "cli/top/held.hpp"
#include "cli/top/order.hpp"
#include "cli/top/sampling.hpp"
#include "cli/top/wire.hpp"

namespace accel::cli::top {
namespace {

/// The terminal is the other process's: what a library prints must not land in the middle of it.
void leave_terminal() {
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere < 0) return;
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::isatty(stream) != 0) ::dup2(nowhere, stream);
  }
}

/// Ctrl-C is the other process's to understand; Ctrl-Z stops both.
void obey_signals() {
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGQUIT, SIG_IGN);
  ::signal(SIGTSTP, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

/// The other end of the socket.
class Asker {
 public:
  explicit Asker(int file) : file_(file) {}

  /// False when there is nobody any more.
  bool send(const Message& message) {
    encode(message, bytes_);
    return write_all(file_, bytes_) == 0;
  }

  /// Waits for an order until that time; for ever where there is none. False when there is nobody
  /// to give orders any more.
  bool wait(Clock& clock, std::optional<std::chrono::nanoseconds> until) {
    using std::chrono::milliseconds;
    int patience = -1;
    if (until) {
      const auto left = std::chrono::ceil<milliseconds>(*until - clock.steady());
      patience = static_cast<int>(std::max(left, milliseconds(0)).count());
    }
    pollfd ready{file_, POLLIN, 0};
    if (::poll(&ready, 1, patience) <= 0) return true;
    Order order;
    const ssize_t size = ::recv(file_, &order, sizeof order, MSG_WAITALL);
    if (size < 0 && errno == EINTR) return true;
    if (size != static_cast<ssize_t>(sizeof order)) return false;
    order_ = order;
    return true;
  }

  [[nodiscard]] const Order& order() const { return order_; }

 private:
  int file_;
  Order order_;
  std::string bytes_;
};

/// When a sample is due after the one that was due then: a slow one delays no later one.
std::chrono::nanoseconds next_due(std::chrono::nanoseconds due, std::chrono::nanoseconds interval,
                                  std::chrono::nanoseconds now) {
  const auto missed = now > due ? (now - due) / interval : 0;
  return due + interval * (missed + 1);
}

/// Waits until then, or until something else is wanted, which is due at once. Nothing when nobody
/// wants anything any more.
std::optional<std::chrono::nanoseconds> wait_for_turn(Asker& asker, Clock& clock,
                                                      std::chrono::nanoseconds due) {
  const Order wanted = asker.order();
  while (asker.order() == wanted && (wanted.paused || clock.steady() < due)) {
    const auto until = wanted.paused ? std::optional<std::chrono::nanoseconds>() : due;
    if (!asker.wait(clock, until)) return std::nullopt;
  }
  return asker.order() == wanted ? due : clock.steady();
}

}  // namespace

int read_devices(const Context& context, std::span<const Crash> crashes, int file) {
  leave_terminal();
  obey_signals();
  // A thread a device would otherwise keep a heap each.
  // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread is started
  ::mallopt(M_ARENA_MAX, 2);
  const Context own{context.arguments, context.settings,   context.surroundings,
                    context.machine,   context.simulation, crashes};
  Clock& clock = *own.machine.clock;
  Asker asker(file);
  // What is wanted comes first.
  if (!asker.wait(clock, std::nullopt)) return 0;
  const auto system = own.system();
  Followed followed(own, *system);
  if (auto found = followed.discover(); !found) {
    asker.send(found.error());
    return static_cast<int>(exit_code_of(found.error()));
  }
  std::uint32_t rescans = asker.order().rescans;
  Held held;
  auto due = clock.steady();
  while (true) {
    const Order order = asker.order();
    // Only the first time may it fail.
    if (std::exchange(rescans, order.rescans) != order.rescans) (void)followed.discover();
    auto changes = followed.refresh();
    // Of a device that is looked at in full, nothing comes and goes between samples.
    const bool slow = (held.is_due(clock.steady()) || order.details >= 0) && order.slow;
    Sample sample = look(*system, {followed.positions(), order.details, order.width, slow});
    sample.changes = std::move(changes);
    followed.note(sample.devices);
    if (slow) {
      held.keep(sample);
    } else {
      held.fill(sample);
    }
    if (!asker.send(std::move(sample))) return 0;
    const auto turn = wait_for_turn(
        asker, clock, next_due(due, std::chrono::nanoseconds(order.interval), clock.steady()));
    if (!turn) return 0;
    due = *turn;
  }
}

}  // namespace accel::cli::top
