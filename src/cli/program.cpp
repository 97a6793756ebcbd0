#include "cli/program.hpp"

#include <utility>

#include "cli/help.hpp"

namespace accel::cli {
namespace {

Outcome failure(const Error& error) {
  std::string err = "accel: " + error.message + "\n";
  if (!error.remedy.empty()) err += "accel: " + error.remedy + "\n";
  return {exit_code_of(error), {}, std::move(err)};
}

}  // namespace

Run::Run(std::span<const std::string> words, const Surroundings& surroundings)
    : surroundings_(surroundings) {
  decide(words);
}

void Run::decide(std::span<const std::string> words) {
  // What everybody tries first; the command is `version`.
  static const std::vector<std::string> version{"version"};
  if (words.size() == 1 && words[0] == "--version") words = version;

  auto parsed = Arguments::parse(words);
  if (!parsed) {
    outcome_ = failure(parsed.error());
    return;
  }
  arguments_ = std::move(*parsed);
  const Command* command = arguments_.command();
  const render::Look look{surroundings_.look.width,
                          surroundings_.look.colour && !arguments_.has("--no-color")};
  if (arguments_.has("--help")) {
    outcome_ = {ExitCode::ok, command == nullptr ? overview(arguments_.unfinished(), look)
                                                 : command_help(*command, look)};
    return;
  }
  if (command == nullptr) {
    outcome_ = {ExitCode::usage, {}, overview(arguments_.unfinished(), {look.width, false})};
    return;
  }
  auto settings = Settings::from(arguments_);
  if (!settings) {
    outcome_ = failure(settings.error());
    return;
  }
  settings_ = std::move(*settings);
  if ((command->topics & kTree) == 0) return;
  auto machine = open_machine(settings_, surroundings_, simulation_);
  if (!machine) {
    outcome_ = failure(machine.error());
    return;
  }
  machine_ = std::move(*machine);
}

bool Run::needs_guard() const {
  const Command& command = *arguments_.command();
  if (command.guards_itself != nullptr && command.guards_itself(arguments_, surroundings_)) {
    return false;
  }
  const bool looks_at_devices = (command.topics & kTree) != 0;
  const bool has_libraries =
      machine_.is_this_machine() || !machine_.library_dir.empty() || !machine_.plugin_dirs.empty();
  return looks_at_devices && has_libraries;
}

Outcome Run::perform(std::span<const Crash> crashes) const {
  Context context{
      arguments_, settings_, surroundings_, machine_, simulation_ ? &*simulation_ : nullptr,
      crashes};
  const ExitCode code = arguments_.command()->run(context);
  return {code, std::move(context.out), std::move(context.err)};
}

}  // namespace accel::cli
