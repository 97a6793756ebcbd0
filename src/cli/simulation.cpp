#include "cli/simulation.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/shared_library.hpp"
#include "base/spelling.hpp"
#include "cli/simulation_document.hpp"

namespace accel::cli {

struct Simulation::Library {
  decltype(&::accel_sim_abi_version) abi_version = nullptr;
  decltype(&::accel_sim_open) open = nullptr;
  decltype(&::accel_sim_close) close = nullptr;
  decltype(&::accel_sim_root) root = nullptr;
  decltype(&::accel_sim_library_dir) library_dir = nullptr;
  decltype(&::accel_sim_state_dir) state_dir = nullptr;
  decltype(&::accel_sim_scenario) scenario = nullptr;
  decltype(&::accel_sim_inject) inject = nullptr;
  decltype(&::accel_sim_clear) clear = nullptr;
  decltype(&::accel_sim_remove) remove = nullptr;
  decltype(&::accel_sim_step) step = nullptr;
  decltype(&::accel_sim_refresh) refresh = nullptr;
  decltype(&::accel_sim_write) write = nullptr;
  decltype(&::accel_sim_show) show = nullptr;
  decltype(&::accel_sim_list) list = nullptr;
};

namespace {

constexpr std::string_view kLibrary = "libaccel-sim.so";

using ErrorText = std::array<char, 512>;

Error sim_error(std::string_view what, accel_sim_status status, const char* text) {
  Errc code = Errc::io_error;
  std::string remedy;
  switch (status) {
    case ACCEL_SIM_INVALID: code = Errc::invalid_argument; break;
    case ACCEL_SIM_NOT_FOUND:
      code = Errc::not_found;
      remedy = "`accel sim show` lists the scenarios";
      break;
    case ACCEL_SIM_DENIED:
      code = Errc::permission_denied;
      remedy = "name a directory of your own with --state-dir";
      break;
    case ACCEL_SIM_MALFORMED: code = Errc::config_parse_error; break;
    default: break;
  }
  const std::string why = *text == '\0' ? "status " + std::to_string(status) : std::string(text);
  return {code, std::string(what) + ": " + why, std::move(remedy), {}};
}

template <class Fn>
bool resolve(const base::SharedLibrary& library, Fn& function, const char* symbol) {
  library.resolve(function, {symbol});
  return function != nullptr;
}

Result<const Simulation::Library*> load(const Installation& installation) {
  static Simulation::Library loaded;
  if (loaded.list != nullptr) return &loaded;
  const auto path = installation.library_dir() / "sim" / kLibrary;
  auto opened = base::SharedLibrary::open(path.string());
  if (!opened) {
    Error error = opened.error();
    error.remedy = "install accel's simulator, or build it with the target of that name";
    return error;
  }
  Simulation::Library found;
  const base::SharedLibrary& from = *opened;
  const bool complete = resolve(from, found.abi_version, "accel_sim_abi_version") &&
                        resolve(from, found.open, "accel_sim_open") &&
                        resolve(from, found.close, "accel_sim_close") &&
                        resolve(from, found.root, "accel_sim_root") &&
                        resolve(from, found.library_dir, "accel_sim_library_dir") &&
                        resolve(from, found.state_dir, "accel_sim_state_dir") &&
                        resolve(from, found.scenario, "accel_sim_scenario") &&
                        resolve(from, found.inject, "accel_sim_inject") &&
                        resolve(from, found.clear, "accel_sim_clear") &&
                        resolve(from, found.remove, "accel_sim_remove") &&
                        resolve(from, found.step, "accel_sim_step") &&
                        resolve(from, found.refresh, "accel_sim_refresh") &&
                        resolve(from, found.write, "accel_sim_write") &&
                        resolve(from, found.show, "accel_sim_show") &&
                        resolve(from, found.list, "accel_sim_list");
  if (!complete || found.abi_version() != ACCEL_SIM_ABI_VERSION) {
    return Error{Errc::invalid_state,
                 path.string() + ": not the simulator of this version of accel",
                 "install the program and the simulator from the same build",
                 {}};
  }
  loaded = found;
  return &loaded;
}

/// Calls a function that fills a buffer, with as large a one as it says it needs.
template <class Fill>
Result<std::string> filled(std::string_view what, const Fill& fill) {
  std::string text(16384, '\0');
  for (int attempt = 0; attempt < 4; ++attempt) {  // What is shown may grow between two calls.
    std::size_t length = text.size();
    const accel_sim_status status = fill(text.data(), &length);
    if (status == ACCEL_SIM_OK) {
      text.resize(length == 0 ? 0 : length - 1);
      return text;
    }
    if (status != ACCEL_SIM_TOO_SMALL) return sim_error(what, status, "");
    text.assign(length, '\0');
  }
  return sim_error(what, ACCEL_SIM_TOO_SMALL, "it grows faster than it can be read");
}

/// The scenario on the command line is a word like any other: one that is none is a mistake there.
/// For one that is known it was the state's directory that was not found.
Error scenario_not_found(const Simulation::Library& library, const std::string& wanted,
                         const char* text) {
  Error error = sim_error("--sim " + wanted, ACCEL_SIM_NOT_FOUND, text);
  const auto list = filled("scenarios", [&](char* buffer, std::size_t* length) {
    return library.list(nullptr, buffer, length);
  });
  const auto document = parse_json(list.value_or("[]"));
  const auto* items = document ? document->items() : nullptr;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if (const auto* name = (*items)[i].text()) names.emplace_back(*name);
  }
  const auto name = wanted.substr(0, wanted.find(':'));
  if (std::ranges::find(names, name) != names.end()) {
    error.remedy = "name a directory with --state-dir whose parent exists";
    return error;
  }
  error.code = Errc::invalid_argument;
  const auto suggestion = base::suggestion(name, names);
  if (!suggestion.empty()) error.remedy = suggestion;
  return error;
}

}  // namespace

