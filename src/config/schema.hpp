// Every key that a configuration file may have: one row each. Checks, the reference document and
// suggestions are made from it.
#pragma once

#include <span>
#include <string_view>

namespace accel::config {

enum class Kind { text, tables };

struct Key {
  /// "remote[].host": a key of each table of the list `remote`.
  std::string_view path;
  Kind kind;
  bool required;
  std::string_view help;
  std::string_view example;                        ///< a value as it is written
  std::span<const std::string_view> choices = {};  ///< the only texts it may be; empty: any

  /// "host"; "remote" of "remote[]".
  [[nodiscard]] std::string_view name() const;
  /// "remote[]"; empty for a key of the file itself.
  [[nodiscard]] std::string_view parent() const;
};

/// In the order of the reference: a table before its keys.
[[nodiscard]] std::span<const Key> keys();

}  // namespace accel::config
