// The programs on a DRM device as rows: what each uses of engines and memory. It leaves to the
// vendor which engine does what.
#pragma once

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

/// What an engine does; `either` draws and computes, and does not tell which.
enum class EngineUse { compute, graphics, either, encoding, decoding };

/// The words of a driver. All must live as long as the program.
struct DrmVocabulary {
  struct Engine {
    std::string_view name;  ///< engine class: "gfx"
    EngineUse use;
  };
  std::span<const std::string_view> drivers;  ///< values of drm-driver
  std::span<const Engine> engines;            ///< a class may stand here twice (VCN: both ways)
  std::span<const std::string_view> memory;   ///< regions that are the device's own memory
  /// It prints no line for an engine that a client has never used. Of other drivers, an engine
  /// without a line is one that is not counted.
  bool omits_unused = false;
  /// It counts all work of the device, so that the sum over all programs is the device's own use.
  bool counts_all_work = false;
  /// What a program is that has used no engine yet, or whose engines nobody counts.
  ProcessType otherwise = ProcessType::unknown;
};

class DrmProcesses {
 public:
  DrmProcesses(DrmPlace place, DrmVocabulary vocabulary)
      : place_(std::move(place)), vocabulary_(vocabulary) {}

  /// Shares are those since the previous call; `pending` in the first. Use of a device is that of
  /// the busiest of its engines that compute or draw. `uncounted`: why the driver counts no engine
  /// at present, though it could.
  [[nodiscard]] ProcessList processes(const Machine& machine,
                                      const std::optional<Absence>& uncounted = std::nullopt);

 private:
  using Engines = std::map<std::string, base::DrmEngine, std::less<>>;

  /// What one program, or all together, used of an engine class.
  struct Use {
    std::optional<std::uint64_t> busy = 0;  ///< nanoseconds; nothing where cycles are counted
    std::optional<double> share = 0.0;      ///< nothing where one client cannot tell yet
  };
  using Uses = std::map<std::string, Use, std::less<>>;

  [[nodiscard]] Uses uses(const DrmUser& user);
  /// Of the busiest engine of these kinds.
  [[nodiscard]] Reading<Ratio> share(const Uses& uses, std::span<const EngineUse> kinds,
                                     const std::string& source) const;
  [[nodiscard]] Reading<Bytes> memory(const DrmUser& user, const std::string& source) const;
  [[nodiscard]] AcceleratorProcess row(const DrmUser& user, const Uses& uses,
                                       const std::string& source) const;
  void add_sums(ProcessList& list, const Uses& all, const std::string& source) const;

  DrmPlace place_;
  DrmVocabulary vocabulary_;
  std::map<std::uint64_t, Engines> before_;  ///< by client
  std::map<std::uint64_t, Engines> now_;
  std::optional<std::chrono::nanoseconds> asked_;
  std::optional<std::chrono::nanoseconds> passed_;  ///< since the previous call
  std::optional<Absence> uncounted_;
};

/// The share of the engines of a class that a client kept busy while `passed` went by, 0..1.
/// Counters that fall count as 0 and are raised to what they were. Nothing where the driver does
/// not count, or counts cycles of a total that was not known before.
[[nodiscard]] std::optional<double> advance(const base::DrmEngine& before, base::DrmEngine& now,
                                            std::chrono::nanoseconds passed);

/// The programs that hold one of the device's nodes open, where that is all that can be told of
/// them. `why` says so of the rest; `type` is what any program does with such a device.
[[nodiscard]] ProcessList node_processes(const Machine& machine, std::span<const std::string> nodes,
                                         ProcessType type, const Absence& why);

}  // namespace accel
