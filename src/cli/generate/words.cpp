#include "cli/generate/words.hpp"

#include <algorithm>

#include "render/query.hpp"

namespace accel::cli {

std::vector<const Command*> visible_commands() {
  std::vector<const Command*> visible;
  for (const Command* command : commands()) {
    if (!command->hidden) visible.push_back(command);
  }
  return visible;
}

std::vector<Word> first_words() {
  std::vector<Word> words;
  for (const Command* command : visible_commands()) {
    const auto first = command->name.substr(0, command->name.find(' '));
    if (first == command->name) {
      words.push_back({first, command->summary});
    } else if (words.empty() || words.back().text != first) {
      words.push_back({first, command->group});
    }
  }
  return words;
}

std::vector<Word> second_words(std::string_view group) {
  std::vector<Word> words;
  for (const Command* command : visible_commands()) {
    if (!command->name.starts_with(group)) continue;
    const auto rest = command->name.substr(group.size());
    if (rest.starts_with(' ')) words.push_back({rest.substr(1), command->summary});
  }
  return words;
}

std::vector<const Option*> options_of(const Command& command) {
  std::vector<const Option*> options;
  for (const Option& option : command.options) options.push_back(&option);
  for (const Option& option : global_options()) {
    if (applies(option, command)) options.push_back(&option);
  }
  return options;
}

std::string query_fields() {
  std::vector<std::string> fields = render::Query::known_fields();
  for (const Command* command : commands()) {
    if (command->fields == nullptr) continue;
    for (std::string& field : command->fields()) {
      if (std::ranges::find(fields, field) == fields.end()) fields.push_back(std::move(field));
    }
  }
  std::string text;
  for (const std::string& field : fields) text += (text.empty() ? "" : " ") + field;
  return text;
}

std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace accel::cli
