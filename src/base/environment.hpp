// Settings from environment variables, each read as the type it is meant to have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::base {

// Each gives nothing where the variable is unset, and invalid_argument naming the variable where
// its text is not of the type. An empty text counts as unset. Do not call while another thread
// changes the environment.

[[nodiscard]] std::optional<std::string> environment_text(const char* name);
/// true/1/yes/on and false/0/no/off, in any case.
[[nodiscard]] Result<std::optional<bool>> environment_flag(const char* name);
[[nodiscard]] Result<std::optional<std::int64_t>> environment_integer(const char* name);
[[nodiscard]] Result<std::optional<double>> environment_number(const char* name);
/// Parts between commas, without blanks around them.
[[nodiscard]] std::optional<std::vector<std::string>> environment_list(const char* name);

/// "a, b,c " → {"a", "b", "c"}; parts that are empty stay.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);

}  // namespace accel::base
