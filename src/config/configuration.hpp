// What somebody configured: the file accel.toml, checked against its schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel::config {

struct Configuration {
  std::vector<RemoteSystem> remote_systems;
};

/// The first problem, with line and column, where there is any: nothing is used of a file that has
/// one. `file` is its name in messages.
[[nodiscard]] Result<Configuration> parse_configuration(std::string_view text,
                                                        const std::string& file);

/// operation_not_supported where there is no such file.
[[nodiscard]] Result<Configuration> read_configuration(const std::string& path);

}  // namespace accel::config
