#include "backends/intel/control/controller.hpp"

#include <array>
#include <utility>

#include "backends/intel/control/rows.hpp"

namespace accel::intel {
namespace {

using FileController = settings::TableController<Site>;

constexpr std::array kGpuSettings{&kPowerLimit, &kEngineClock, &kPowerProfile, &kFanPercent};
constexpr std::array kGpuKnobs{&kPowerLimitOf, &kClockOf, &kProfileOf, &kFanOf};
constexpr std::array kNpuSettings{&kEngineClock};
constexpr std::array kNpuKnobs{&kClockOf};

}  // namespace

std::unique_ptr<Controller> make_gpu_controller(Site site) {
  return std::make_unique<FileController>(std::move(site), kGpuSettings, kGpuKnobs);
}

std::unique_ptr<Controller> make_npu_controller(Site site) {
  return std::make_unique<FileController>(std::move(site), kNpuSettings, kNpuKnobs);
}

}  // namespace accel::intel
