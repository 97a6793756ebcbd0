// Help for people, written from the command tables.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "render/page.hpp"

namespace accel::cli {

/// All commands; of a group ("sim") only its own.
[[nodiscard]] std::string overview(std::string_view group, render::Look look);

[[nodiscard]] std::string command_help(const Command& command, render::Look look);

/// "accel sim inject SEL FAULT [LIMIT]"
[[nodiscard]] std::string synopsis(const Command& command);

/// "-v, --verbose" or "--device SEL"
[[nodiscard]] std::string option_text(const Option& option);

}  // namespace accel::cli
