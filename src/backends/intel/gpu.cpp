#include "backends/intel/gpu.hpp"

#include <utility>

#include "backends/intel/control/controller.hpp"
#include "backends/intel/identity.hpp"
#include "backends/intel/memory_regions.hpp"
#include "backends/intel/readings.hpp"
#include "backends/intel/vocabulary.hpp"

namespace accel::intel {
namespace {

/// i915 and xe count engine time, but tell it to performance counters and to each program's owner.
/// What the programs did together is known where they are asked for.
Absence untold_utilization(const std::string& driver) {
  return {ReadingStatus::unsupported,
          driver +
              " tells engine time per program only; the device was awake for the share that "
              "the reading 'awake' gives",
          "ask for its programs as well"};
}

}  // namespace

GpuDevice::GpuDevice(Place place, Access access, std::shared_ptr<SharedLevelZero> level_zero)
    : place_(std::move(place)),
      access_(std::move(access)),
      is_discrete_(is_discrete(place_.function)),
      info_(identity_of(place_, access_.machine())),
      processes_(drm_place_of(place_), vocabulary_of(place_, is_discrete_)),
      level_zero_(std::move(level_zero)),
      controller_(make_gpu_controller(Site(place_, access_, is_discrete_))) {}

bool GpuDevice::read_all(ReadingSet& out, bool was_asleep) {
  const Machine& machine = access_.machine();
  Sampling sampling(out, *machine.clock);
  const auto gts = gts_of(place_, is_discrete_);
  const Hwmon hwmon(place_, is_discrete_);
  // In the order of the table of metrics, so that each reading is filed behind the one before.
  sampling.set(metric::utilization, Reading<Ratio>(untold_utilization(place_.driver())));
  read_idle(sampling, gts, idle_);
  MemoryFigures memory = memory_of(place_, machine, is_discrete_);
  sampling.set(metric::memory_total, std::move(memory.total));
  sampling.set(metric::memory_used, std::move(memory.used));
  sampling.set(metric::memory_free, std::move(memory.free));
  read_temperatures(sampling, hwmon);
  read_power(sampling, hwmon, place_, was_asleep, meter_);
  read_clocks(sampling, gts);
  read_voltage(sampling, hwmon);
  read_power_state(sampling);
  read_fans(sampling, hwmon);
  read_throttling(sampling, gts);
  return !sampling.is_gone();
}

void GpuDevice::sample(ReadingSet& out) {
  const auto answer = access_.ask(place_.function);
  if (answer.refusal) return file_refusal(out, *answer.refusal);
  ReadingSet read;
  if (read_all(read, answer.is_asleep)) {
    out = std::move(read);
    return;
  }
  file_refusal(out, {Errc::device_lost,
                     place_.function.directory.string() +
                         ": the driver has no device any more, or every number that it gave has "
                         "all bits set",
                     "check power and seating of the card, then load the driver anew or reboot",
                     {}});
}

void GpuDevice::sample_slowly(ReadingSet& out) {
  if (access_.ask(place_.function).refusal) return;  // sample() has said so.
  Sampling sampling(out, *access_.machine().clock);
  if (!management_) {
    if (auto library = level_zero_->library()) {
      management_.emplace(std::move(*library), place_.function.address);
    }
  }
  if (management_) management_->read(sampling);
  read_power_state(sampling);
}

Result<ProcessList> GpuDevice::processes() {
  // What the kernel keeps of open files is in memory: reading it wakes nothing. All the same, a
  // suspended device is left alone as a whole.
  if (auto answer = access_.ask(place_.function); answer.refusal) return *answer.refusal;
  ProcessList list = processes_.processes(access_.machine());
  if (const auto busy = list.sums.get(metric::utilization)) {
    list.sums.set(metric::power_state, power_state_when(busy));
  }
  return list;
}

}  // namespace accel::intel
