#include "backends/nvidia/device.hpp"

#include <utility>

#include "backends/nvidia/link_list.hpp"
#include "backends/nvidia/pcie.hpp"

namespace accel::nvidia {

GpuDevice::GpuDevice(AcceleratorInfo info, Gpu gpu, RuntimePower power,
                     std::shared_ptr<const Machine> machine, bool has_instances)
    : info_(std::move(info)),
      gpu_(std::move(gpu)),
      power_(std::move(power)),
      machine_(std::move(machine)),
      gpm_(gpu_),
      processes_(gpu_, *machine_, has_instances),
      controller_(gpu_, power_, machine_) {}

Gpu GpuDevice::awake() const {
  if (gpu_.refusal() != nullptr) return gpu_;
  if (auto asleep = power_.refusal()) return gpu_.refusing(std::move(*asleep));
  return gpu_;
}

bool GpuDevice::read_all(const Gpu& gpu, ReadingSet& out) {
  const FieldBatch fields(gpu, sampled_fields());
  Sampling sampling(gpu, &fields, out, machine_->clock->steady());
  // In the order of the table of metrics, so that each reading is filed behind the one before.
  read_utilization(sampling);
  gpm_.read(sampling);
  read_memory(sampling);
  read_temperatures(sampling, held_);
  read_power(sampling, held_);
  read_clocks(sampling, held_);
  read_modes(sampling);
  read_fans(sampling, held_);
  read_throttling(sampling);
  read_pcie(sampling, held_);
  read_links(sampling, held_);
  read_errors(sampling);
  read_partition_modes(sampling);
  return !sampling.is_gone();
}

void GpuDevice::sample(ReadingSet& out) {
  const Gpu gpu = awake();
  if (read_all(gpu, out)) return;
  read_all(gpu_.refusing({Errc::device_lost,
                          "every number that the driver gave has all bits set: the GPU is gone",
                          "check power and seating of the card, then reset the GPU or reboot",
                          {}}),
           out);
}

void GpuDevice::sample_slowly(ReadingSet& out) {
  if (gpm_.has_pcie()) return;
  const Gpu gpu = awake();
  Sampling sampling(gpu, nullptr, out, machine_->clock->steady());
  read_pcie_throughput(sampling);
}

Result<ProcessList> GpuDevice::processes() {
  const Gpu gpu = awake();
  if (const Error* refusal = gpu.refusal()) return *refusal;
  return processes_.processes();
}

Result<std::vector<DeviceLink>> GpuDevice::links() {
  return nvlinks(awake(), machine_->clock->steady());
}

}  // namespace accel::nvidia
