// Energy and power of the host's processors and memory, from the kernel's power capping zones.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel::host {

enum class RaplKind { package, core, uncore, dram, psys, other };

[[nodiscard]] std::string_view to_string(RaplKind kind);

/// One domain at one moment. core and uncore lie inside their package; psys includes packages.
struct RaplDomain {
  std::string path;  ///< its key: names repeat on hosts of several sockets
  std::string name;  ///< "package-0", "core"
  RaplKind kind = RaplKind::other;
  int package = -1;        ///< of the domain or of the one it lies in; -1 for psys
  int die = -1;            ///< where a package has several
  Reading<Energy> energy;  ///< the counter; it wraps
  Reading<Power> power;    ///< mean since the sample before; pending on the first
};

/// Remembers the counters between samples. One thread at a time.
class RaplReader {
 public:
  explicit RaplReader(Machine machine) : machine_(std::move(machine)) {}

  /// All domains, each once even where the kernel shows a package through two interfaces. Empty
  /// where the machine has none. Sample at least every 60 s, else a counter may wrap more than
  /// once.
  [[nodiscard]] std::vector<RaplDomain> sample();

 private:
  struct Before {
    Energy energy;
    SteadyTime time{};
  };

  [[nodiscard]] Reading<Power> power_since_before(const RaplDomain& domain);

  Machine machine_;
  std::map<std::string, Before> before_;
};

/// What a counter that wraps at `range` has counted between two samples. Absent when it fell and
/// its range is unknown, or when a sample lies outside of the range.
[[nodiscard]] std::optional<Energy> energy_between(Energy before, Energy now,
                                                   std::optional<Energy> range);

/// Power of all packages (of cores, where a host shows no package) and of memory. Absent, and
/// saying which, when a domain that belongs to the sum has no reading.
[[nodiscard]] Reading<Power> host_power(const std::vector<RaplDomain>& domains);

}  // namespace accel::host
