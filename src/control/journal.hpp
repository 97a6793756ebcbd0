// What is on the disk before a change begins, so that another process can take it back.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::control {

/// Who asked for a change.
struct Requester {
  unsigned uid = 0;
  int pid = 0;
};

struct JournalStep {
  std::string knob;
  std::string previous;
  std::string value;
  bool persistent = false;
};

/// A setting of the change, for the audit log of whoever takes it back.
struct JournalSetting {
  std::string parameter;
  std::string previous;  ///< as text; empty where the driver does not tell
  std::string value;
};

struct JournalEntry {
  std::string id;
  std::string device;                ///< uuid
  std::string boot;                  ///< the run of the kernel in which it was begun
  std::chrono::nanoseconds begun{};  ///< wall clock
  Requester requester;
  bool confirmed = false;
  std::vector<JournalSetting> settings;
  std::vector<JournalStep> steps;  ///< in the order in which they are made
};

/// The entry that a text holds; `malformed` for anything else.
[[nodiscard]] Result<JournalEntry> parse_journal_entry(std::string_view text);
[[nodiscard]] std::string journal_text(const JournalEntry& entry);

/// A directory with a file an unfinished change. One process at a time.
class Journal {
 public:
  explicit Journal(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// Returns once the entry would survive a loss of power.
  [[nodiscard]] Result<void> write(const JournalEntry& entry) const;
  [[nodiscard]] Result<void> remove(std::string_view id) const;

  struct Unfinished {
    std::vector<JournalEntry> entries;  ///< oldest first
    std::vector<Error> problems;        ///< files that cannot be read
  };
  /// None where the directory does not exist.
  [[nodiscard]] Unfinished unfinished() const;

 private:
  [[nodiscard]] std::filesystem::path file(std::string_view id) const;

  std::filesystem::path directory_;
};

}  // namespace accel::control
