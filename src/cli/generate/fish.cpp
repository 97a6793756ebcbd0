// Completion for fish.
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"

namespace accel::cli {
namespace {

std::string quoted(std::string_view text) { return "'" + escaped(text, "\\'") + "'"; }

std::string argument_of(Kind kind) {
  switch (kind) {
    case Kind::directory: return " -x -a '(__fish_complete_directories)'";
    case Kind::file: return " -r -F";
    case Kind::fields: return " -x -a " + quoted(query_fields());
    case Kind::scenario: return " -x -a 'dgx-h100 dgx-a100 geforce t4'";
    case Kind::selector:
      return " -x -a '(accel list --csv --query uuid 2>/dev/null | tail -n +2 | tr -d \"\\r\")'";
    case Kind::none: return "";
    default: return " -x";
  }
}

std::string option_line(const std::string& condition, const Option& option) {
  std::string line = "complete -c accel" + condition + " -l " + std::string(option.name.substr(2));
  if (option.letter != '\0') line += std::string(" -s ") + option.letter;
  return line + argument_of(option.kind) + " -d " + quoted(option.help) + "\n";
}

}  // namespace

std::string fish_completion() {
  std::string text =
      "# fish completion for accel. Written by `accel generate fish` from the command tables.\n"
      "complete -c accel -f\n";
  for (const Word& word : first_words()) {
    text += "complete -c accel -n __fish_use_subcommand -a " + std::string(word.text) + " -d " +
            quoted(word.summary) + "\n";
    const auto second = second_words(word.text);
    std::string names;
    for (const Word& next : second) names += " " + std::string(next.text);
    for (const Word& next : second) {
      text += "complete -c accel -n '__fish_seen_subcommand_from " + std::string(word.text) +
              "; and not __fish_seen_subcommand_from" + names + "' -a " + std::string(next.text) +
              " -d " + quoted(next.summary) + "\n";
    }
  }
  for (const Option& option : global_options()) text += option_line("", option);
  for (const Command* command : visible_commands()) {
    const auto last = command->name.substr(command->name.rfind(' ') + 1);
    const std::string condition = " -n '__fish_seen_subcommand_from " + std::string(last) + "'";
    for (const Option& option : command->options) text += option_line(condition, option);
  }
  return text;
}

}  // namespace accel::cli
