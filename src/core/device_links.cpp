#include "core/device_links.hpp"

#include <memory>
#include <optional>
#include <string>

#include "base/number.hpp"
#include "core/pci/scan.hpp"
#include "core/system_state.hpp"
#include "core/thrown_by.hpp"

namespace accel {
namespace {

/// What a job works on and leaves behind; it may outlive the System.
struct LinkJob {
  bool wake = false;
  std::shared_ptr<Device> device;
  std::shared_ptr<Backend> backend;  // Keeps the vendor's library in use while the job runs.
  std::shared_ptr<const PciFunction> function;
  Result<std::vector<DeviceLink>> links = std::vector<DeviceLink>{};

  void run() {
    LinkLister* lister = device->link_lister();
    if (lister == nullptr) {
      links = Error{Errc::operation_not_supported,
                    "this device tells of no links of its vendor's own",
                    "",
                    {}};
    } else if (const auto asleep = sleeping()) {
      links = *asleep;
    } else if (const auto failure = thrown_by([&] { links = lister->links(); })) {
      links = *failure;
    }
  }

  /// The vendor's library would wake it.
  [[nodiscard]] std::optional<Error> sleeping() const {
    if (wake || function == nullptr) return std::nullopt;
    PciFunction now = *function;
    now.runtime_status = pci::runtime_status(now);
    if (!now.is_suspended()) return std::nullopt;
    return Error{Errc::device_asleep,
                 now.runtime_status.source() + " is '" + *now.runtime_status +
                     "'; asking the device for its links would wake it",
                 "use --wake to ask it all the same",
                 {}};
  }
};

std::shared_ptr<LinkJob> start(const System::State& state, DeviceSlot& slot) {
  auto job = std::make_shared<LinkJob>();
  job->wake = state.machine.wake;
  job->device = slot.device;
  if (slot.vendor != nullptr) job->backend = slot.vendor->backend;
  job->function = slot.function;
  return slot.worker->start([job] { job->run(); }) ? job : nullptr;
}

}  // namespace

std::vector<Result<std::vector<DeviceLink>>> device_links(System::State& state,
                                                          std::span<const std::size_t> positions) {
  const auto patience = state.options.device_deadline;
  const auto deadline = state.machine.clock->steady() + patience;
  std::vector<std::shared_ptr<LinkJob>> jobs;
  jobs.reserve(positions.size());
  for (const std::size_t position : positions) {
    jobs.push_back(start(state, *state.devices[position]));
  }
  std::vector<Result<std::vector<DeviceLink>>> all;
  all.reserve(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    base::Worker& worker = *state.devices[positions[i]]->worker;
    if (jobs[i] != nullptr && worker.collect(deadline) == base::Worker::Outcome::done) {
      all.push_back(std::move(jobs[i]->links));
      continue;
    }
    all.emplace_back(Error{Errc::timeout,
                           "the driver did not answer within " +
                               base::number_text(std::chrono::duration<double>(patience).count()) +
                               "s",
                           "look for a hung driver in the kernel log (dmesg)",
                           {}});
  }
  return all;
}

}  // namespace accel
