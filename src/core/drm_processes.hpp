// The programs on a DRM device as rows: what each uses of engines and memory. It leaves to the
// vendor which engine does what.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "accel/process.hpp"
#include "core/drm_clients.hpp"
#include "core/drm_engines.hpp"
#include "core/drm_vocabulary.hpp"

namespace accel {

class DrmProcesses {
 public:
  DrmProcesses(DrmPlace place, DrmVocabulary vocabulary)
      : place_(std::move(place)), vocabulary_(vocabulary) {}

  /// Shares are those since the previous call; `pending` in the first. What a program uses of the
  /// device is its share of the busiest engine that computes or draws; the use of the device
  /// itself, in the sums, is that of its busiest engine. `uncounted`: why the driver counts no
  /// engine at present, though it could.
  [[nodiscard]] ProcessList processes(const Machine& machine,
                                      const std::optional<Absence>& uncounted = std::nullopt);

 private:
  /// Of the busiest engine of these kinds.
  [[nodiscard]] Reading<Ratio> share(const DrmUses& uses, std::span<const EngineUse> kinds,
                                     const std::string& source) const;
  [[nodiscard]] Reading<Bytes> memory(const DrmUser& user, const std::string& source) const;
  [[nodiscard]] AcceleratorProcess row(const DrmUser& user, const DrmUses& uses,
                                       const std::string& source) const;
  void add_sums(ProcessList& list, const DrmEngines::Look& look, const std::string& source) const;
  [[nodiscard]] bool names(std::span<const EngineUse> kinds) const;

  DrmPlace place_;
  DrmVocabulary vocabulary_;
  DrmEngines engines_;
  // Of the call that is under way.
  SteadyTime now_{};
  bool has_shares_ = false;
  std::optional<Absence> uncounted_;
};

/// The programs that hold one of the device's nodes open, where that is all that can be told of
/// them. `why` says so of the rest; `type` is what any program does with such a device.
[[nodiscard]] ProcessList node_processes(const Machine& machine, std::span<const std::string> nodes,
                                         ProcessType type, const Absence& why);

}  // namespace accel
