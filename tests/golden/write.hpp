// What the library says of a machine, as a golden holds it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "accel/system.hpp"

namespace accel::golden {

/// Every device with its identity and readings; values in base units, the reason where there is no
/// value. Paths stand without `root`.
[[nodiscard]] nlohmann::ordered_json written(System& system, const std::string& root);

}  // namespace accel::golden
