// How the state of a whole device shows in its readings.
#pragma once

#include "accel/accelerator_info.hpp"
#include "accel/reading.hpp"
#include "accel/reading_set.hpp"

namespace accel {

/// The status of the readings of a device in that state. A device that is ok and yet gives no
/// readings is one that this build cannot read: unsupported.
[[nodiscard]] ReadingStatus status_of(DeviceState state);

/// Says of the readings that every accelerator is expected to have, and of which nothing is known
/// yet, why they are absent.
void fill_absent(ReadingSet& out, const Absence& why);

}  // namespace accel
