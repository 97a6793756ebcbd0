// The words of a command line, checked against the tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"
#include "cli/command.hpp"

namespace accel::cli {

class Arguments {
 public:
  /// `words` without the program's own name. invalid_argument, with the nearest names as remedy,
  /// for what is in no table. No words: an Arguments without a command.
  static Result<Arguments> parse(std::span<const std::string> words);

  /// Null when the line names none ("accel", "accel --help", "accel sim").
  [[nodiscard]] const Command* command() const { return command_; }
  /// "sim" of a line that stops short of a command.
  [[nodiscard]] const std::string& unfinished() const { return unfinished_; }
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }

  [[nodiscard]] bool has(std::string_view option) const { return value(option).has_value(); }
  /// Empty text for a switch that was given; the last value of an option that was repeated.
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;

 private:
  friend class LineParser;

  struct Given {
    std::string_view option;
    std::string value;
  };

  const Command* command_ = nullptr;
  std::string unfinished_;
  std::vector<Given> given_;
  std::vector<std::string> operands_;
};

}  // namespace accel::cli
