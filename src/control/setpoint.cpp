#include "accel/control/setpoint.hpp"

#include <algorithm>
#include <array>

namespace accel {
namespace {

constexpr std::array kRows{
#define ACCEL_SETPOINT(name, kind, unit, scope, help) &setpoint::name,
#include "accel/control/setpoints.inc"
#undef ACCEL_SETPOINT
};

}  // namespace

std::span<const SetpointRow* const> setpoints() { return kRows; }

const SetpointRow* find_setpoint(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(kRows, [&](const SetpointRow* row) { return row->name == name; });
  return found == kRows.end() ? nullptr : *found;
}

}  // namespace accel
