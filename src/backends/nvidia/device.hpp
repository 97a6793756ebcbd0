// A whole GPU: its identity, its readings, its programs, its links, its settings.
#pragma once

#include <memory>
#include <vector>

#include "accel/device.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/control/controller.hpp"
#include "backends/nvidia/gpm.hpp"
#include "backends/nvidia/processes.hpp"
#include "backends/nvidia/readings.hpp"
#include "backends/nvidia/runtime_power.hpp"

namespace accel::nvidia {

class GpuDevice final : public Device, public SlowReader, public ProcessLister, public LinkLister {
 public:
  /// `has_instances`: it is divided, and its programs are those of the instances.
  GpuDevice(AcceleratorInfo info, Gpu gpu, RuntimePower power,
            std::shared_ptr<const Machine> machine, bool has_instances);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  void sample_slowly(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  Result<std::vector<DeviceLink>> links() override;
  ProcessLister* process_lister() override { return this; }
  SlowReader* slow_reader() override { return this; }
  LinkLister* link_lister() override { return this; }
  Controller* controller() override { return &controller_; }

 private:
  /// The GPU, or one that refuses while it sleeps.
  [[nodiscard]] Gpu awake() const;
  /// False when every number that came back had all bits set.
  bool read_all(const Gpu& gpu, ReadingSet& out);

  AcceleratorInfo info_;
  Gpu gpu_;
  RuntimePower power_;
  std::shared_ptr<const Machine> machine_;
  Held held_;
  Gpm gpm_;
  Processes processes_;
  GpuController controller_;
};

}  // namespace accel::nvidia
