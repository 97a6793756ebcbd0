// A tree as a tar archive (POSIX.1-2001, pax).
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "accel/result.hpp"
#include "capture/tree.hpp"

namespace accel::capture {

/// Takes the archive piece by piece; an error ends the writing.
using Sink = std::function<Result<void>(std::string_view)>;

/// Everything lies in `folder`, belongs to root by number, has the time `modified` and may be read
/// by its owner alone.
[[nodiscard]] Result<void> write_tar(const Tree& tree, const std::string& folder,
                                     std::chrono::seconds modified, const Sink& sink);

}  // namespace accel::capture
