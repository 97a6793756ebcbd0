#include "cli/context.hpp"

#include <unistd.h>
#include <array>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <system_error>
#include <utility>

#include "accel/backends.hpp"
#include "base/dir.hpp"
#include "base/environment.hpp"
#include "cli/configuration.hpp"
#include "cli/recording_clock.hpp"
#include "render/columns.hpp"
#include "render/json.hpp"
#include "render/yaml.hpp"

namespace accel::cli {
namespace {

/// A rate over less than the first says little: the shortest interval that accel samples at. Some
/// devices tell a rate only over a second (power from Intel's energy counters).
constexpr std::array<std::chrono::milliseconds, 2> kBetweenSamples{std::chrono::milliseconds(100),
                                                                   std::chrono::milliseconds(1000)};

void pass(Clock& clock, std::chrono::nanoseconds time) {
  std::mutex mutex;
  std::condition_variable never;
  // Nobody else has this mutex: a clock waits on a lock, and nothing is shared here.
  std::unique_lock lock(mutex);  // cppcheck-suppress localMutex
  clock.wait_until(lock, never, clock.steady() + time, [] { return false; });
}

}  // namespace

ExitCode Context::fail(const Error& error) {
  tell(error);
  return exit_code_of(error);
}

void Context::tell(const Error& problem) {
  err += "accel: " + problem.message + "\n";
  if (!problem.remedy.empty()) err += "accel: " + problem.remedy + "\n";
}

std::vector<DeviceSample> Context::sample_for(System& system,
                                              std::span<const std::size_t> positions,
                                              const render::Query& query) {
  System::Wanted wanted;
  auto samples = system.sample(positions, wanted);
  // What no device spoke about may be among the readings that take long.
  if (!query.is_answered_by(samples)) {
    wanted.slow = true;
    samples = system.sample(positions, wanted);
  }
  if (query.is_left_to_programs(samples)) {
    wanted.processes = true;
    samples = system.sample(positions, wanted);
  }
  for (const auto pause : kBetweenSamples) {
    if (!query.is_pending_in(samples)) break;
    pass(*system.machine().clock, pause);
    samples = system.sample(positions, wanted);
  }
  return samples;
}

std::string Context::rows_text(const render::Query& query, std::span<const DeviceSample> samples,
                               Format format) const {
  if (format == Format::csv) return render::csv(query.table(samples), machine.simulated);
  render::Page page(look());
  page.simulated(machine.simulated);
  page.table(0, query.heading(samples), query.texts(samples));
  return page.take();
}

std::string Context::columns_text(render::Table table, Format format) const {
  if (settings.columns) table = render::with_columns(std::move(table), *settings.columns);
  if (format == Format::csv) return render::csv(table, machine.simulated);
  render::Page page(look());
  page.simulated(machine.simulated);
  page.table(0, table.heading, render::cell_texts(table));
  return page.take();
}

void Context::wait(std::chrono::nanoseconds time) const { pass(*machine.clock, time); }

std::unique_ptr<System> Context::system() const {
  auto entries = surroundings.backends;
  std::ranges::move(plugin_backends(machine), std::back_inserter(entries));
  Machine seen = without_crashed(machine, crashes);
  // The libraries of --lib-dir count on, also where the files do not.
  const bool is_of_files = settings.root && !seen.is_this_machine() && seen.library_dir.empty();
  if (is_of_files) seen.clock = recording_clock(seen);
  return std::make_unique<System>(std::move(seen), without_crashed(std::move(entries), crashes));
}

Result<std::vector<std::size_t>> Context::chosen(const System& system) const {
  std::vector<std::size_t> positions;
  if (settings.devices.empty()) {
    positions.resize(system.devices().size());
    for (std::size_t i = 0; i < positions.size(); ++i) positions[i] = i;
    return positions;
  }
  for (const Selector& selector : settings.devices) {
    const auto position = system.select(selector);
    if (!position) return position.error();
    // Named twice, by index and by address perhaps: shown once.
    if (std::ranges::find(positions, *position) == positions.end()) positions.push_back(*position);
  }
  return positions;
}

render::Look Context::look() const {
  return {surroundings.look.width, surroundings.look.colour && settings.colour};
}

std::string Context::written(const render::Document& document, Format format) {
  return format == Format::yaml ? render::yaml(document) : render::json(document);
}

ExitCode exit_code_of(const Error& error) {
  switch (error.code) {
    case Errc::invalid_argument:
    case Errc::invalid_config:
    case Errc::config_parse_error: return ExitCode::usage;
    case Errc::gpu_not_found:
    case Errc::not_found:
    case Errc::driver_not_found:
    case Errc::backend_not_available: return ExitCode::no_device;
    case Errc::permission_denied: return ExitCode::permission;
    default: return ExitCode::failed;
  }
}

Result<Machine> open_machine(const Settings& settings, const Surroundings& surroundings,
                             std::optional<Simulation>& simulation) {
  Machine machine;
  machine.wake = settings.wake;
  if (settings.verbose) machine.debug = surroundings.debug;
  if (settings.root) {
    machine.root = *settings.root;
    // What was recorded of a simulation is one still.
    const base::Dir recorded(machine.root.string());
    if (recorded.has("manifest.json")) machine.simulated = recorded.text("simulated").value_or("");
  }
  if (settings.scenario) {
    auto opened =
        Simulation::open(surroundings.installation, {settings.scenario, settings.state_dir});
    if (!opened) return opened.error();
    simulation = std::move(*opened);
    machine.root = simulation->root();
    machine.library_dir = simulation->library_dir();
    machine.simulated = simulation->scenario();
    machine.simulated_drivers = simulation->drivers();
  }
  if (settings.library_dir) machine.library_dir = *settings.library_dir;
  const auto library_dir = surroundings.installation.library_dir();
  std::error_code ignored;
  // A recording was made without the plug-ins that happen to be installed here.
  if (machine.is_this_machine() && !library_dir.empty() &&
      std::filesystem::is_directory(library_dir / "plugins", ignored)) {
    machine.plugin_dirs.push_back(library_dir / "plugins");
  }
  const auto configured = configure(machine, settings, simulation ? &*simulation : nullptr);
  if (!configured) return configured.error();
  return machine;
}

std::filesystem::path state_dir(const Machine& machine, const Settings& settings,
                                const Simulation* simulation) {
  if (simulation != nullptr) return simulation->state_dir();
  if (settings.state_dir) return *settings.state_dir;
  if (!machine.is_this_machine() || ::geteuid() == 0) return machine.path("/var/lib/accel");
  if (const auto home = base::environment_text("XDG_STATE_HOME")) {
    return std::filesystem::path(*home) / "accel";
  }
  return std::filesystem::path(base::environment_text("HOME").value_or("/")) / ".local/state/accel";
}

std::filesystem::path state_dir(const Context& context) {
  return state_dir(context.machine, context.settings, context.simulation);
}

}  // namespace accel::cli
