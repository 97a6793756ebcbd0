// Whether a configuration file says what its schema allows.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/document.hpp"
#include "config/schema.hpp"

namespace accel::config {

/// Every problem, in the order of the file: unknown keys with what may have been meant, values of
/// another kind, keys that are missing.
[[nodiscard]] std::vector<Error> check(const Table& document, std::span<const Key> schema,
                                       const std::string& file);

}  // namespace accel::config
