// Completion for zsh.
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"

namespace accel::cli {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string action(Kind kind) {
  switch (kind) {
    case Kind::directory: return "_files -/";
    case Kind::file: return "_files";
    case Kind::fields: return "_values -s , field " + query_fields();
    case Kind::scenario: return "(dgx-h100 dgx-a100 geforce t4)";
    case Kind::selector:
      return "{compadd -- ${(f)\"$(accel list --csv --query uuid 2>/dev/null | tail -n +2 | tr -d "
             "\"\\r\")\"}}";
    default: return " ";
  }
}

/// "--device[help]:SEL:action", as _arguments wants it.
std::string specification(const Option& option) {
  const std::string help = "[" + escaped(option.help, "[]:\\") + "]";
  std::string text(option.repeatable ? "*" : "");
  text.append(option.name);
  if (!option.argument.empty()) text += "=";
  text += help;
  if (!option.argument.empty()) {
    text += ":" + escaped(option.argument, ":[]") + ":" + action(option.kind);
  }
  return quoted(text);
}

std::string described(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) {
    text += "    " + quoted(std::string(word.text) + ":" + escaped(word.summary, ":")) + "\n";
  }
  return text;
}

std::string function_name(std::string_view name) {
  std::string text = "_accel_";
  for (const char c : name) text += c == ' ' ? '_' : c;
  return text;
}

}  // namespace

std::string zsh_completion() {
  std::string text =
      "#compdef accel\n"
      "# zsh completion for accel. Written by `accel generate zsh` from the command tables.\n";
  for (const Command* command : visible_commands()) {
    text += function_name(command->name) + "() {\n  _arguments \\\n";
    for (const Option* option : options_of(*command)) {
      text += "    " + specification(*option) + " \\\n";
    }
    text += "    '*: :'\n}\n";
  }
  for (const Word& word : first_words()) {
    const auto second = second_words(word.text);
    if (second.empty()) continue;
    text += function_name(word.text) + "() {\n  local -a words_\n  words_=(\n" + described(second) +
            "  )\n  if (( CURRENT == 2 )); then\n    _describe command words_\n  else\n"
            "    local name=$words[2]\n    shift words\n    (( CURRENT-- ))\n    (( "
            "$+functions[" +
            function_name(word.text) + "_$name] )) && " + function_name(word.text) +
            "_$name\n  fi\n}\n";
  }
  text += "_accel() {\n  local -a commands_\n  commands_=(\n" + described(first_words()) +
          "  )\n  local context state state_descr line\n  typeset -A opt_args\n"
          "  _arguments -C \\\n";
  for (const Option& option : global_options()) {
    text += "    " + specification(option) + " \\\n";
  }
  text +=
      "    '1: :->command' \\\n"
      "    '*:: :->rest'\n"
      "  case $state in\n"
      "    command) _describe command commands_ ;;\n"
      "    rest) (( $+functions[_accel_$line[1]] )) && _accel_$line[1] ;;\n"
      "  esac\n"
      "}\n"
      "_accel \"$@\"\n";
  return text;
}

}  // namespace accel::cli
