// A whole run of `accel`, from the words of the command line to what it prints, without a process.
#pragma once

#include <span>
#include <string>

#include "cli/context.hpp"

namespace accel::cli {

struct Outcome {
  ExitCode code = ExitCode::ok;
  std::string out;
  std::string err;
};

/// A command line that was understood, and what it means; ready to be run, perhaps more than once.
class Run {
 public:
  /// Reads the words and opens the machine. When that already decides the outcome (a mistake, or
  /// help), says so in `outcome`.
  Run(std::span<const std::string> words, const Surroundings& surroundings);

  /// Set when there is nothing left to run.
  [[nodiscard]] const std::optional<Outcome>& outcome() const { return outcome_; }
  /// Whether the command may enter a vendor's library, which can crash.
  [[nodiscard]] bool needs_guard() const;
  [[nodiscard]] Outcome perform(std::span<const Crash> crashes) const;

 private:
  void decide(std::span<const std::string> words);

  const Surroundings& surroundings_;
  Arguments arguments_;
  Settings settings_;
  Machine machine_;
  mutable std::optional<Simulation> simulation_;
  std::optional<Outcome> outcome_;
};

}  // namespace accel::cli
