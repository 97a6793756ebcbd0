// How much of a DRM device's engines its clients used from one look to the next, from the counters
// that the kernel keeps of each. It knows no driver's words and makes no readings.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accel/reading.hpp"
#include "core/drm_clients.hpp"

namespace accel {

/// What one program, or all together, used of an engine class.
struct DrmUse {
  std::optional<std::uint64_t> busy = 0;  ///< nanoseconds; nothing where cycles are counted
  std::optional<double> share = 0.0;      ///< nothing where one client cannot tell yet

  void add(const DrmUse& more);
};
/// By engine class.
using DrmUses = std::map<std::string, DrmUse, std::less<>>;

/// Of one device.
class DrmEngines {
 public:
  struct Look {
    std::vector<DrmUses> users;  ///< of each of DrmUsers::users, in that order
    DrmUses all;
    bool has_shares = false;  ///< there was a look before
    /// Why `all` is not all that the device did since the look before; nothing where it is. Work of
    /// programs that came and went in between is in no counter that is left.
    std::optional<Absence> incomplete;
  };

  /// Shares are those since the look before, at the time `now`.
  [[nodiscard]] Look look(const DrmUsers& found, SteadyTime now);

 private:
  using Counters = std::map<std::string, base::DrmEngine, std::less<>>;

  [[nodiscard]] DrmUse use(std::uint64_t client, base::DrmEngine& now,
                           std::chrono::nanoseconds passed) const;
  [[nodiscard]] std::optional<Absence> incompleteness(
      const DrmUsers& found, const std::map<std::uint64_t, Counters>& counters) const;

  std::map<std::uint64_t, Counters> before_;  ///< by client
  std::map<std::string, std::uint64_t>
      totals_;  ///< cycles that each class had run, whoever used it
  std::optional<SteadyTime> asked_;
  bool was_complete_ = false;  ///< no program was hidden
};

/// The share of the engines of a class that a client kept busy while `passed` went by, 0..1.
/// Counters that fall count as 0 and are raised to what they were. Nothing where the driver does
/// not count, or counts cycles of a total that was not known before.
[[nodiscard]] std::optional<double> advance(const base::DrmEngine& before, base::DrmEngine& now,
                                            std::chrono::nanoseconds passed);

[[nodiscard]] bool has_worked(const base::DrmEngine& engine);

}  // namespace accel
