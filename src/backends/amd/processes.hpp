// The programs on a GPU: those that the DRM side tells of, and those of the compute side, which it
// does not (compute queues of ROCm).
#pragma once

#include <cstdint>
#include <optional>

#include "accel/process.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/kfd.hpp"
#include "core/drm_processes.hpp"

namespace accel::amd {

class Processes {
 public:
  /// `unified_video`: one engine encodes and decodes (VCN 4 and newer), under one name.
  Processes(const Card& card, std::optional<KfdNode> node, bool unified_video);
  /// Those on a part of the GPU, which has a node of its own in /dev.
  Processes(const Card& card, KfdNode node);

  /// With the readings of one round: the same counters serve one caller at a time.
  [[nodiscard]] ProcessList processes();

 private:
  void add_compute(ProcessList& list) const;
  [[nodiscard]] Reading<std::int64_t> compute_units(const base::Dir& process) const;

  const Card& card_;
  std::optional<KfdNode> node_;
  DrmProcesses drm_;
};

}  // namespace accel::amd
