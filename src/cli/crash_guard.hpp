// Work that enters vendors' libraries, done in a child process, so that a library that crashes
// costs its own readings and not the whole answer.
#pragma once

#include <sys/types.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "accel/backend.hpp"
#include "accel/machine.hpp"

namespace accel::cli {

/// A vendor's library that ended the process it was called in.
struct Crash {
  std::string vendor;
  std::string library;
  std::string function;
  int signal = 0;  ///< 0: it called exit()
};

/// Does the work, answers included, and returns the exit status. `crashes`: what happened in the
/// attempts before, which this one must keep away from.
using GuardedWork = std::function<int(std::span<const Crash> crashes)>;

/// Runs `work` in a child of this process, again without each library that crashed there (see
/// base::VendorCall). Returns the status of the attempt that came through. A crash outside of
/// any vendor's library is ours and not hidden: this process then dies by the same signal.
///
/// Call while this process has one thread. Where no child can be made, `work` runs here.
int run_guarded(const GuardedWork& work);

/// The same in steps, for a program that goes on while the child works. One at a time: the place
/// where a dying child leaves its last words is one a process.
class GuardedChild {
 public:
  GuardedChild();
  ~GuardedChild();
  GuardedChild(const GuardedChild&) = delete;
  GuardedChild& operator=(const GuardedChild&) = delete;

  /// False where there is no memory to share; start() must not be called then.
  [[nodiscard]] bool can_start() const;
  /// The process of an attempt; -1 where none can be made. Call while this process has one thread.
  [[nodiscard]] pid_t start(const GuardedWork& work);

  enum class After {
    finished,  ///< the work came to its end
    again,     ///< a vendor's library crashed: noted, and to be started again
    died,      ///< for a reason that a further attempt does not change
  };
  struct End {
    After after = After::died;
    int status = 0;  ///< what the work gave back, or the child exited with
    int signal = 0;  ///< what ended it; 0 where it exited
  };
  /// What became of the child, from the status that waitpid() gave.
  [[nodiscard]] End end(int wait_status);
  [[nodiscard]] std::span<const Crash> crashes() const { return crashes_; }

 private:
  std::vector<Crash> crashes_;
};

/// "libnvidia-ml.so.1 crashed in nvmlDeviceGetPowerUsage (SIGSEGV)"
[[nodiscard]] std::string crash_text(const Crash& crash);

/// The machine, refusing every library that crashed: its vendor tells what it knows without it.
[[nodiscard]] Machine without_crashed(Machine machine, std::span<const Crash> crashes);

/// The registry, with every vendor replaced by one that only says so that is nothing without the
/// library that crashed (a plug-in), or that crashed again although that was refused. Its devices
/// are then listed as the bus shows them.
[[nodiscard]] std::vector<BackendEntry> without_crashed(std::vector<BackendEntry> entries,
                                                        std::span<const Crash> crashes);

}  // namespace accel::cli
