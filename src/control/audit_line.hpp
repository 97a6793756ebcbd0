// One line of the audit log: its text, and the hash that binds it to the line before.
#pragma once

#include <string>
#include <string_view>

#include "control/audit_log.hpp"

namespace accel::control {

/// What stands before the first line.
inline constexpr std::string_view kNoLineBefore =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// The line for an entry, with a newline at its end.
[[nodiscard]] std::string audit_line(const AuditEntry& entry, std::string_view hash_before);
/// The hash that a line carries, if it is the hash of what the line says and follows the one
/// before; `malformed` with the reason otherwise.
[[nodiscard]] Result<std::string> audit_hash(std::string_view line, std::string_view hash_before);
[[nodiscard]] Result<AuditEntry> parse_audit_line(std::string_view line);

}  // namespace accel::control
