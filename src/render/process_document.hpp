// The programs on accelerators as the document `accel/processes/1`, and as part of others.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accel/system.hpp"
#include "render/document.hpp"
#include "render/process_fields.hpp"

namespace accel::render {

/// What `accel ps` found: samples of devices, of which the programs count.
struct ProcessReport {
  std::string simulated;
  std::chrono::nanoseconds wall{};  ///< when the devices were asked last
  /// Between the two looks that shares of time are made of; nothing after a single look.
  std::optional<std::chrono::nanoseconds> interval;
  std::vector<DeviceSample> devices;
  std::vector<Error> problems;
};

/// `rows`: the programs in the order in which to list them.
[[nodiscard]] Document processes_document(const ProcessReport& report,
                                          std::span<const ProcessRow> rows);

/// Adds `processes`, `processes_hidden` and what went wrong to a device's object.
void add_processes(const Result<ProcessList>& processes, Document::Object& device);

}  // namespace accel::render
