// The kernel's lists of processor numbers: "0-55,112-167".
#pragma once

#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::host {

/// In ascending order, each once. An empty text is an empty list; malformed for anything that the
/// kernel does not write, and for numbers of 65536 and above (its largest NR_CPUS is 8192).
[[nodiscard]] Result<std::vector<int>> parse_cpu_list(std::string_view text);

}  // namespace accel::host
