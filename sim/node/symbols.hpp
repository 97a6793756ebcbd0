// Which NVML functions a driver release has, and a library in which the others cannot be found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "problem.hpp"

namespace accel::sim {

struct Symbol {
  std::string_view name;
  std::string_view since;  ///< First driver release that has it.
};

const std::vector<Symbol>& nvml_symbols();

/// Names that a driver of this version lacks.
std::vector<std::string_view> symbols_after(std::string_view driver_version);

/// Puts `dir`/libnvidia-ml.so.1 in place: a link to `library` when nothing is hidden, else a copy
/// in which the hidden names no longer resolve.
Problem place_library(const std::string& library, const std::string& dir,
                      const std::vector<std::string_view>& hidden);

}  // namespace accel::sim
