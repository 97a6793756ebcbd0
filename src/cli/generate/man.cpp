// The man page, in the macros of man(7).
#include "cli/generate/generate.hpp"
#include "cli/generate/words.hpp"
#include "cli/help.hpp"

namespace accel::cli {
namespace {

/// roff takes a dash for a hyphen, and a dot or quote at the start of a line for a request.
std::string roff(std::string_view text) {
  std::string out = escaped(text, "\\-");
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

void put_item(std::string& page, std::string_view tag, std::string_view text) {
  page += ".TP\n.B " + roff(tag) + "\n" + roff(text) + "\n";
}

void put_command(std::string& page, const Command& command) {
  page += ".SS \"" + roff(synopsis(command)) + "\"\n" + roff(command.description) + "\n";
  for (const Operand& operand : command.operands) put_item(page, operand.name, operand.help);
  for (const Option& option : command.options) put_item(page, option_text(option), option.help);
  for (const Example& example : command.examples) {
    page += ".PP\n.RS\n.B " + roff(example.line) + "\n.br\n" + roff(example.what) + "\n.RE\n";
  }
}

}  // namespace

std::string man_page() {
  std::string page =
      ".\\\" Written by `accel generate man` from the command tables.\n"
      ".TH ACCEL 1 \"\" \"accel " ACCEL_VERSION
      "\" \"User Commands\"\n"
      ".SH NAME\naccel \\- see the accelerators of every vendor, and the machine around them\n"
      ".SH SYNOPSIS\n.B accel\n.RI [ OPTION ...]\n.I COMMAND\n.RI [ OPTION ...]\n"
      ".SH DESCRIPTION\n"
      "Lists the accelerators of a machine, whatever their vendor, reads their sensors and says "
      "what is wrong with them. A value is read or it is missing with the reason; nothing is "
      "estimated.\n"
      ".SH COMMANDS\n";
  for (const Command* command : visible_commands()) put_command(page, *command);
  page += ".SH OPTIONS\nThese stand before or after any command to which they mean something.\n";
  for (const Option& option : global_options()) put_item(page, option_text(option), option.help);
  page += ".SH EXIT STATUS\n";
  put_item(page, "0", "Success.");
  put_item(page, "1", "The operation was tried and failed; doctor: there are findings.");
  put_item(page, "2", "The command line is wrong; nothing was tried.");
  put_item(page, "3", "Well formed, but there is no such device, node or service.");
  put_item(page, "4", "This user may not.");
  put_item(page, "5", "Some of several were done.");
  page += ".SH ENVIRONMENT\n";
  put_item(page, "NO_COLOR", "When set and not empty: no colours.");
  put_item(page, "ACCEL_SIM_STATE",
           "State directory of a simulated node, for the commands of `accel sim` and for foreign "
           "programs that load the simulated vendor libraries.");
  return page;
}

}  // namespace accel::cli
