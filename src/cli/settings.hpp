// The global options of a command line as values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "accel/result.hpp"
#include "accel/selector.hpp"
#include "cli/arguments.hpp"
#include "render/query.hpp"

namespace accel::cli {

enum class Format { text, json, yaml, csv };

struct Settings {
  Format format = Format::text;
  std::optional<render::Query> query;
  /// The columns that --query names, of a command that has fields of its own; they exist.
  std::optional<std::vector<std::string>> columns;
  std::vector<Selector> devices;  ///< none: all
  std::optional<std::filesystem::path> root;
  std::optional<std::filesystem::path> library_dir;
  std::optional<std::string> scenario;
  std::optional<std::filesystem::path> state_dir;
  std::optional<std::filesystem::path> configuration;  ///< --config
  bool wake = false;
  bool verbose = false;
  bool colour = true;  ///< false: --no-color

  /// invalid_argument for options that exclude each other, malformed selectors, unknown fields and
  /// directories that do not exist.
  static Result<Settings> from(const Arguments& arguments);
};

}  // namespace accel::cli
