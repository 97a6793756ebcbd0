// Runs a command line in this process, on a tree and with vendors of the test's making.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cli/program.hpp"

namespace accel::cli {

struct Bench {
  std::vector<BackendEntry> backends;
  std::vector<std::string> debug_texts;
  std::vector<Crash> crashes;

  Outcome run(std::vector<std::string> words) {
    const Surroundings surroundings{Installation{}, backends, {}, [this](std::string_view text) {
                                      const std::scoped_lock lock(mutex_);
                                      debug_texts.emplace_back(text);
                                    }};
    const Run run(words, surroundings);
    return run.outcome() ? *run.outcome() : run.perform(crashes);
  }

 private:
  std::mutex mutex_;
};

}  // namespace accel::cli
