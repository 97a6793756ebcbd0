#include "core/sampling.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/device_state.hpp"
#include "core/drm_processes.hpp"
#include "core/pci/scan.hpp"
#include "core/system_state.hpp"
#include "core/thrown_by.hpp"

namespace accel {
namespace {

/// What a sampling job works on and leaves behind; it may outlive the System.
struct SampleJob {
  Machine machine;
  std::shared_ptr<Device> device;
  std::shared_ptr<Backend> backend;  // Keeps the vendor's library in use while the job runs.
  std::optional<PciFunction> function;
  System::Wanted wanted;
  ReadingSet readings;
  Result<ProcessList> processes = ProcessList{};
  std::optional<Absence> asleep;
  std::optional<Absence> gone;
  std::optional<Error> failure;

  void run() {
    machine.refresh(function ? function->address.text() : std::string());
    look_whether_gone();
    if (gone) return;
    look_whether_asleep();
    if (!asleep) ask_device();
    if (function && wanted.readings) pci::sample_bus(*function, machine, readings);
  }

  /// A driver is not asked about a device that has been taken out: it may wait for it.
  void look_whether_gone() {
    if (!function) return;
    const base::Dir directory(function->directory.string());
    if (directory.exists()) return;
    const std::string reason = directory.path().string() + ": No such file or directory: the " +
                               "device is no longer on the bus";
    gone = Absence{ReadingStatus::lost, reason,
                   "if nobody removed it: see the kernel log (dmesg), check power and seating"};
    processes = Error{Errc::device_lost, reason, gone->remedy, {}};
  }

  /// A device may have fallen asleep since it was found, and the vendor's library would wake it.
  void look_whether_asleep() {
    if (!function) return;
    function->runtime_status = pci::runtime_status(*function);
    if (!function->is_suspended() || machine.wake) return;
    const std::string reason = function->runtime_status.source() + " is '" +
                               *function->runtime_status + "'; reading the device would wake it";
    asleep = Absence{ReadingStatus::asleep, reason, "use --wake to read it all the same"};
    processes = Error{Errc::device_asleep, reason, asleep->remedy, {}};
  }

  void ask_device() {
    if (wanted.readings) failure = thrown_by([this] { device->sample(readings); });
    if (SlowReader* slow = wanted.slow ? device->slow_reader() : nullptr) {
      const auto slow_failure = thrown_by([&] { slow->sample_slowly(readings); });
      if (!failure) failure = slow_failure;
    }
    if (wanted.processes) ask_for_processes();
  }

  void ask_for_processes() {
    ProcessLister* lister = device->process_lister();
    if (lister == nullptr) {
      processes =
          Error{Errc::operation_not_supported, "its driver does not tell of programs", "", {}};
    } else {
      const auto list_failure = thrown_by([&] { processes = lister->processes(); });
      if (list_failure) processes = *list_failure;
    }
    if (!processes) look_for_nodes(processes.error());
    if (processes && wanted.readings) add_sums();
  }

  /// Whoever tells nothing of its programs, or cannot at present: some program has its node open.
  void look_for_nodes(const Error& error) {
    const AcceleratorInfo& info = device->info();
    if (info.device_nodes.empty() || error.code == Errc::device_asleep) return;
    const bool computes = info.device_type != DeviceType::gpu;
    Absence why = absence_of(error);
    why.reason = "known by its open device node only; " + why.reason;
    ProcessList list = node_processes(machine, info.device_nodes,
                                      computes ? ProcessType::compute : ProcessType::unknown, why);
    if (error.code != Errc::operation_not_supported) list.problems.push_back(error);
    processes = std::move(list);
  }

