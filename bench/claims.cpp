#include "claims.hpp"

#include "captured.hpp"

namespace accel::bench {
namespace {

const std::vector<std::string> kTwentySamples{"top", "--count", "20", "-i", "100ms"};

/// The same in a terminal of 120 columns and 50 rows, which script(1) provides.
Program on_terminal(const Program& program) {
  std::string line = "stty columns 120 rows 50; exec";
  for (const auto& argument : program.arguments) line += " '" + argument + "'";
  Program wrapped{{"/usr/bin/script", "-qec", line, "/dev/null"}, program.environment};
  wrapped.environment.emplace_back("TERM", "xterm-256color");
  return wrapped;
}

}  // namespace

std::vector<Subject> own_subjects(const Place& place) {
  const std::string accel = place.accel.string();
  const auto root = place.scratch / "root";
  std::filesystem::create_directories(root);
  const auto simulated = [&](const std::string& node, std::vector<std::string> rest) {
    std::vector<std::string> arguments{accel, "--sim", node};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    return Program{std::move(arguments),
                   {{"ACCEL_SIM_STATE", (place.scratch / ("state-" + node)).string()}}};
  };
  return {
      {"accel version", {{accel, "version"}, {}}, "5 ms"},
      {"accel list, empty root", {{accel, "--root", root.string(), "list"}, {}}, "5 ms"},
      {"accel status --json, 8 GPUs", simulated("dgx-h100", {"status", "--json"}), "15 ms, 15 MiB"},
      {"accel status --json, 64 GPUs", simulated("dgx-h100:64", {"status", "--json"}),
       "60 ms, 60 MiB"},
      {"accel status --json, mixed", simulated("mixed", {"status", "--json"}), "20 ms"},
      {"accel top, 64 GPUs, 20 samples", on_terminal(simulated("dgx-h100:64", kTwentySamples)),
       "400 ms CPU more than one"},
      {"accel top, 64 GPUs, 1 sample",
       on_terminal(simulated("dgx-h100:64", {"top", "--count", "1"})), "25 MiB"},
  };
}

std::optional<Subject> captured_cards(const Place& place) {
  const auto machine = captured_machine(place.scratch / "captured");
  if (!machine) return std::nullopt;
  return Subject{"accel status --json, recorded cards",
                 {{place.accel.string(), "--root", machine->string(), "status", "--json"}, {}},
                 "30 ms"};
}

}  // namespace accel::bench
