// What is said of an index that no device has.
#pragma once

#include "accel/error.hpp"
#include "accel/selector.hpp"

namespace accel {

/// `GPU with index <n> not found`, with the number as it was written where it is too large for any.
[[nodiscard]] Error index_not_found(const Selector& selector, const Selector::Index& index);

}  // namespace accel
