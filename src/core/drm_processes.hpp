// The programs on a DRM device as rows: what each uses of engines and memory. It leaves to the
// vendor which engine does what.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "accel/process.hpp"
#include "core/drm_clients.hpp"

namespace accel {

enum class EngineUse { compute, graphics, encoding, decoding };
inline constexpr std::size_t kEngineUses = 4;

/// The words of a driver. All must live as long as the program.
struct DrmVocabulary {
  struct Engine {
    std::string_view name;  ///< engine class: "gfx"
    EngineUse use;
  };
  std::span<const std::string_view> drivers;  ///< values of drm-driver
  std::span<const Engine> engines;            ///< a class may stand here twice (VCN: both ways)
  std::span<const std::string_view> memory;   ///< regions that are the device's own memory
};

class DrmProcesses {
 public:
  DrmProcesses(DrmPlace place, DrmVocabulary vocabulary)
      : place_(std::move(place)), vocabulary_(vocabulary) {}

  /// Shares are those since the previous call; `pending` in the first. Use of a device is that of
  /// the busiest of its compute and graphics engines.
  [[nodiscard]] ProcessList processes(const Machine& machine);

 private:
  using Engines = std::map<std::string, base::DrmEngine, std::less<>>;
  using Shares = std::array<Reading<Ratio>, kEngineUses>;

  [[nodiscard]] AcceleratorProcess row(const DrmUser& user, Shares shares) const;
  [[nodiscard]] Shares shares(const DrmUser& user, std::optional<std::chrono::nanoseconds> passed);
  [[nodiscard]] Reading<Bytes> memory(const DrmUser& user) const;

  DrmPlace place_;
  DrmVocabulary vocabulary_;
  std::map<std::uint64_t, Engines> before_;  ///< by client
  std::map<std::uint64_t, Engines> now_;
  std::optional<std::chrono::nanoseconds> asked_;
};

/// The share of the engines of a class that a client kept busy while `passed` went by, 0..1.
/// Counters that fall count as 0 and are raised to what they were. Nothing where the driver does
/// not count, or counts cycles of a total that was not known before.
[[nodiscard]] std::optional<double> advance(const base::DrmEngine& before, base::DrmEngine& now,
                                            std::chrono::nanoseconds passed);

}  // namespace accel
