// An NPU: its identity, its readings, its programs, its settings.
#pragma once

#include <memory>

#include "accel/device.hpp"
#include "backends/intel/access.hpp"
#include "backends/intel/time_share.hpp"
#include "core/drm_processes.hpp"

namespace accel::intel {

class Sampling;

class NpuDevice final : public Device, public ProcessLister {
 public:
  NpuDevice(Place place, Access access);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  ProcessLister* process_lister() override { return this; }
  Controller* controller() override { return controller_.get(); }

 private:
  Reading<Ratio> utilization(Sampling& sampling);
  bool read_all(ReadingSet& out);

  Place place_;
  Access access_;
  AcceleratorInfo info_;
  TimeShare busy_;
  DrmProcesses processes_;
  std::unique_ptr<Controller> controller_;
};

}  // namespace accel::intel
