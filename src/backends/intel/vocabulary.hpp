// What the drivers call engines and memory in what they tell of each program (fdinfo).
#pragma once

#include "backends/intel/place.hpp"
#include "core/drm_processes.hpp"

namespace accel::intel {

/// Of the driver that serves the place. A program's memory on an integrated GPU is the host's.
[[nodiscard]] DrmVocabulary vocabulary_of(const Place& place, bool is_discrete);

[[nodiscard]] DrmPlace drm_place_of(const Place& place);

}  // namespace accel::intel
