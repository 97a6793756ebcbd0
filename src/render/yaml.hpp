// Documents as YAML (1.2, and read alike by 1.1 readers).
#pragma once

#include <string>

#include "render/document.hpp"

namespace accel::render {

/// Block style. A text that a reader could take for something else (a number, a date, "no") is
/// quoted, so that it comes back as a text.
[[nodiscard]] std::string yaml(const Document& document);

}  // namespace accel::render
