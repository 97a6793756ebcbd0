// The readings of devices, as the document `accel/status/1`.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "accel/system.hpp"
#include "render/document.hpp"

namespace accel::render {

/// What `accel status` read, and when.
struct StatusReport {
  std::string simulated;            ///< name of the scenario; empty on a real machine
  std::chrono::nanoseconds wall{};  ///< wall clock of the report
  SteadyTime steady{};              ///< the same moment on the clock of the readings
  std::vector<DeviceSample> devices;
  std::vector<Error> problems;
};

/// Values are in the base units of the metric table, and only there where they are fresh, or
/// stale with their age.
[[nodiscard]] Document status_document(const StatusReport& report);

/// {value, unit, status, source, age_ms}, and reason and remedy where it is not ok.
[[nodiscard]] Document reading_document(const ReadingSet::Entry& entry, SteadyTime now);

/// A reading's value in the unit that documents use; null where there is none.
[[nodiscard]] Document value_document(const ReadingSet::Entry& entry);

/// "2026-11-20T13:17:13.250Z"
[[nodiscard]] std::string time_text(std::chrono::nanoseconds wall);

}  // namespace accel::render
