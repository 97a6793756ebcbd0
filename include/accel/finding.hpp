// Something on this machine that an operator should know: what, how sure, and what to do.
#pragma once

#include <string>

#include "accel/error.hpp"

namespace accel {

struct Finding {
  std::string id;  ///< stable: "ACC-DRV-001"
  Severity severity = Severity::medium;
  std::string title;     ///< one sentence
  std::string evidence;  ///< what was read, and where
  std::string remedy;    ///< what to do
  std::string device;    ///< uuid; empty when it concerns the machine
};

}  // namespace accel
