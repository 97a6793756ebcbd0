// What went wrong while a node was opened or changed: a code of sim.h and a text.
#pragma once

#include <string>

namespace accel::sim {

enum class Fail { none, invalid, not_found, denied, malformed, io };

struct Problem {
  Fail code = Fail::none;
  std::string text;

  [[nodiscard]] explicit operator bool() const { return code != Fail::none; }
};

/// "what: why" with the system's text for errno.
Problem system_problem(const std::string& what, int error);

}  // namespace accel::sim
