// What an operator should know about AMD's driver and GPUs, with what was read and what to do.
#pragma once

#include <memory>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/finding.hpp"
#include "backends/amd/card.hpp"

namespace accel::amd {

/// A whole GPU as discovery found it.
struct KnownGpu {
  AcceleratorInfo info;
  std::shared_ptr<const Card> card;
};

/// From files that wake nothing.
[[nodiscard]] std::vector<Finding> gpu_findings(const Machine& machine,
                                                const std::vector<KnownGpu>& gpus);

}  // namespace accel::amd
