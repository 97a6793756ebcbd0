#include "cli/arguments.hpp"

#include <algorithm>
#include <CLI/CLI.hpp>
#include <utility>

#include "base/spelling.hpp"

namespace accel::cli {
namespace {

Error usage(std::string message, std::string remedy) {
  return {Errc::invalid_argument, std::move(message), std::move(remedy), {}};
}

std::string help_remedy(const Command* command) {
  if (command == nullptr) return "see `accel help`";
  return "see `accel help " + std::string(command->name) + "`";
}

std::string first_word(std::string_view name) {
  return std::string(name.substr(0, name.find(' ')));
}

}  // namespace

/// Feeds the tables to CLI11 and turns what it found back into rows of them.
class LineParser {
 public:
  LineParser() {
    prepare(app_);
    add_options(app_, global_options());
    for (const Command* command : commands()) add_command(*command);
  }

  Result<Arguments> parse(std::span<const std::string> words) {
    // CLI11 would take "--json=no" for an answer.
    for (const std::string& word : words) {
      const Option* row = option_named(std::string_view(word).substr(0, word.find('=')));
      if (row == nullptr || !row->argument.empty() || word.size() == row->name.size()) continue;
      return usage(std::string(row->name) + ": takes no argument", help_remedy(nullptr));
    }
    // CLI11 wants them in reverse.
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    Arguments arguments;
    try {
      app_.parse(std::move(reversed));
    } catch (const CLI::ArgumentMismatch& error) {
      return usage(mismatch(error.what()), help_remedy(chosen()));
    } catch (const CLI::ParseError& error) {
      return usage("command line: " + std::string(error.what()), help_remedy(chosen()));
    }
    arguments.command_ = chosen();
    arguments.unfinished_ = unfinished();
    for (const auto& [row, option] : options_) {
      if (option->count() == 0) continue;
      if (row->argument.empty()) {
        arguments.given_.push_back({row->name, {}});
      } else {
        for (const auto& value : option->results()) arguments.given_.push_back({row->name, value});
      }
    }
    if (auto checked = take_rest(app_.remaining(true), arguments); !checked) return checked.error();
    if (auto checked = check(arguments); !checked) return checked.error();
    return arguments;
  }

 private:
  static void prepare(CLI::App& app) {
    app.set_help_flag("");
    app.allow_extras();
    app.fallthrough();
    // Later words that look like a command are operands: "help list".
    app.require_subcommand(0, 1);
  }

  void add_options(CLI::App& app, std::span<const Option> rows) {
    for (const Option& row : rows) {
      std::string names(row.name);
      if (row.letter != '\0') names = std::string("-") + row.letter + "," + names;
      if (row.argument.empty()) {
        options_.emplace_back(&row, app.add_flag(names));
        continue;
      }
      CLI::Option* option =
          app.add_option(names)->expected(1)->type_name(std::string(row.argument));
      if (row.repeatable) option->take_all();
      options_.emplace_back(&row, option);
    }
  }

  void add_command(const Command& command) {
    CLI::App* parent = &app_;
    std::string name(command.name);
    if (const auto blank = name.find(' '); blank != std::string::npos) {
      parent = group(name.substr(0, blank));
      name.erase(0, blank + 1);
    }
    CLI::App* app = parent->add_subcommand(name);
    prepare(*app);
    add_options(*app, command.options);
    commands_.emplace_back(&command, app);
  }

  CLI::App* group(const std::string& name) {
    const auto found = std::ranges::find(groups_, name, &std::pair<std::string, CLI::App*>::first);
    if (found != groups_.end()) return found->second;
    CLI::App* app = app_.add_subcommand(name);
    prepare(*app);
    groups_.emplace_back(name, app);
    return app;
  }

  const Option* option_named(std::string_view name) const {
    const auto found = std::ranges::find_if(
        options_, [&](const auto& entry) { return entry.first->name == name; });
    return found == options_.end() ? nullptr : found->first;
  }
  /// CLI11's "--query: 1 required FIELD,... missing" in our words; what it says else as it is.
  std::string mismatch(const std::string& text) const {
    const Option* row = option_named(std::string_view(text).substr(0, text.find(':')));
    if (row == nullptr || !text.ends_with(" missing")) return "command line: " + text;
    return std::string(row->name) + ": " + std::string(row->argument) + " is missing";
  }

