// What a command has to work with. Everything comes through here, so that a test needs no process.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accel/backend.hpp"
#include "accel/machine.hpp"
#include "accel/system.hpp"
#include "cli/arguments.hpp"
#include "cli/crash_guard.hpp"
#include "cli/settings.hpp"
#include "cli/simulation.hpp"
#include "render/page.hpp"

namespace accel::cli {

/// Where the program was started.
struct Surroundings {
  Installation installation;
  std::vector<BackendEntry> backends;
  render::Look look;  ///< of standard output
  /// Where debug texts go with -v. Called from any thread.
  std::function<void(std::string_view)> debug;
  /// Writes a piece of the answer now, for commands whose answer goes on. Null: nowhere.
  std::function<Result<void>(std::string_view)> write = nullptr;
  bool interactive = false;  ///< standard input and output are a terminal
};

struct Context {
  const Arguments& arguments;
  const Settings& settings;
  const Surroundings& surroundings;
  Machine machine = {};
  Simulation* simulation = nullptr;  ///< null where the machine is none
  std::span<const Crash> crashes = {};

  std::string out = {};  ///< Results only, so that it can be piped.
  std::string err = {};  ///< Problems.

  /// `accel: <message>` and its remedy on a line of its own; gives back the code to exit with.
  ExitCode fail(const Error& error);

  /// A System of the machine that keeps away from what crashed, before discovery.
  [[nodiscard]] std::unique_ptr<System> system() const;
  /// The devices that --device asks for, or all. gpu_not_found or not_found for one that is absent.
  [[nodiscard]] Result<std::vector<std::size_t>> chosen(const System& system) const;
  [[nodiscard]] render::Look look() const;

  /// `accel: <message>` for something that did not keep the answer from being given.
  void tell(const Error& problem);

  /// The readings that a query asks for; slow ones, and rates (100 ms), only if it does.
  [[nodiscard]] static std::vector<DeviceSample> sample_for(System& system,
                                                            std::span<const std::size_t> positions,
                                                            const render::Query& query);
  /// A row a device, as CSV or as a table for people.
  [[nodiscard]] std::string rows_text(const render::Query& query,
                                      std::span<const DeviceSample> samples, Format format) const;

  /// The columns of a table that --query asks for, as CSV or as a table for people.
  [[nodiscard]] std::string columns_text(render::Table table, Format format) const;

  /// Lets the machine's time pass.
  void wait(std::chrono::nanoseconds time) const;

  /// Writes a document in the format that was asked for, if it was JSON or YAML.
  [[nodiscard]] static std::string written(const render::Document& document, Format format);
};

/// The exit code that a failure means.
[[nodiscard]] ExitCode exit_code_of(const Error& error);

/// The machine that the settings mean: this one, a recording or a simulation, opened. Leaves the
/// simulation, where there is one, in `simulation`.
[[nodiscard]] Result<Machine> open_machine(const Settings& settings,
                                           const Surroundings& surroundings,
                                           std::optional<Simulation>& simulation);

/// Where accel keeps what must outlive a run: the option, below the simulation, in the recorded
/// tree, /var/lib/accel for root, else the user's own by the XDG rules.
[[nodiscard]] std::filesystem::path state_dir(const Machine& machine, const Settings& settings,
                                              const Simulation* simulation);
[[nodiscard]] std::filesystem::path state_dir(const Context& context);

}  // namespace accel::cli
