// A whole GPU: its identity, its readings, its programs.
#pragma once

#include <memory>
#include <optional>

#include "accel/device.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/lifetime.hpp"
#include "backends/amd/processes.hpp"
#include "backends/amd/readings.hpp"

namespace accel::amd {

class GpuDevice final : public Device, public ProcessLister {
 public:
  GpuDevice(AcceleratorInfo info, std::shared_ptr<const Card> card,
            const std::optional<KfdNode>& node, Lifetime lifetime);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  ProcessLister* process_lister() override { return this; }

 private:
  AcceleratorInfo info_;
  std::shared_ptr<const Card> card_;
  Lifetime lifetime_;
  Before before_;
  Processes processes_;
};

}  // namespace accel::amd
