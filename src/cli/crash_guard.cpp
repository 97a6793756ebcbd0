#include "cli/crash_guard.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/vendor_call.hpp"

namespace accel::cli {
namespace {

constexpr std::array kCrashSignals{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
constexpr std::size_t kMostAttempts = 8;  // More vendors than one machine ever has.
/// The first time a vendor loses the library, the second time it is left out whole.
constexpr std::ptrdiff_t kMostOfAVendor = 2;
constexpr const char* kRemedy = "update the driver, or report the crash to its vendor";

/// What a dying child leaves behind, in memory that it shares with its parent.
struct LastWords {
  std::array<char, 64> vendor;
  std::array<char, 64> library;
  std::array<char, 96> function;
  volatile std::sig_atomic_t in_vendor_call;
  volatile std::sig_atomic_t finished;  ///< the answer is out: a crash after that changes nothing
  volatile int status;
};
static_assert(std::is_trivially_copyable_v<std::array<char, 64>>);

LastWords* last_words = nullptr;

template <std::size_t N>
void copy(std::array<char, N>& to, const char* from) {
  std::size_t i = 0;
  for (; i + 1 < N && from[i] != '\0'; ++i) to[i] = from[i];
  to[i] = '\0';
}

/// Only what may be done in a signal handler: plain copies.
void note_vendor_call() {
  const auto* call = base::VendorCall::current();
  if (call == nullptr) return;
  copy(last_words->vendor, call->vendor());
  copy(last_words->library, call->library());
  copy(last_words->function, call->function());
  last_words->in_vendor_call = 1;
}

void on_crash(int signal) {
  note_vendor_call();
  ::signal(signal, SIG_DFL);
  ::raise(signal);  // Blocked until this returns, then the death that was due.
}

[[noreturn]] void be_child(const GuardedWork& work, std::span<const Crash> crashes) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const int signal : kCrashSignals) {
    struct sigaction action {};
    action.sa_handler = on_crash;
    ::sigaction(signal, &action, nullptr);
  }
  // We leave by _exit; so only a library that calls exit() gets to this.
  std::atexit(note_vendor_call);
  const int status = work(crashes);
  last_words->status = status;
  last_words->finished = 1;
  ::_exit(status);
}

/// Ends this process the way its child ended, so that a shell reports it. The child has left the
/// core file.
[[noreturn]] void die_by(int signal) {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
  ::_exit(128 + signal);  // Only where the signal is blocked or ignored by default.
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::ptrdiff_t times_crashed(std::string_view vendor, std::span<const Crash> crashes) {
  return std::ranges::count(crashes, vendor, &Crash::vendor);
}

/// Stands in for a vendor whose library crashed.
class CrashedBackend final : public Backend {
 public:
  explicit CrashedBackend(std::string what) : what_(std::move(what)) {}

  Result<Discovered> discover(const Discovery& /*discovery*/) override {
    return Error{Errc::system_error, what_, kRemedy, {}};
  }
  void shutdown() noexcept override {}
  std::string framework_device(int /*index*/) const override { return {}; }

 private:
  std::string what_;
};

}  // namespace

std::string crash_text(const Crash& crash) {
  if (crash.signal == 0) return crash.library + " ended the program in " + crash.function;
  const char* abbreviation = ::sigabbrev_np(crash.signal);
  const std::string name =
      abbreviation == nullptr ? std::to_string(crash.signal) : "SIG" + std::string(abbreviation);
  return crash.library + " crashed in " + crash.function + " (" + name + ")";
}

Machine without_crashed(Machine machine, std::span<const Crash> crashes) {
  for (const Crash& crash : crashes) {
    machine.refused_libraries.push_back({crash.library, crash_text(crash), kRemedy});
  }
  return machine;
}

std::vector<BackendEntry> without_crashed(std::vector<BackendEntry> entries,
                                          std::span<const Crash> crashes) {
  for (const Crash& crash : crashes) {
    const auto entry = std::ranges::find(entries, crash.vendor, &BackendEntry::vendor);
    // A plug-in is named by its file.
    const bool is_whole_vendor = crash.library.find('/') != std::string::npos ||
                                 times_crashed(crash.vendor, crashes) >= kMostOfAVendor;
    if (entry == entries.end() || !is_whole_vendor) continue;
    entry->make = [what = crash_text(crash)](const Machine&) -> std::unique_ptr<Backend> {
      return std::make_unique<CrashedBackend>(what);
    };
  }
  return entries;
}

GuardedChild::GuardedChild() {
  void* page =
      ::mmap(nullptr, sizeof(LastWords), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  last_words = page == MAP_FAILED ? nullptr : static_cast<LastWords*>(page);
}

GuardedChild::~GuardedChild() {
  if (last_words != nullptr) ::munmap(std::exchange(last_words, nullptr), sizeof(LastWords));
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): it tells of this object
bool GuardedChild::can_start() const { return last_words != nullptr; }

pid_t GuardedChild::start(const GuardedWork& work) {
  last_words->in_vendor_call = 0;
  last_words->finished = 0;
  const pid_t child = ::fork();
  if (child == 0) be_child(work, crashes_);
  return child;
}

GuardedChild::End GuardedChild::end(int wait_status) {
  if (last_words->finished != 0) return {After::finished, last_words->status};
  const int signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
  // The last attempt has no vendor left to blame.
  const bool known = times_crashed(last_words->vendor.data(), crashes_) >= kMostOfAVendor;
  if (last_words->in_vendor_call == 0 || known || crashes_.size() >= kMostAttempts) {
    return {After::died, signal == 0 ? WEXITSTATUS(wait_status) : 0, signal};
  }
  crashes_.push_back(
      {last_words->vendor.data(), last_words->library.data(), last_words->function.data(), signal});
  return {After::again, 0, signal};
}

int run_guarded(const GuardedWork& work) {
  GuardedChild guarded;
  if (!guarded.can_start()) return work({});
  while (true) {
    const pid_t child = guarded.start(work);
    if (child < 0) return work(guarded.crashes());
    const auto end = guarded.end(wait_for(child));
    if (end.after == GuardedChild::After::again) continue;
    if (end.signal != 0) die_by(end.signal);
    return end.status;
  }
}

}  // namespace accel::cli