std::filesystem::path Installation::library_dir() const {
  std::error_code ignored;
  for (const char* relative : {"lib/accel", ACCEL_BINDIR_TO_LIBDIR "/accel"}) {
    auto path = (program_dir / relative).lexically_normal();
    if (std::filesystem::is_directory(path, ignored)) return path;
  }
  return {};
}

Simulation::Simulation(const Library& library, accel_sim_node* node)
    : library_(&library), node_(node, library.close) {}

Result<Simulation> Simulation::open(const Installation& installation, const Wanted& wanted) {
  const auto library = load(installation);
  if (!library) return library.error();
  const std::string scenario = wanted.scenario.value_or("");
  const std::string state_dir = wanted.state_dir ? wanted.state_dir->string() : "";
  accel_sim_options options{};
  options.size = sizeof options;
  options.scenario = wanted.scenario ? scenario.c_str() : nullptr;
  options.state_dir = wanted.state_dir ? state_dir.c_str() : nullptr;
  accel_sim_node* node = nullptr;
  ErrorText why{};
  const auto status = (*library)->open(&options, &node, why.data(), why.size());
  if (status == ACCEL_SIM_NOT_FOUND && wanted.scenario) {
    return scenario_not_found(**library, scenario, why.data());
  }
  if (status != ACCEL_SIM_OK) {
    return sim_error(wanted.scenario ? "--sim " + scenario : "simulated node", status, why.data());
  }
  Simulation simulation(**library, node);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet
  ::setenv("ACCEL_SIM_STATE", simulation.state_dir().c_str(), 1);
  return simulation;
}

Result<std::string> Simulation::scenarios(const Installation& installation) {
  const auto library = load(installation);
  if (!library) return library.error();
  return filled("scenarios", [&](char* text, std::size_t* length) {
    return (*library)->list(nullptr, text, length);
  });
}

std::filesystem::path Simulation::root() const { return library_->root(node_.get()); }
std::filesystem::path Simulation::library_dir() const { return library_->library_dir(node_.get()); }
std::filesystem::path Simulation::state_dir() const { return library_->state_dir(node_.get()); }
std::string Simulation::scenario() const { return library_->scenario(node_.get()); }

SimulatedDrivers Simulation::drivers() const {
  return {[refresh = library_->refresh, node = node_](std::string_view pci_address) {
            refresh(node.get(), std::string(pci_address).c_str());
          },
          [write = library_->write, node = node_](const std::filesystem::path& file,
                                                  std::string_view text) {
            return write(node.get(), file.c_str(), text.data(), text.size());
          }};
}

Result<void> Simulation::inject(const std::string& device, const std::string& fault) {
  ErrorText why{};
  const auto status =
      library_->inject(node_.get(), device.c_str(), fault.c_str(), why.data(), why.size());
  if (status != ACCEL_SIM_OK) return sim_error("sim inject", status, why.data());
  return {};
}

Result<void> Simulation::clear(const std::string& device) {
  ErrorText why{};
  const auto status = library_->clear(node_.get(), device.c_str(), why.data(), why.size());
  if (status != ACCEL_SIM_OK) return sim_error("sim clear", status, why.data());
  return {};
}

Result<void> Simulation::remove() {
  ErrorText why{};
  const auto status = library_->remove(node_.get(), why.data(), why.size());
  if (status != ACCEL_SIM_OK) return sim_error("sim clear", status, why.data());
  return {};
}

Result<void> Simulation::step(Duration time) {
  ErrorText why{};
  const auto status =
      library_->step(node_.get(), static_cast<std::uint64_t>(time.value), why.data(), why.size());
  if (status != ACCEL_SIM_OK) return sim_error("sim step", status, why.data());
  return {};
}

Result<std::string> Simulation::show() const {
  return filled("sim show", [&](char* text, std::size_t* length) {
    return library_->show(node_.get(), text, length);
  });
}

}  // namespace accel::cli