  const Command* chosen() const {
    const auto found =
        std::ranges::find_if(commands_, [](const auto& entry) { return entry.second->parsed(); });
    return found == commands_.end() ? nullptr : found->first;
  }
  std::string unfinished() const {
    const auto found =
        std::ranges::find_if(groups_, [](const auto& entry) { return entry.second->parsed(); });
    return found == groups_.end() || chosen() != nullptr ? std::string() : found->first;
  }

  /// Words that are no option of ours: operands, or mistakes.
  Result<void> take_rest(std::vector<std::string> rest, Arguments& arguments) const {
    const Command* command = arguments.command();
    for (auto& word : rest) {
      if (word.size() > 1 && word[0] == '-') return unknown_option(word, command);
      if (command == nullptr) return unknown_command(word, arguments.unfinished());
      arguments.operands_.push_back(std::move(word));
    }
    return {};
  }

  static Error unknown_command(const std::string& word, const std::string& group) {
    std::vector<std::string> names;
    for (const Command* command : commands()) {
      if (command->hidden) continue;
      std::string name = first_word(command->name);
      if (!group.empty()) {
        if (name != group) continue;
        name = command->name.substr(group.size() + 1);
      }
      if (names.empty() || names.back() != name) names.push_back(std::move(name));
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string where = group.empty() ? "" : group + ": ";
    std::string remedy = base::suggestion(word, views);
    if (remedy.empty()) remedy = "see `accel help" + (group.empty() ? "" : " " + group) + "`";
    return usage(where + "unknown command: '" + word + "'", std::move(remedy));
  }

  static Error unknown_option(const std::string& word, const Command* command) {
    const std::string name = word.substr(0, word.find('='));
    std::vector<std::string_view> names;
    for (const Option& row : global_options()) {
      if (command == nullptr || applies(row, *command)) names.push_back(row.name);
    }
    if (command != nullptr) {
      for (const Option& row : command->options) names.push_back(row.name);
    }
    std::string remedy = base::suggestion(name, names);
    if (remedy.empty()) remedy = help_remedy(command);
    return usage("unknown option: '" + name + "'", std::move(remedy));
  }

  /// What the tables say beyond the names: which options a command takes, and how many operands.
  static Result<void> check(const Arguments& arguments) {
    const Command* command = arguments.command();
    if (command == nullptr || arguments.has("--help")) return {};
    for (const Option& row : global_options()) {
      if (arguments.has(row.name) && !applies(row, *command)) {
        return usage(std::string(command->name) + ": " + std::string(row.name) +
                         ": means nothing to this command",
                     help_remedy(command));
      }
    }
    const bool keeps_state = (command->topics & (kState | kNode)) != 0;
    if (arguments.has("--state-dir") && !keeps_state && !arguments.has("--sim")) {
      return usage(std::string(command->name) + ": --state-dir: means nothing without --sim",
                   help_remedy(command));
    }
    const auto& given = arguments.operands();
    std::size_t least = 0;
    bool endless = false;
    for (const Operand& operand : command->operands) {
      least += operand.required ? 1 : 0;
      endless |= operand.repeatable;
    }
    if (given.size() < least) {
      return usage(std::string(command->name) + ": " +
                       std::string(command->operands[given.size()].name) + ": is missing",
                   help_remedy(command));
    }
    if (!endless && given.size() > command->operands.size()) {
      return usage(std::string(command->name) + ": '" + given[command->operands.size()] +
                       "': one word too many",
                   help_remedy(command));
    }
    return {};
  }

  CLI::App app_;
  std::vector<std::pair<const Option*, CLI::Option*>> options_;
  std::vector<std::pair<const Command*, CLI::App*>> commands_;
  std::vector<std::pair<std::string, CLI::App*>> groups_;
};

Result<Arguments> Arguments::parse(std::span<const std::string> words) {
  return LineParser().parse(words);
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = std::find_if(given_.rbegin(), given_.rend(),
                                  [&](const Given& given) { return given.option == option; });
  if (found == given_.rend()) return std::nullopt;
  return found->value;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  std::vector<std::string> all;
  for (const Given& given : given_) {
    if (given.option == option) all.push_back(given.value);
  }
  return all;
}

}  // namespace accel::cli
