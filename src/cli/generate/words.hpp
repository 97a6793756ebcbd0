// The words of the command tables as completion scripts need them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace accel::cli {

/// A word that can follow "accel" or "accel sim", and what it does.
struct Word {
  std::string_view text;
  std::string_view summary;
};

/// First words of all commands, a group once.
[[nodiscard]] std::vector<Word> first_words();
/// Second words of a group; none for a command that has only one.
[[nodiscard]] std::vector<Word> second_words(std::string_view group);

/// The options of a command with the global ones that apply to it.
[[nodiscard]] std::vector<const Option*> options_of(const Command& command);

/// Commands that help mentions.
[[nodiscard]] std::vector<const Command*> visible_commands();

/// Every field that --query understands with some command.
[[nodiscard]] std::string query_fields();

/// `text` with every character of `special` preceded by a backslash.
[[nodiscard]] std::string escaped(std::string_view text, std::string_view special);

}  // namespace accel::cli
