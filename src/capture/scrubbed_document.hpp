// What the documents of accel name that must not be in a bundle.
#pragma once

#include <string>
#include <string_view>

#include "capture/secrets.hpp"

namespace accel::capture {

/// Adds the serial numbers, UUIDs and addresses of a JSON document, and gives it back with other
/// names for its processes and their users. A text that is no JSON has shapes only.
[[nodiscard]] std::string scrubbed_document(std::string_view json, Secrets& secrets);

}  // namespace accel::capture
