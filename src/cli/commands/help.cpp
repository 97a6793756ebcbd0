// accel help: what there is, and how to use it.
#include "cli/help.hpp"

#include <algorithm>

#include "base/spelling.hpp"
#include "cli/commands/all.hpp"
#include "cli/context.hpp"

namespace accel::cli {
namespace {

constexpr Operand kOperands[] = {
    {"COMMAND", Kind::command, "The command to explain, in one or two words", false, true},
};

constexpr Example kExamples[] = {
    {"accel help", "all commands"},
    {"accel help sim inject", "one of them"},
};

constexpr Exit kExits[] = {
    {ExitCode::ok, "printed"},
    {ExitCode::usage, "there is no such command"},
};

ExitCode run(Context& context) {
  std::string wanted;
  for (const auto& word : context.arguments.operands()) {
    wanted += (wanted.empty() ? "" : " ") + word;
  }
  const auto all = commands();
  const auto exact = std::ranges::find(all, wanted, &Command::name);
  if (exact != all.end()) {
    context.out = command_help(**exact, context.look());
    return ExitCode::ok;
  }
  const bool is_group = std::ranges::any_of(
      all, [&](const Command* command) { return command->name.starts_with(wanted + " "); });
  if (wanted.empty() || is_group) {
    context.out = overview(wanted, context.look());
    return ExitCode::ok;
  }
  std::vector<std::string_view> names;
  for (const Command* command : all) {
    if (!command->hidden) names.push_back(command->name);
  }
  return context.fail({Errc::invalid_argument,
                       "help: unknown command: '" + wanted + "'",
                       base::suggestion(wanted, names),
                       {}});
}

}  // namespace

const Command kHelp{"help",
                    "Look",
                    "Help for a command",
                    "Prints all commands, or what one command does and the options it takes.",
                    kOperands,
                    {},
                    kAlways,
                    kExamples,
                    kExits,
                    false,
                    run};

}  // namespace accel::cli
