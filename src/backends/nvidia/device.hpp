// A whole GPU: its identity, its readings, its programs.
#pragma once

#include <memory>

#include "accel/device.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/gpm.hpp"
#include "backends/nvidia/processes.hpp"
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {

class GpuDevice final : public Device, public SlowReader {
 public:
  /// `has_instances`: it is divided, and its programs are those of the instances.
  GpuDevice(AcceleratorInfo info, Gpu gpu, std::shared_ptr<const Machine> machine,
            bool has_instances);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  void sample_slowly(ReadingSet& out) override;
  ProcessLister* process_lister() override { return &processes_; }
  SlowReader* slow_reader() override { return this; }

 private:
  /// False when every number that came back had all bits set.
  bool read_all(const Gpu& gpu, ReadingSet& out);

  AcceleratorInfo info_;
  Gpu gpu_;
  std::shared_ptr<const Machine> machine_;
  Held held_;
  Gpm gpm_;
  Processes processes_;
};

}  // namespace accel::nvidia
