// docs/cli.md: every command and option.
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"
#include "cli/help.hpp"
#include "render/accelerator_document.hpp"

namespace accel::cli {
namespace {

/// In a table of GitHub's Markdown, where '<' would begin a tag.
std::string cell(std::string_view text) { return escaped(text, "|<"); }

void put_options(std::string& page, std::span<const Option> options) {
  page += "| Option | Meaning |\n|---|---|\n";
  for (const Option& option : options) {
    page += "| `" + escaped(option_text(option), "|") + "` | " + cell(option.help) + " |\n";
  }
}

std::string applying_options(const Command& command) {
  std::string names;
  for (const Option& option : global_options()) {
    if (option.topics == kAlways || !applies(option, command)) continue;
    names += (names.empty() ? "" : ", ") + ("`" + std::string(option.name) + "`");
  }
  return names;
}

std::string own_fields(const Command& command) {
  std::string names;
  if (command.fields == nullptr) return names;
  for (const auto& field : command.fields()) {
    names.append(names.empty() ? "" : ", ").append("`").append(field).append("`");
  }
  return names;
}

std::string device_fields() {
  std::string text;
  for (const auto& field : render::accelerator_fields()) {
    text += (text.empty() ? "name" : "") + (" " + field);
  }
  return text;
}

void put_command(std::string& page, const Command& command) {
  page += "\n### accel " + std::string(command.name) + "\n\n```\n" + synopsis(command) +
          "\n```\n\n" + std::string(command.description) + "\n";
  if (!command.operands.empty()) page += "\n| Operand | Meaning |\n|---|---|\n";
  for (const Operand& operand : command.operands) {
    page += "| `" + escaped(operand.name, "|") + "` | " + cell(operand.help) + " |\n";
  }
  if (!command.options.empty()) page += "\n";
  if (!command.options.empty()) put_options(page, command.options);
  if (const auto names = applying_options(command); !names.empty()) {
    page += "\nTakes " + names + ".\n";
  }
  if (const auto fields = own_fields(command); !fields.empty()) {
    page += "\nFields of `--query`: " + fields + ".\n";
  }
  page += "\n```\n";
  for (const Example& example : command.examples) {
    page += "# " + std::string(example.what) + "\n" + std::string(example.line) + "\n";
  }
  page += "```\n\nExit status: ";
  bool first = true;
  for (const Exit& exit : command.exits) {
    page += (first ? "" : "; ") + std::to_string(static_cast<int>(exit.code)) + " " +
            std::string(exit.when);
    first = false;
  }
  page += ".\n";
}

}  // namespace

std::string cli_reference() {
  std::string page =
      "# The command line\n\n"
      "<!-- Written by `accel generate cli-md` from the command tables; do not edit. -->\n\n"
      "```\naccel [OPTION...] COMMAND [OPTION...]\n```\n\n"
      "Results go to standard output, problems to standard error as `accel: what: on what: why`, "
      "with the remedy on a line of its own.\n\n"
      "## Common options\n\n"
      "They stand before or after the command. A command refuses those that mean nothing to it; "
      "`-v`, `--no-color` and `-h` every command takes.\n\n";
  put_options(page, global_options());
  page += "\nFields of `--query`, where devices are listed: `" + device_fields() +
          "`, `extra_info.NAME`, and every metric of [metrics.md](metrics.md), in its unit; one of "
          "which a device has several with its number: `fan_speed.0`.\n";
  page += "\n## Commands\n";
  for (const Command* command : visible_commands()) put_command(page, *command);
  page +=
      "\n## Exit status\n\n"
      "| Code | Meaning |\n|---|---|\n"
      "| 0 | success |\n"
      "| 1 | the operation was tried and failed; doctor: there are findings |\n"
      "| 2 | the command line is wrong; nothing was tried |\n"
      "| 3 | well formed, but there is no such device, node or service |\n"
      "| 4 | this user may not |\n"
      "| 5 | some of several were done |\n"
      "| 130 | interrupted |\n";
  return page;
}

}  // namespace accel::cli
