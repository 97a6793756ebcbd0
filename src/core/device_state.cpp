#include "core/device_state.hpp"

namespace accel {
namespace {

template <class T>
void fill(ReadingSet& out, const Metric<T>& metric, const Absence& why) {
  if (!out.contains(metric.row)) out.set(metric, Reading<T>{why});
}

}  // namespace

ReadingStatus status_of(DeviceState state) {
  switch (state) {
    case DeviceState::ok: return ReadingStatus::unsupported;
    case DeviceState::asleep: return ReadingStatus::asleep;
    case DeviceState::no_permission: return ReadingStatus::no_permission;
    case DeviceState::no_driver: return ReadingStatus::no_driver;
    case DeviceState::hung: return ReadingStatus::hung;
    case DeviceState::lost: return ReadingStatus::lost;
    case DeviceState::error: return ReadingStatus::error;
  }
  return ReadingStatus::error;
}

void fill_absent(ReadingSet& out, const Absence& why) {
  fill(out, metric::utilization, why);
  fill(out, metric::utilization_memory_controller, why);
  fill(out, metric::memory_total, why);
  fill(out, metric::memory_used, why);
  fill(out, metric::memory_free, why);
  fill(out, metric::temperature, why);
  fill(out, metric::power, why);
  fill(out, metric::power_limit, why);
  fill(out, metric::energy, why);
  fill(out, metric::clock_graphics, why);
  fill(out, metric::clock_memory, why);
  fill(out, metric::fan_speed, why);
  fill(out, metric::throttle, why);
}

}  // namespace accel
