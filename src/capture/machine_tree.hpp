// Makes a recording into a tree that can be read as a machine again (--root).
#pragma once

#include <filesystem>
#include <vector>

#include "capture/recording.hpp"
#include "capture/tree.hpp"

namespace accel::capture {

struct MachineTree {
  Tree tree;
  std::vector<LeftOut> left_out;
  /// Files that are there and were not to be read, with the reason; the tree remembers it.
  std::vector<LeftOut> refused;
};

/// `root` is where "/" of the machine is. Looks at the names and links of what was recorded, and
/// opens none of it. Links are as on the machine, with absolute ones made relative, so that nothing
/// leads out of the tree. A file that could not be read is a link to base::kRecordedError; so is
/// one that nobody read.
[[nodiscard]] MachineTree machine_tree(const Recording::Content& recorded,
                                       const std::filesystem::path& root);

}  // namespace accel::capture
