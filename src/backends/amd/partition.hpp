// A partition of a GPU (XCP): a compute node of its own on a shared chip.
#pragma once

#include <memory>

#include "accel/device.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/kfd.hpp"
#include "backends/amd/lifetime.hpp"
#include "backends/amd/processes.hpp"

namespace accel::amd {

class PartitionDevice final : public Device, public ProcessLister {
 public:
  /// `whole` is the GPU's identity.
  PartitionDevice(const AcceleratorInfo& whole, KfdNode node, std::shared_ptr<const Card> card,
                  Lifetime lifetime);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  ProcessLister* process_lister() override { return this; }

 private:
  AcceleratorInfo info_;
  KfdNode node_;
  std::shared_ptr<const Card> card_;
  Lifetime lifetime_;
  Processes processes_;
};

}  // namespace accel::amd
