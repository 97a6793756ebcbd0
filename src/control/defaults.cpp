#include "control/defaults.hpp"

#include <algorithm>

namespace accel::control {

std::vector<SettingWish> default_wishes(System& system, std::size_t position,
                                        bool with_persistent) {
  std::vector<SettingWish> all;
  for (const SetpointRow* row : setpoints()) {
    const bool is_meant =
        row->scope == SetpointScope::tuning || (row->is_persistent() && with_persistent);
    if (is_meant) all.push_back({std::string(row->name), {}});
  }
  const auto plans = plan_settings(system, position, all, {});
  std::vector<SettingWish> possible;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (plans[i] || plans[i].error().code != Errc::operation_not_supported) {
      possible.push_back(all[i]);
    }
  }
  return possible.empty() ? all : possible;
}

}  // namespace accel::control
