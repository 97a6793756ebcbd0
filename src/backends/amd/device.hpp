// A whole GPU: its identity, its readings, its programs, its links, its settings.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "accel/device.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/lifetime.hpp"
#include "backends/amd/processes.hpp"
#include "backends/amd/readings.hpp"

namespace accel::amd {

class GpuDevice final : public Device, public ProcessLister, public LinkLister {
 public:
  using Nodes = std::shared_ptr<const std::vector<KfdNode>>;

  /// `node`: the GPU's own, where it is not divided; `all`: those of the machine.
  GpuDevice(AcceleratorInfo info, std::shared_ptr<const Card> card,
            const std::optional<KfdNode>& node, Nodes all, Lifetime lifetime);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  Result<std::vector<DeviceLink>> links() override;
  ProcessLister* process_lister() override { return this; }
  LinkLister* link_lister() override { return this; }
  Controller* controller() override { return controller_.get(); }

 private:
  AcceleratorInfo info_;
  std::shared_ptr<const Card> card_;
  Nodes nodes_;
  Lifetime lifetime_;
  Before before_;
  Processes processes_;
  std::unique_ptr<Controller> controller_;
};

}  // namespace accel::amd
