#include "core/device_work.hpp"

#include <memory>
#include <optional>
#include <string>

#include "base/number.hpp"
#include "core/pci/scan.hpp"
#include "core/system_state.hpp"
#include "core/thrown_by.hpp"

namespace accel {
namespace {

/// What a worker has to do and leaves behind.
struct Job {
  Machine machine;
  std::shared_ptr<Device> device;
  std::shared_ptr<Backend> backend;  // Keeps the vendor's library in use while the job runs.
  std::shared_ptr<const PciFunction> function;
  std::function<Result<void>(Device&)> work;
  std::string doing;
  Result<void> outcome;

  void run() {
    machine.refresh(function == nullptr ? std::string() : function->address.text());
    if (const auto asleep = sleeping()) {
      outcome = *asleep;
    } else if (const auto failure = thrown_by([&] { outcome = work(*device); })) {
      outcome = *failure;
    }
  }

  /// The vendor's library would wake it.
  [[nodiscard]] std::optional<Error> sleeping() const {
    if (machine.wake || function == nullptr) return std::nullopt;
    PciFunction now = *function;
    now.runtime_status = pci::runtime_status(now);
    if (!now.is_suspended()) return std::nullopt;
    return Error{Errc::device_asleep,
                 now.runtime_status.source() + " is '" + *now.runtime_status + "'; " + doing +
                     " would wake it",
                 "use --wake to do it all the same",
                 {}};
  }
};

std::shared_ptr<Job> start(const System::State& state, const DeviceWork& work,
                           std::string_view doing) {
  DeviceSlot& slot = *state.devices[work.position];
  auto job = std::make_shared<Job>();
  job->machine = state.machine;
  job->device = slot.device;
  if (slot.vendor != nullptr) job->backend = slot.vendor->backend;
  job->function = slot.function;
  job->work = work.work;
  job->doing = doing;
  return slot.worker->start([job] { job->run(); }) ? job : nullptr;
}

Error late(std::chrono::nanoseconds patience) {
  return {Errc::timeout,
          "the driver did not answer within " +
              base::number_text(std::chrono::duration<double>(patience).count()) + "s",
          "look for a hung driver in the kernel log (dmesg)",
          {}};
}

}  // namespace

std::vector<Result<void>> work_on_devices(System::State& state, std::span<const DeviceWork> work,
                                          std::chrono::nanoseconds patience,
                                          std::string_view doing) {
  const auto deadline = state.machine.clock->steady() + patience;
  std::vector<std::shared_ptr<Job>> jobs;
  jobs.reserve(work.size());
  for (const DeviceWork& one : work) jobs.push_back(start(state, one, doing));
  std::vector<Result<void>> outcomes;
  outcomes.reserve(work.size());
  for (std::size_t i = 0; i < work.size(); ++i) {
    base::Worker& worker = *state.devices[work[i].position]->worker;
    if (jobs[i] != nullptr && worker.collect(deadline) == base::Worker::Outcome::done) {
      outcomes.push_back(std::move(jobs[i]->outcome));
    } else {
      outcomes.emplace_back(late(patience));
    }
  }
  return outcomes;
}

}  // namespace accel
