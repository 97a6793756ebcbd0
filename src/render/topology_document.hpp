// A machine's topology as the document `accel/topology/1`, and as rows.
#pragma once

#include "render/csv.hpp"
#include "render/document.hpp"
#include "render/topology_words.hpp"

namespace accel::render {

[[nodiscard]] Document topology_document(const TopologyReport& report);

/// A row for each pair of devices, then for each device and adapter.
[[nodiscard]] Table topology_table(const TopologyReport& report);

}  // namespace accel::render
