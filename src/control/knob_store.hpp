// What accel wrote to knobs and what it found there, over its restarts and until the machine's.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "accel/control/change.hpp"
#include "control/journal.hpp"

namespace accel::control {

/// One process at a time.
class KnobStore {
 public:
  /// What an earlier run of the kernel left is forgotten: its settings are gone with it. A file
  /// that cannot be read is an empty store and an error to tell of: `problem`.
  KnobStore(std::filesystem::path file, std::string boot);

  [[nodiscard]] const KnobRecords& of(const std::string& device) const;
  /// What steps have set. Returns once it would survive a crash.
  [[nodiscard]] Result<void> remember(const std::string& device,
                                      std::span<const JournalStep> steps);
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  [[nodiscard]] Result<void> load();
  [[nodiscard]] std::string text() const;

  std::filesystem::path file_;
  std::string boot_;
  std::map<std::string, KnobRecords> devices_;
  std::optional<Error> problem_;
};

}  // namespace accel::control
