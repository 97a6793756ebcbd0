// What every command is made of: a row of facts and a function. Help, the man page, completion and
// docs/cli.md are written from the rows. A command is one file in commands/ and one line in
// commands/all.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accel::cli {

class Arguments;
struct Context;
struct Surroundings;

/// Exit codes are part of the interface: scripts depend on them.
enum class ExitCode {
  ok = 0,
  failed = 1,      ///< the operation was tried and failed; doctor: there are findings
  usage = 2,       ///< the command line was wrong; nothing was tried
  no_device = 3,   ///< well formed, but there is no such device, node or service
  permission = 4,  ///< this user may not
  partly = 5,      ///< some of several were done
  interrupted = 130,
};

/// What an argument stands for; completion offers accordingly.
enum class Kind { none, text, file, directory, selector, fields, scenario, command, duration };

/// What a command has to do with, so that it refuses global options that mean nothing to it.
inline constexpr unsigned kAlways = 0;         ///< every command
inline constexpr unsigned kTree = 1U << 0;     ///< looks at a machine: --root, --sim, --lib-dir
inline constexpr unsigned kDevices = 1U << 1;  ///< it can be limited to some devices: --device
inline constexpr unsigned kJson = 1U << 2;     ///< its answer has documents: --json
inline constexpr unsigned kRows = 1U << 3;     ///< its answer has rows: --csv
inline constexpr unsigned kFields = 1U << 4;   ///< their columns can be chosen: --query
inline constexpr unsigned kState = 1U << 5;    ///< looks at what accel itself keeps: --state-dir
inline constexpr unsigned kNode = 1U << 6;     ///< works on a simulated node: --sim, --state-dir
inline constexpr unsigned kWaking = 1U << 7;   ///< may be told to wake a device: --wake
inline constexpr unsigned kYaml = 1U << 8;     ///< its answer is one document: --yaml
inline constexpr unsigned kMachine = kTree | kWaking;
inline constexpr unsigned kFormats = kJson | kYaml;

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order in which a row is read
struct Option {
  std::string_view name;      ///< "--device"
  char letter = '\0';         ///< 'v' of "-v"; 0 where there is none
  std::string_view argument;  ///< "SEL"; empty for a switch
  Kind kind = Kind::none;
  std::string_view help;
  unsigned topics = kAlways;  ///< of a global option: the commands it means something to
  bool repeatable = false;
};

struct Operand {
  std::string_view name;  ///< "SEL"
  Kind kind = Kind::text;
  std::string_view help;
  bool required = true;
  bool repeatable = false;
};

struct Example {
  std::string_view line;
  std::string_view what;
};

struct Exit {
  ExitCode code;
  std::string_view when;
};

struct Command {
  std::string_view name;   ///< "list"; "sim init"
  std::string_view group;  ///< "Look"
  std::string_view summary;
  std::string_view description;
  std::span<const Operand> operands = {};
  std::span<const Option> options = {};
  unsigned topics = kAlways;
  std::span<const Example> examples = {};
  std::span<const Exit> exits = {};
  bool hidden = false;  ///< works, but help does not mention it
  ExitCode (*run)(Context& context) = nullptr;
  /// What --query may name; null where it is devices that have fields: those of render::Query.
  std::vector<std::string> (*fields)() = nullptr;
  /// Whether this run keeps away from vendors' libraries in its own process, having a child for
  /// them; null: never.
  bool (*guards_itself)(const Arguments& arguments, const Surroundings& surroundings) = nullptr;
};

/// Whether a global option means something to a command.
[[nodiscard]] constexpr bool applies(const Option& global, const Command& command) {
  return global.topics == kAlways || (global.topics & command.topics) != 0;
}

/// Every command, in the order of help.
[[nodiscard]] std::span<const Command* const> commands();

/// The options that stand before or after any command they mean something to.
[[nodiscard]] std::span<const Option> global_options();

}  // namespace accel::cli
