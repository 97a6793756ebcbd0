// What docs/benchmarks.md claims, one row a program that is run for it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "measure.hpp"

namespace accel::bench {

struct Subject {
  std::string name;
  Program program;
  std::string claim;  ///< empty for peers, of which we claim nothing
};

/// Where the benchmark finds what it runs and keeps what it writes.
struct Place {
  std::filesystem::path accel;      ///< the program
  std::filesystem::path empty;      ///< the program that does nothing
  std::filesystem::path libraries;  ///< of the simulated drivers
  std::filesystem::path scratch;    ///< an empty directory of our own
};

[[nodiscard]] std::vector<Subject> own_subjects(const Place& place);

/// One machine with every recorded card; nothing without recordings (ACCEL_CAPTURES).
[[nodiscard]] std::optional<Subject> captured_cards(const Place& place);

}  // namespace accel::bench
