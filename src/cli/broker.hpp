// Asking the broker, and starting one where there is none and this user may.
#pragma once

#include "cli/context.hpp"
#include "control/protocol.hpp"

namespace accel::cli {

/// What the broker of the context's machine answers. permission_denied, naming what is missing,
/// where this user may neither ask nor start one.
[[nodiscard]] Result<control::Reply> ask_broker(const Context& context,
                                                const control::Request& request);

/// The same, of a broker that runs already; not_found where none does.
[[nodiscard]] Result<control::Reply> ask_running_broker(const Context& context,
                                                        const control::Request& request);

}  // namespace accel::cli
