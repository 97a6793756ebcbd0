#include "backends/amd/control/controller.hpp"

#include <array>
#include <utility>

#include "backends/amd/control/rows.hpp"

namespace accel::amd {
namespace {

constexpr std::array kSettings{
    &kPowerLimit,     &kGraphicsClock, &kMemoryClock,      &kFanPercent,     &kFanCurve,
    &kFanZeroRpm,     &kFanMinimum,    &kAcousticLimit,    &kAcousticTarget, &kTemperatureTarget,
    &kGraphicsOffset, &kMemoryOffset,  &kPerformanceLevel, &kPowerProfile,
};

constexpr std::array kKnobs{
    &kPowerCapOf,          &kLevelOf,        &kProfileOf,       &kTableRowOf,
    &kGraphicsLevelsOf,    &kMemoryLevelsOf, &kFanOf,           &kCurveOf,
    &kZeroRpmOf,           &kFanMinimumOf,   &kAcousticLimitOf, &kAcousticTargetOf,
    &kTemperatureTargetOf,
};

}  // namespace

std::unique_ptr<Controller> make_controller(Site site) {
  return std::make_unique<settings::TableController<Site>>(std::move(site), kSettings, kKnobs);
}

}  // namespace accel::amd
