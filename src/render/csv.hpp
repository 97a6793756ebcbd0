// Rows as comma-separated values (RFC 4180).
#pragma once

#include <string>
#include <vector>

#include "render/document.hpp"

namespace accel::render {

/// A heading and rows of as many cells. Cells that are null are empty; lists of texts are joined
/// by ';'.
struct Table {
  std::vector<std::string> heading;
  std::vector<std::vector<Document>> rows;
};

/// A cell as text, before quoting.
[[nodiscard]] std::string cell_text(const Document& cell);

/// Lines end in CR LF, as the RFC has it. With `simulated` (a scenario's name) the first column
/// says so in every row.
[[nodiscard]] std::string csv(const Table& table, std::string_view simulated);

}  // namespace accel::render
