// The settings of one GPU, through the functions of NVML that set something.
#pragma once

#include <memory>

#include "accel/control/controller.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/gpu.hpp"
#include "backends/nvidia/runtime_power.hpp"

namespace accel::nvidia {

class GpuController final : public Controller {
 public:
  GpuController(Gpu gpu, RuntimePower power, std::shared_ptr<const Machine> machine)
      : gpu_(std::move(gpu)), power_(std::move(power)), machine_(std::move(machine)) {}

  Result<SetpointState> state(const SetpointRow& row) override;
  Result<std::vector<KnobWrite>> writes(const SetpointRow& row,
                                        const SetpointValue& value) override;
  Result<std::vector<KnobWrite>> default_writes(const SetpointRow& row) override;
  Result<std::string> value_of(std::string_view knob) override;
  Result<void> write(std::string_view knob, std::string_view value) override;
  [[nodiscard]] std::string call_text(std::string_view knob, std::string_view value) const override;

 private:
  /// The GPU, or one that refuses while it sleeps: the driver would wake it.
  [[nodiscard]] Gpu awake() const;

  Gpu gpu_;
  RuntimePower power_;
  std::shared_ptr<const Machine> machine_;
};

}  // namespace accel::nvidia
