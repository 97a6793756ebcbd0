// A GPU: its identity, its readings, its programs, its settings.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "accel/device.hpp"
#include "backends/intel/access.hpp"
#include "backends/intel/energy_meter.hpp"
#include "backends/intel/management.hpp"
#include "backends/intel/shared_level_zero.hpp"
#include "backends/intel/time_share.hpp"
#include "core/drm_processes.hpp"

namespace accel::intel {

class GpuDevice final : public Device, public ProcessLister, public SlowReader {
 public:
  GpuDevice(Place place, Access access, std::shared_ptr<SharedLevelZero> level_zero);

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  void sample_slowly(ReadingSet& out) override;
  ProcessLister* process_lister() override { return this; }
  SlowReader* slow_reader() override { return this; }
  Controller* controller() override { return controller_.get(); }

 private:
  /// False when the device turned out to be gone.
  bool read_all(ReadingSet& out, bool was_asleep);

  Place place_;
  Access access_;
  bool is_discrete_;
  AcceleratorInfo info_;
  EnergyMeter meter_;
  std::vector<TimeShare> idle_;
  DrmProcesses processes_;
  std::shared_ptr<SharedLevelZero> level_zero_;
  std::optional<Management> management_;
  std::unique_ptr<Controller> controller_;
};

}  // namespace accel::intel
