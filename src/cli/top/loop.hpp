// The full-screen view while it runs: waits for keys, samples and signals, and draws.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "cli/context.hpp"

namespace accel::cli::top {

struct Plan {
  std::chrono::nanoseconds interval = std::chrono::seconds(1);
  std::optional<std::int64_t> samples;  ///< ends after so many; none: goes on
};

/// Until somebody quits. Reads devices in a process of its own, and calls no driver in this one.
ExitCode run_screen(Context& context, const Plan& plan);

}  // namespace accel::cli::top
