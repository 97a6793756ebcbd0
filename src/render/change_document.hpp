// A change of settings as the document `accel/change/1`.
#pragma once

#include <span>
#include <string>

#include "accel/control/change.hpp"
#include "render/document.hpp"

namespace accel::render {

[[nodiscard]] Document change_document(const ChangeReport& report, const std::string& simulated);
/// Several devices' changes: `accel/changes/1`.
[[nodiscard]] Document changes_document(std::span<const ChangeReport> reports,
                                        const std::string& simulated);

/// A number, {min, max}, a switch, a word, or points of {celsius, percent}; null where there is
/// none.
[[nodiscard]] Document value_document(const std::optional<SetpointValue>& value);

}  // namespace accel::render