  /// What the programs did together stands in for a use that the device does not tell itself, or
  /// not to this user.
  void add_sums() {
    const auto told = readings.get(metric::utilization).status();
    if (told != ReadingStatus::unsupported && told != ReadingStatus::no_permission &&
        told != ReadingStatus::error) {
      return;
    }
    for (const ReadingSet::Entry& sum : processes->sums.entries()) {
      // Where neither tells, what went wrong with the device's own answer says more.
      const bool is_use = sum.metric == &metric::utilization.row;
      const bool says_less = told != ReadingStatus::unsupported && !sum.reading &&
                             sum.reading.status() != ReadingStatus::pending;
      if (!(is_use && says_less)) readings.set(sum);
    }
  }
};

std::shared_ptr<SampleJob> start(const System::State& state, DeviceSlot& slot,
                                 System::Wanted wanted) {
  auto job = std::make_shared<SampleJob>();
  job->machine = state.machine;
  job->device = slot.device;
  if (slot.vendor != nullptr) job->backend = slot.vendor->backend;
  if (slot.function != nullptr) job->function = *slot.function;
  job->wanted = wanted;
  return slot.worker->start([job] { job->run(); }) ? job : nullptr;
}

DeviceSample hung_sample(const DeviceSlot& slot, std::chrono::nanoseconds patience) {
  DeviceSample sample;
  sample.info = &slot.info;
  sample.state = DeviceState::hung;
  sample.state_reason = "the driver did not answer within " +
                        base::number_text(std::chrono::duration<double>(patience).count()) + "s";
  sample.state_remedy = "look for a hung driver in the kernel log (dmesg)";
  const Absence hung{ReadingStatus::hung, sample.state_reason, sample.state_remedy};
  fill_absent(sample.readings, hung);
  sample.processes = Error{Errc::timeout, hung.reason, hung.remedy, {}};
  return sample;
}

bool has_value(const DeviceSample& sample) {
  return std::ranges::any_of(sample.readings.entries(),
                             [](const auto& entry) { return entry.reading.has_value(); });
}

/// The state by what became of the list of programs, where nothing else was asked for.
void judge_by_processes(DeviceSample& sample) {
  if (sample.processes) {
    if (sample.state != DeviceState::asleep) return;
    sample.state = DeviceState::ok;
    sample.state_reason.clear();
    sample.state_remedy.clear();
    return;
  }
  const Error& error = sample.processes.error();
  if (error.code != Errc::device_asleep && error.code != Errc::device_lost) return;
  sample.state = error.code == Errc::device_lost ? DeviceState::lost : DeviceState::asleep;
  sample.state_reason = error.message;
  sample.state_remedy = error.remedy;
}

/// The state as seen while sampling, which may differ from that when the device was found: it fell
/// asleep, woke up, failed, or its readings say that it is lost.
void judge(DeviceSample& sample, const SampleJob& job) {
  if (job.gone) {
    sample.state = DeviceState::lost;
    sample.state_reason = job.gone->reason;
    sample.state_remedy = job.gone->remedy;
    return;
  }
  if (job.asleep) {
    sample.state = DeviceState::asleep;
    sample.state_reason = job.asleep->reason;
    sample.state_remedy = job.asleep->remedy;
    return;
  }
  if (job.failure) {
    sample.state = DeviceState::error;
    sample.state_reason = job.failure->message;
    sample.state_remedy = job.failure->remedy;
  }
  if (!job.wanted.readings) return judge_by_processes(sample);
  const auto entries = sample.readings.entries();
  const auto first = [&](ReadingStatus status) {
    return std::ranges::find_if(entries, [status](const ReadingSet::Entry& entry) {
      return entry.reading.status() == status;
    });
  };
  if (const auto lost = first(ReadingStatus::lost); lost != entries.end()) {
    sample.state = DeviceState::lost;
    sample.state_reason = lost->reading.reason();
    sample.state_remedy = lost->reading.remedy();
    return;
  }
  // One that is on no PCI bus is asked by its vendor alone whether it sleeps.
  const auto asleep = first(ReadingStatus::asleep);
  if (asleep != entries.end() && sample.state == DeviceState::ok && !has_value(sample)) {
    sample.state = DeviceState::asleep;
    sample.state_reason = asleep->reading.reason();
    sample.state_remedy = asleep->reading.remedy();
  } else if (sample.state == DeviceState::asleep && has_value(sample)) {
    sample.state = DeviceState::ok;
    sample.state_reason.clear();
    sample.state_remedy.clear();
  }
}

DeviceSample finished_sample(const DeviceSlot& slot, SampleJob& job) {
  DeviceSample sample;
  sample.info = &slot.info;
  sample.state = slot.info.state;
  sample.state_reason = slot.info.state_reason;
  sample.state_remedy = slot.info.state_remedy;
  sample.readings = std::move(job.readings);
  sample.processes = std::move(job.processes);
  judge(sample, job);
  if (sample.state != DeviceState::ok && job.wanted.readings) {
    fill_absent(sample.readings,
                {status_of(sample.state), sample.state_reason, sample.state_remedy});
  }
  return sample;
}

}  // namespace

HiddenPrograms hidden_from(std::span<const DeviceSample> samples) {
  HiddenPrograms hidden;
  for (const DeviceSample& sample : samples) {
    if (sample.processes) hidden.add(sample.processes->hidden);
  }
  // Hidden from one device's driver, and yet in the list of another.
  for (const DeviceSample& sample : samples) {
    if (!sample.processes) continue;
    for (const AcceleratorProcess& process : sample.processes->processes) {
      hidden.remove(process.pid);
    }
  }
  return hidden;
}

std::vector<DeviceSample> sample(System::State& state, std::span<const std::size_t> positions,
                                 System::Wanted wanted) {
  const auto patience = state.options.device_deadline;
  const auto deadline = state.machine.clock->steady() + patience;
  std::vector<std::shared_ptr<SampleJob>> jobs;
  jobs.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto before = positions.first(i);
    const bool again = std::ranges::find(before, positions[i]) != before.end();
    jobs.push_back(again ? nullptr : start(state, *state.devices[positions[i]], wanted));
  }
  std::vector<DeviceSample> samples;
  samples.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto earlier = std::ranges::find(positions.first(i), positions[i]);
    if (earlier != positions.first(i).end()) {
      samples.push_back(samples[static_cast<std::size_t>(earlier - positions.begin())]);
      continue;
    }
    DeviceSlot& slot = *state.devices[positions[i]];
    const bool done =
        jobs[i] != nullptr && slot.worker->collect(deadline) == base::Worker::Outcome::done;
    samples.push_back(done ? finished_sample(slot, *jobs[i]) : hung_sample(slot, patience));
  }
  return samples;
}

}  // namespace accel
