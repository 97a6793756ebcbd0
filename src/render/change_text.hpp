// A change of settings for people: what it sets, how, and how long there is to confirm it.
#pragma once

#include <span>
#include <string>

#include "accel/control/change.hpp"
#include "render/page.hpp"

namespace accel::render {

[[nodiscard]] std::string changes_text(std::span<const ChangeReport> reports,
                                       const std::string& simulated, Look look);

}  // namespace accel::render
