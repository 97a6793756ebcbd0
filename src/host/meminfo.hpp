// The kernel's memory statistics: /proc/meminfo and each node's, which are written alike.
#pragma once

#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel::host {

/// The text of a statistics file, or why there is none.
struct Meminfo {
  Result<std::string> text;
  std::string source;
  SteadyTime time{};

  /// The amount in the line "MemTotal:       24684092 kB", where kB means 1024 bytes.
  [[nodiscard]] Reading<Bytes> amount(std::string_view key) const;
};

[[nodiscard]] Meminfo read_meminfo(const Machine& machine, const std::filesystem::path& path);

}  // namespace accel::host
