// What can be done to an open node from outside: faults, time, a picture of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "open.hpp"

namespace accel::sim {

Problem inject(OpenNode& opened, std::string_view device, std::string_view text);
Problem clear(OpenNode& opened, std::string_view device);
Problem remove(OpenNode& opened);
Problem step(OpenNode& opened, std::int64_t ns);

/// The node as a JSON document.
std::string show(OpenNode& opened);

/// The scenarios of a folder as a JSON document.
std::string list_scenarios(const std::string& folder);

}  // namespace accel::sim
