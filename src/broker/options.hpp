// The broker's command line.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "accel/result.hpp"

namespace accel::broker {

struct Options {
  std::optional<std::string> scenario;                 ///< --sim
  std::optional<std::filesystem::path> library_dir;    ///< --lib-dir
  std::optional<std::filesystem::path> state_dir;      ///< --state-dir
  std::optional<std::filesystem::path> configuration;  ///< --config
  int ready = -1;          ///< --ready-fd: closed once it serves; until then told what is wrong
  bool on_demand = false;  ///< --on-demand: ends when nobody needs it
  bool recover = false;    ///< --recover: takes back what was left, and ends
  bool help = false;
};

/// `words` without the program's name.
[[nodiscard]] Result<Options> parse_options(std::span<const std::string> words);
[[nodiscard]] std::string usage();

}  // namespace accel::broker
