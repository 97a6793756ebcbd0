// Work that enters vendors' libraries, done in a child process, so that a library that crashes
// costs its own readings and not the whole answer.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "accel/backend.hpp"

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

/// Runs `work` in a child of this process, again without each vendor whose library crashed there
/// (see base::VendorCall). Returns the status of the attempt that came through. A crash outside of
/// any vendor's library is ours and not hidden: this process then dies by the same signal.
///
/// Call while this process has one thread. Where no child can be made, `work` runs here.
int run_guarded(const GuardedWork& work);

/// "libnvidia-ml.so.1 crashed in nvmlDeviceGetPowerUsage (SIGSEGV)"
[[nodiscard]] std::string crash_text(const Crash& crash);

/// The registry, with every vendor that crashed replaced by one that only says so: its devices are
/// then listed as the bus shows them.
[[nodiscard]] std::vector<BackendEntry> without_crashed(std::vector<BackendEntry> entries,
                                                        std::span<const Crash> crashes);

}  // namespace accel::cli
