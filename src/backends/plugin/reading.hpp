// A plug-in's reading, filed under the metric that its key names.
#pragma once

#include "accel/reading_set.hpp"
#include "accelerator/plugin.h"

namespace accel::plugin {

/// False when no metric has that key. A value of the wrong kind is an `error` that says so.
[[nodiscard]] bool file_reading(const accel_plugin_reading& given, SteadyTime now, ReadingSet& out);

/// Ours for the plug-in's number; `error` for a number that is none.
[[nodiscard]] ReadingStatus reading_status(accel_plugin_status status);

}  // namespace accel::plugin
