// The inventory of a machine, as the document `accel/list/1`.
#pragma once

#include <string>
#include <vector>

#include "accel/error.hpp"
#include "accel/hardware_info.hpp"
#include "render/document.hpp"

namespace accel::render {

/// What `accel list` found. Pure facts: no device is asked while it is shown.
struct Inventory {
  std::string simulated;  ///< name of the scenario; empty on a real machine
  HardwareInfo hardware;
  std::vector<Error> problems;  ///< what went wrong while looking for accelerators
};

[[nodiscard]] Document list_document(const Inventory& inventory);

/// Null on a real machine, else the scenario's name: the value of `simulated` in every document.
[[nodiscard]] Document simulated_mark(const std::string& scenario);

/// {code, message, severity, recoverable, remedy}
[[nodiscard]] Document error_document(const Error& error);

}  // namespace accel::render
