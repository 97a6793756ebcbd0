// What the simulator says of itself, which is JSON, shown in the format that was asked for.
#pragma once

#include <string>

#include "accel/result.hpp"
#include "cli/context.hpp"
#include "render/document.hpp"

namespace accel::cli {

/// Reads JSON text. malformed for anything else.
[[nodiscard]] Result<render::Document> parse_json(std::string_view text);

/// `scenario` is empty where the text is about no node.
ExitCode show_simulation(Context& context, const std::string& scenario, const std::string& json);

}  // namespace accel::cli
