#include "broker/options.hpp"

#include <algorithm>
#include <string_view>

#include "base/number.hpp"

namespace accel::broker {
namespace {

struct Row {
  std::string_view name;
  std::string_view argument;  ///< empty for a switch
  std::string_view help;
  void (*take)(Options& options, const std::string& value);
};

// clang-format off
constexpr Row kRows[] = {
    {"--sim", "NAME[:N]", "Control a simulated machine instead of this one",
     [](Options& options, const std::string& value) { options.scenario = value; }},
    {"--lib-dir", "DIR", "Load vendor libraries from DIR",
     [](Options& options, const std::string& value) { options.library_dir = value; }},
    {"--state-dir", "DIR", "Where journal and audit log lie, and the socket",
     [](Options& options, const std::string& value) { options.state_dir = value; }},
    {"--config", "FILE", "Use this configuration instead of /etc/accel/accel.toml",
     [](Options& options, const std::string& value) { options.configuration = value; }},
    {"--ready-fd", "N", "Descriptor to close once requests are taken",
     [](Options& options, const std::string& value) { options.ready = static_cast<int>(base::parse_integer(value).value_or(-1)); }},
    {"--on-demand", "", "End once nobody asks and nothing waits",
     [](Options& options, const std::string&) { options.on_demand = true; }},
    {"--recover", "", "Take back what an earlier broker left unconfirmed, and end",
     [](Options& options, const std::string&) { options.recover = true; }},
    {"--help", "", "Show this",
     [](Options& options, const std::string&) { options.help = true; }},
};
// clang-format on

Error misuse(const std::string& what) {
  return {Errc::invalid_argument, what, "`accel-broker --help` shows what there is", {}};
}

}  // namespace

Result<Options> parse_options(std::span<const std::string> words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto* const row = std::ranges::find(kRows, std::string_view(words[i]), &Row::name);
    if (row == std::end(kRows)) return misuse(words[i] + ": no such option");
    if (row->argument.empty()) {
      row->take(options, {});
    } else if (i + 1 < words.size()) {
      row->take(options, words[++i]);
    } else {
      return misuse(words[i] + ": " + std::string(row->argument) + " is missing");
    }
  }
  return options;
}

std::string usage() {
  std::string text =
      "accel-broker [OPTION...]\n"
      "The only program that changes settings. `accel` starts and asks it; a service manager may\n"
      "start it for a socket. What is not confirmed in time it takes back.\n\n";
  for (const Row& row : kRows) {
    std::string name = "  " + std::string(row.name) + " " + std::string(row.argument);
    name.resize(std::max<std::size_t>(name.size() + 1, 22), ' ');
    text += name + std::string(row.help) + "\n";
  }
  return text;
}

}  // namespace accel::broker
