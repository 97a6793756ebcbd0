// Whose programs the machine's /proc shows: those of the whole machine, or of a part of it.
#pragma once

#include <optional>

#include "accel/machine.hpp"
#include "accel/reading.hpp"

namespace accel {

struct ProcView {
  /// /proc shows the programs of a pid namespace, such as a container's, by numbers of its own. A
  /// number from a driver may then mean another program.
  bool is_namespace = false;
  /// Why there may be programs of which /proc shows nothing at all.
  std::optional<Absence> uncounted;
};

[[nodiscard]] ProcView proc_view(const Machine& machine);

/// Whether the text of /proc/mounts mounts /proc so that it hides the programs of other users.
[[nodiscard]] bool hides_programs(std::string_view mounts);

}  // namespace accel
