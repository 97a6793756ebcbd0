#include "cli/configuration.hpp"

#include <unistd.h>

#include <string>
#include <system_error>
#include <utility>

#include "base/environment.hpp"
#include "config/configuration.hpp"

namespace accel::cli {
namespace {

constexpr const char* kName = "accel.toml";

/// A user's own, by the XDG base directory specification; empty for root, who has the machine's.
std::filesystem::path users_file() {
  if (::geteuid() == 0) return {};
  if (const auto directory = base::environment_text("XDG_CONFIG_HOME")) {
    return std::filesystem::path(*directory) / "accel" / kName;
  }
  const auto home = base::environment_text("HOME");
  return home ? std::filesystem::path(*home) / ".config/accel" / kName : std::filesystem::path();
}

}  // namespace

std::filesystem::path configuration_file(const Settings& settings, const Machine& machine,
                                         const Simulation* simulation) {
  if (settings.configuration) return *settings.configuration;
  if (simulation != nullptr) return simulation->state_dir() / kName;
  if (machine.is_this_machine()) {
    std::error_code ignored;
    auto own = users_file();
    if (!own.empty() && std::filesystem::exists(own, ignored)) return own;
  }
  return machine.path("/etc/accel/accel.toml");
}

Result<void> configure(Machine& machine, const Settings& settings, const Simulation* simulation) {
  const auto file = configuration_file(settings, machine, simulation);
  auto read = config::read_configuration(file.string());
  if (read) {
    machine.remote_systems = std::move(read->remote_systems);
    return {};
  }
  Error error = read.error();
  if (error.code != Errc::operation_not_supported) return error;
  if (!settings.configuration) return {};
  error.code = Errc::invalid_argument;
  error.remedy = "name a file that exists";
  return annotate("--config", std::move(error));
}

}  // namespace accel::cli
