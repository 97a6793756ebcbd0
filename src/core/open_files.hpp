// A walk through the open files of every program that /proc shows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "accel/machine.hpp"
#include "accel/process.hpp"

namespace accel {

/// One open file of a program.
struct OpenFile {
  std::int64_t pid = 0;
  std::string target;  ///< what it is: "/dev/dri/renderD128"
  std::string fdinfo;  ///< where the kernel tells of it: "/proc/1234/fdinfo/5"
};

/// Calls `look` for every open file that is a device node, in the order of pids; it gives false for
/// one that it may not look at. Gives the programs that have such a file, or may not be looked at
/// as a whole. Opens nothing but directories. Thread-safe: calls at the same time share one walk.
[[nodiscard]] HiddenPrograms for_each_open_node(const Machine& machine,
                                                const std::function<bool(const OpenFile&)>& look);

}  // namespace accel
