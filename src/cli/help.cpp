#include "cli/help.hpp"

#include <algorithm>
#include <vector>

namespace accel::cli {
namespace {

using render::Look;
using render::Page;
using render::Tone;

constexpr std::size_t kIndent = 2;
constexpr std::size_t kSummaryColumn = 18;
constexpr std::size_t kHelpColumn = 26;

bool belongs_to(const Command& command, std::string_view group) {
  return group.empty() ||
         (command.name.starts_with(group) && command.name.substr(group.size()).starts_with(' '));
}

void put_options(Page& page, std::string_view title, const std::vector<const Option*>& options) {
  if (options.empty()) return;
  page.blank().line(0, title, Tone::strong);
  for (const Option* option : options) {
    std::string name = option_text(*option);
    if (option->letter == '\0') name.insert(0, "    ");
    page.label(kIndent, kHelpColumn, {std::move(name), std::string(option->help)});
  }
}

}  // namespace

std::string synopsis(const Command& command) {
  std::string text = "accel " + std::string(command.name);
  for (const Option& option : command.options) text += " [" + option_text(option) + "]";
  for (const Operand& operand : command.operands) {
    std::string name(operand.name);
    if (operand.repeatable) name += "...";
    text += operand.required ? " " + name : " [" + name + "]";
  }
  return text;
}

std::string option_text(const Option& option) {
  std::string text;
  if (option.letter != '\0') text = std::string("-") + option.letter + ", ";
  text += option.name;
  if (!option.argument.empty()) text.append(" ").append(option.argument);
  return text;
}

std::string overview(std::string_view group, Look look) {
  Page page(look);
  const std::string words = group.empty() ? "COMMAND" : std::string(group) + " COMMAND";
  page.line(0, "accel " + words + " [OPTION...]", Tone::strong);
  if (group.empty()) {
    page.line(0, "See the accelerators of every vendor, and the machine around them.", Tone::plain);
  }
  std::string_view shown;
  for (const Command* command : commands()) {
    if (command->hidden || !belongs_to(*command, group)) continue;
    if (command->group != shown) page.blank().line(0, command->group, Tone::strong);
    shown = command->group;
    page.label(kIndent, kSummaryColumn,
               {std::string(command->name), std::string(command->summary)});
  }
  page.blank().line(0, "`accel help COMMAND` says more about a command and its options.");
  return page.take();
}

std::string command_help(const Command& command, Look look) {
  Page page(look);
  page.line(0, synopsis(command), Tone::strong).blank();
  page.line(0, command.description);
  if (!command.operands.empty()) page.blank().line(0, "Operands", Tone::strong);
  for (const Operand& operand : command.operands) {
    page.label(kIndent, kHelpColumn,
               {"    " + std::string(operand.name), std::string(operand.help)});
  }
  std::vector<const Option*> own;
  for (const Option& option : command.options) own.push_back(&option);
  put_options(page, "Options", own);
  std::vector<const Option*> shared;
  for (const Option& option : global_options()) {
    if (applies(option, command)) shared.push_back(&option);
  }
  put_options(page, "Common options, before or after the command", shared);
  if (command.fields != nullptr) {
    std::string names;
    for (const auto& field : command.fields()) names += (names.empty() ? "" : ", ") + field;
    page.blank().line(0, "Fields of --query", Tone::strong).line(kIndent, names);
  }
  if (!command.examples.empty()) page.blank().line(0, "Examples", Tone::strong);
  for (const Example& example : command.examples) {
    page.line(kIndent, example.line).line(2 * kIndent, example.what, Tone::faint);
  }
  page.blank().line(0, "Exit status", Tone::strong);
  for (const Exit& exit : command.exits) {
    page.label(kIndent, kIndent + 4,
               {std::to_string(static_cast<int>(exit.code)), std::string(exit.when)});
  }
  return page.take();
}

}  // namespace accel::cli
