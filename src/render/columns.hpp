// Columns of a table by name, as a user asks for them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"
#include "render/csv.hpp"

namespace accel::render {

/// "a,b" as a list of names. invalid_argument, with the nearest names as remedy, for one that is
/// not among the known.
[[nodiscard]] Result<std::vector<std::string>> parse_columns(std::string_view text,
                                                             std::span<const std::string> known);

/// Those columns of the table, in that order; all where none are chosen. They must exist.
[[nodiscard]] Table with_columns(Table table, std::span<const std::string> names);

/// The cells as texts for people; "-" for one that is empty.
[[nodiscard]] std::vector<std::vector<std::string>> cell_texts(const Table& table);

}  // namespace accel::render
