// How busy a GPU's engines are, as the sum of what the kernel tells of each program. It is whole
// only for a reader who may look at every program.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "accel/machine.hpp"
#include "backends/intel/sampling.hpp"
#include "core/drm_clients.hpp"

namespace accel::intel {

/// Of one GPU. Looks through /proc: milliseconds.
class EngineUse {
 public:
  EngineUse(DrmPlace place, std::string driver)
      : place_(std::move(place)), driver_(std::move(driver)) {}

  /// Files the shares since the call before under the engines' metrics; `pending` in the first.
  void read(Sampling& sampling, const Machine& machine);

 private:
  using Engines = std::map<std::string, base::DrmEngine, std::less<>>;
  using Shares = std::map<std::string, double, std::less<>>;

  [[nodiscard]] Shares shares(const DrmUsers& found, std::chrono::nanoseconds passed);

  DrmPlace place_;
  std::string driver_;
  std::map<std::uint64_t, Engines> before_;         ///< by client
  std::map<std::string, std::uint64_t> passed_by_;  ///< cycles of each engine class, whoever ran
  std::optional<SteadyTime> asked_;
};

}  // namespace accel::intel
