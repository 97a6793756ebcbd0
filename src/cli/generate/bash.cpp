// Completion for bash.
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"

namespace accel::cli {
namespace {

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) text += (text.empty() ? "" : " ") + std::string(word.text);
  return text;
}

std::string option_names(const std::vector<const Option*>& options) {
  std::string text;
  for (const Option* option : options) {
    text += (text.empty() ? "" : " ") + std::string(option->name);
    if (option->letter != '\0') text += std::string(" -") + option->letter;
  }
  return text;
}

/// All options of the product that take an argument of that kind, as a pattern of `case`.
std::string pattern(Kind kind) {
  std::string text;
  const auto add = [&](const Option& option) {
    if (option.kind == kind) text += (text.empty() ? "" : "|") + std::string(option.name);
  };
  for (const Option& option : global_options()) add(option);
  for (const Command* command : visible_commands()) {
    for (const Option& option : command->options) add(option);
  }
  return text;
}

std::string with_argument() {
  std::string text;
  for (const Option& option : global_options()) {
    if (!option.argument.empty()) text += (text.empty() ? "" : "|") + std::string(option.name);
  }
  return text;
}

}  // namespace

std::string bash_completion() {
  std::string text =
      "# bash completion for accel. Written by `accel generate bash` from the command tables.\n"
      "_accel() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} i command=''\n"
      "  case $prev in\n";
  text += "    " + pattern(Kind::directory) +
          ") mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); return ;;\n";
  text += "    " + pattern(Kind::file) +
          ") mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n";
  text += "    " + pattern(Kind::selector) +
          ") mapfile -t COMPREPLY < <(compgen -W \"$(accel list --csv --query global_index,uuid "
          "2>/dev/null | tail -n +2 | tr ',\\r' '  ')\" -- \"$cur\"); return ;;\n";
  text += "    " + pattern(Kind::fields) + ") mapfile -t COMPREPLY < <(compgen -W '" +
          query_fields() + "' -- \"$cur\"); return ;;\n";
  text += "    " + pattern(Kind::scenario) +
          ") mapfile -t COMPREPLY < <(compgen -W 'dgx-h100 dgx-a100 geforce t4' -- \"$cur\"); "
          "return ;;\n";
  text +=
      "  esac\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in\n"
      "      " +
      with_argument() +
      ") ((i++)) ;;\n"
      "      -*) ;;\n"
      "      *) command+=\"${command:+ }${COMP_WORDS[i]}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  local words=''\n"
      "  case $command in\n";
  text += "    '') words='" + joined(first_words()) + "' ;;\n";
  for (const Word& word : first_words()) {
    const auto second = second_words(word.text);
    if (second.empty()) continue;
    text += "    '" + std::string(word.text) + "') words='" + joined(second) + "' ;;\n";
  }
  text += "    help) words='" + joined(first_words()) + "' ;;\n  esac\n  case $command in\n";
  for (const Command* command : visible_commands()) {
    text += "    '" + std::string(command->name) + "'*) words+=' " +
            option_names(options_of(*command)) + "' ;;\n";
  }
  std::vector<const Option*> globals;
  for (const Option& option : global_options()) globals.push_back(&option);
  text += "    *) words+=' " + option_names(globals) + "' ;;\n";
  text +=
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
      "}\n"
      "complete -F _accel accel\n";
  return text;
}

}  // namespace accel::cli
