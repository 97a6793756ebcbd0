// accel-broker: the only program that changes settings. It takes back what nobody confirms, and
// what an earlier one left when it was killed.
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "accel/backends.hpp"
#include "broker/desk.hpp"
#include "broker/listener.hpp"
#include "broker/options.hpp"
#include "broker/server.hpp"
#include "cli/context.hpp"
#include "control/places.hpp"

namespace {

using namespace accel;
using namespace accel::broker;

/// How long one that was started for a request stays.
constexpr std::chrono::nanoseconds kPatience = std::chrono::seconds(5);

void tell(const Options& options, const Error& error) {
  std::string text = error.message + "\n";
  if (!error.remedy.empty()) text += error.remedy + "\n";
  // Whoever started it hears it; nobody may be there any more.
  if (options.ready >= 0) static_cast<void>(::write(options.ready, text.data(), text.size()));
  std::cerr << "accel-broker: " << text;
}

void tell(const Options& options, const ChangeReport& report) {
  for (const UndoneStep& step : report.undone) {
    std::cerr << "accel-broker: change " << report.id << " of " << report.device
              << ": taken back: " << step.call << "\n";
    if (step.error) tell(options, *step.error);
  }
}

void block_end_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

std::filesystem::path program_dir() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

cli::ExitCode failed(const Options& options, const Error& error) {
  tell(options, error);
  return cli::exit_code_of(error);
}

struct Home {
  Machine machine;
  std::filesystem::path state_dir;
};

Result<Home> open_home(const Options& options, const cli::Surroundings& surroundings,
                       std::optional<cli::Simulation>& simulation) {
  cli::Settings settings;
  settings.scenario = options.scenario;
  settings.library_dir = options.library_dir;
  settings.state_dir = options.state_dir;
  settings.configuration = options.configuration;
  auto machine = cli::open_machine(settings, surroundings, simulation);
  if (!machine) return machine.error();
  const auto state_dir = cli::state_dir(*machine, settings, simulation ? &*simulation : nullptr);
  return Home{*std::move(machine), state_dir};
}

cli::ExitCode serve(const Options& options, System& system, control::Transactions& transactions,
                    Listener& listener) {
  std::optional<std::chrono::nanoseconds> patience;
  if (options.on_demand) patience = kPatience;
  Server server(Desk(system, transactions), transactions, *system.machine().clock, patience);
  if (options.ready >= 0) ::close(options.ready);
  if (auto served = server.serve(listener); !served) return failed({}, served.error());
  return cli::ExitCode::ok;
}

cli::ExitCode run(const Options& options) {
  const cli::Surroundings surroundings{
      cli::Installation{program_dir()}, all_backends(), {}, {}, {}, false};
  std::optional<cli::Simulation> simulation;
  auto home = open_home(options, surroundings, simulation);
  if (!home) return failed(options, home.error());
  // Before anything is touched: there is one broker a machine.
  auto listener = Listener::inherited();
  if (!listener) {
    auto opened = Listener::open(control::broker_socket(home->machine, home->state_dir));
    if (!opened) return failed(options, opened.error());
    listener = *std::move(opened);
  }
  auto entries = surroundings.backends;
  std::ranges::move(plugin_backends(home->machine), std::back_inserter(entries));
  System system(home->machine, entries);
  system.discover();
  control::Transactions transactions(system, control::places_of(home->machine, home->state_dir));
  for (const ChangeReport& report : transactions.recover()) tell(options, report);
  for (const Error& problem : transactions.take_problems()) tell({}, problem);
  if (options.recover) return cli::ExitCode::ok;
  return serve(options, system, transactions, *listener);
}

}  // namespace

int main(int argc, char** argv) {
  block_end_signals();
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const auto options = parse_options(words);
  cli::ExitCode code = cli::ExitCode::ok;
  if (!options) {
    code = failed({}, options.error());
  } else if (options->help) {
    std::cout << usage() << std::flush;
  } else {
    code = run(*options);
  }
  // Not through exit(): a thread that hangs in a driver would meet destroyed globals.
  ::_exit(static_cast<int>(code));
}
