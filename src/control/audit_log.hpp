// Who changed what and when, each line bound to the one before by its hash, so that a line that was
// altered, removed or put in between is found.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "accel/result.hpp"
#include "control/journal.hpp"

namespace accel::control {

struct AuditEntry {
  std::chrono::nanoseconds time{};  ///< wall clock
  Requester requester;
  std::string device;  ///< uuid
  std::string parameter;
  std::string previous;  ///< as text; empty where the driver does not tell
  std::string value;
  std::string result;  ///< "applied", "refused: ...", "reverted: not confirmed in time"
};

/// One process at a time. A line is in the file before add() returns.
class AuditLog {
 public:
  explicit AuditLog(std::filesystem::path file) : file_(std::move(file)) {}

  [[nodiscard]] Result<void> add(const AuditEntry& entry);

 private:
  /// The hash that the next line goes on from; mends what a loss of power left half written.
  [[nodiscard]] Result<std::string> last_hash() const;

  std::filesystem::path file_;
  std::string hash_;  ///< of the last line; empty before the first add()
};

/// What `accel audit verify` tells.
struct AuditVerdict {
  std::size_t lines = 0;
  std::size_t bad_line = 0;  ///< counted from one; 0: none
  std::string why;
};

[[nodiscard]] AuditVerdict verify_audit(std::string_view text);

/// The entries of a log, oldest first, without looking at their hashes. A line that is none is
/// left out.
[[nodiscard]] std::vector<AuditEntry> parse_audit(std::string_view text);

}  // namespace accel::control
