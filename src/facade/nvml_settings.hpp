// Changes of an NVIDIA device's settings in the facade's terms.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "accel/control/change.hpp"
#include "accel/facade/nvml_control.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::facade {

/// What an error is in a result.
void fail(NvmlResult& result, const Error& error);

/// Thread-safe; a call into a driver that hangs keeps only its own caller.
class NvmlSettings {
 public:
  explicit NvmlSettings(const Machine& machine)
      : machine_(std::make_shared<const Machine>(machine)) {}

  [[nodiscard]] SetpointResult apply(const nvidia::Gpu& gpu, const SettingWish& wish, bool dry_run);
  /// `persistent`: also what the device keeps over a reboot.
  [[nodiscard]] ResetResult reset(const nvidia::Gpu& gpu, bool dry_run, bool persistent);

 private:
  [[nodiscard]] KnobRecords records_of(const nvidia::Gpu& gpu);
  void keep(const nvidia::Gpu& gpu, KnobRecords records);

  std::shared_ptr<const Machine> machine_;
  std::mutex mutex_;
  std::map<nvidia::nvmlDevice_t, KnobRecords> records_;
};

}  // namespace accel::facade
