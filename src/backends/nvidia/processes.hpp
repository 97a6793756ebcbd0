// The programs on a GPU: NVML's three lists as one, with what each uses of the GPU.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "accel/machine.hpp"
#include "accel/process.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

class Processes {
 public:
  /// `instances_elsewhere`: programs of MIG instances are listed by the instances, not here.
  Processes(const Gpu& gpu, const Machine& machine, bool instances_elsewhere)
      : gpu_(gpu), machine_(machine), instances_elsewhere_(instances_elsewhere) {}

  /// Fails as a whole only when no list can be had.
  Result<ProcessList> processes();

 private:
  struct Share {
    std::uint64_t time = 0;
    nvmlProcessUtilizationSample_t sample{};
  };

  void add_utilization(std::vector<AcceleratorProcess>& processes);
  Result<std::map<std::uint32_t, Share>> shares();

  const Gpu& gpu_;
  const Machine& machine_;
  bool instances_elsewhere_;
  /// NVML's time of the newest sample seen; 0 before the first.
  std::uint64_t last_seen_ = 0;
  bool asked_before_ = false;
};

/// One entry of a list of running processes, whatever the width of the driver's records.
struct RunningProcess {
  std::uint32_t pid;
  std::uint64_t memory;
  std::uint32_t gpu_instance;
};

using ProcessFunction = Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t*, nvmlProcessInfo_t*)>;
[[nodiscard]] Result<std::vector<RunningProcess>> running_processes(
    const Gpu& gpu, const ProcessFunction& function);

}  // namespace accel::nvidia
