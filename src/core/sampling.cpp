#include "core/sampling.hpp"

#include <algorithm>
#include <memory>

#include "base/number.hpp"
#include "core/device_state.hpp"
#include "core/pci/scan.hpp"
#include "core/system_state.hpp"

namespace accel {
namespace {

/// What a sampling job works on and leaves behind; it may outlive the System.
struct SampleJob {
  Machine machine;
  std::shared_ptr<Device> device;
  std::shared_ptr<Backend> backend;  // Keeps the vendor's library in use while the job runs.
  std::shared_ptr<const PciFunction> function;
  System::Wanted wanted;
  ReadingSet readings;
  Result<ProcessList> processes = ProcessList{};

  void run() {
    device->sample(readings);
    if (wanted.slow && device->slow_reader() != nullptr) {
      device->slow_reader()->sample_slowly(readings);
    }
    if (function != nullptr) pci::sample_bus(*function, machine, readings);
    if (!wanted.processes) return;
    ProcessLister* lister = device->process_lister();
    if (lister != nullptr) {
      processes = lister->processes();
    } else {
      processes = Error{
          Errc::operation_not_supported, "this device does not tell which programs use it", "", {}};
    }
  }
};

std::shared_ptr<SampleJob> start(const System::State& state, DeviceSlot& slot,
                                 System::Wanted wanted) {
  auto job = std::make_shared<SampleJob>();
  job->machine = state.machine;
  job->device = slot.device;
  if (slot.vendor != nullptr) job->backend = slot.vendor->backend;
  job->function = slot.function;
  job->wanted = wanted;
  return slot.worker.start([job] { job->run(); }) ? job : nullptr;
}

DeviceSample hung_sample(const DeviceSlot& slot, std::chrono::nanoseconds patience) {
  DeviceSample sample;
  sample.info = &slot.info;
  sample.state = DeviceState::hung;
  sample.state_reason = "the driver did not answer within " +
                        base::number_text(std::chrono::duration<double>(patience).count()) + "s";
  const Absence hung{ReadingStatus::hung, sample.state_reason,
                     "look for a hung driver in the kernel log (dmesg)"};
  fill_absent(sample.readings, hung);
  sample.processes = Error{Errc::timeout, hung.reason, hung.remedy, {}};
  return sample;
}

/// A device whose readings say that it is lost is lost, whatever it was when it was found.
void judge(DeviceSample& sample) {
  const auto entries = sample.readings.entries();
  const auto lost = std::ranges::find_if(entries, [](const ReadingSet::Entry& entry) {
    return entry.reading.status() == ReadingStatus::lost;
  });
  if (lost == entries.end()) return;
  sample.state = DeviceState::lost;
  sample.state_reason = lost->reading.reason();
}

DeviceSample finished_sample(const DeviceSlot& slot, SampleJob& job) {
  DeviceSample sample;
  sample.info = &slot.info;
  sample.state = slot.info.state;
  sample.state_reason = slot.info.state_reason;
  sample.readings = std::move(job.readings);
  sample.processes = std::move(job.processes);
  judge(sample);
  if (sample.state != DeviceState::ok) {
    fill_absent(sample.readings,
                {status_of(sample.state), sample.state_reason, slot.info.state_remedy});
  }
  return sample;
}

}  // namespace

std::vector<DeviceSample> sample(System::State& state, std::span<const std::size_t> positions,
                                 System::Wanted wanted) {
  const auto patience = state.options.device_deadline;
  const auto deadline = state.machine.clock->steady() + patience;
  std::vector<std::shared_ptr<SampleJob>> jobs;
  jobs.reserve(positions.size());
  for (const std::size_t position : positions) {
    jobs.push_back(start(state, *state.devices[position], wanted));
  }
  std::vector<DeviceSample> samples;
  samples.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    DeviceSlot& slot = *state.devices[positions[i]];
    const bool done =
        jobs[i] != nullptr && slot.worker.collect(deadline) == base::Worker::Outcome::done;
    samples.push_back(done ? finished_sample(slot, *jobs[i]) : hung_sample(slot, patience));
  }
  return samples;
}

}  // namespace accel
