#include "control/places.hpp"

namespace accel::control {
namespace {

/// Whether what is kept lies where the system's own things do.
bool is_at_home(const Machine& machine, const std::filesystem::path& state_dir) {
  return machine.is_this_machine() && state_dir == machine.path("/var/lib/accel");
}

}  // namespace

Places places_of(const Machine& machine, const std::filesystem::path& state_dir) {
  return {state_dir / "journal", state_dir / "knobs.json",
          is_at_home(machine, state_dir) ? machine.path("/var/log/accel/audit.jsonl")
                                         : state_dir / "audit.jsonl"};
}

std::filesystem::path broker_socket(const Machine& machine,
                                    const std::filesystem::path& state_dir) {
  return is_at_home(machine, state_dir) ? machine.path("/run/accel/broker.sock")
                                        : state_dir / "broker.sock";
}

}  // namespace accel::control
