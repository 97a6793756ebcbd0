// The driver's events of all GPUs that are awake.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "accel/event.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

class Events final : public EventSource {
 public:
  explicit Events(const Machine& machine) : machine_(machine) {}

  /// Whom to listen to from the next wait on. May be called while another thread waits.
  void watch(std::vector<std::pair<std::string, Gpu>> uuids_and_gpus);

  Result<DeviceEvent> next(std::chrono::milliseconds patience) override;

 private:
  /// An event set of NVML and the devices registered with it.
  class Listening;

  const Machine& machine_;
  std::mutex mutex_;
  std::vector<std::pair<std::string, Gpu>> wanted_;
  bool changed_ = false;
  std::shared_ptr<Listening> listening_;
};

/// What an event of that type and data means; `uuid` and `time` are the caller's.
[[nodiscard]] DeviceEvent describe_event(std::uint64_t type, std::uint64_t data);

}  // namespace accel::nvidia
