// Documents as JSON (RFC 8259).
#pragma once

#include <string>

#include "render/document.hpp"

namespace accel::render {

/// Indented by two blanks, one line for each list or object that holds only plain values, and a
/// newline at the end. A number that is not finite is written as null: JSON has no other word.
[[nodiscard]] std::string json(const Document& document);

/// The same in one line, newline included: NDJSON when written again and again.
[[nodiscard]] std::string json_line(const Document& document);

/// Appends `text` between quotes, as valid UTF-8 with control characters escaped.
void append_quoted(std::string_view text, std::string& out);

}  // namespace accel::render
