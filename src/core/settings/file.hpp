// Settings that are files of a driver: what is written to which, whether this process could, and
// the same as a person would do it by hand.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel::settings {

/// One write(2).
struct FileCall {
  std::string path;
  std::string text;
};

/// In order, up to the first that fails.
[[nodiscard]] Result<void> make(const Machine& machine, std::span<const FileCall> calls);

/// `echo 250000000 > /sys/...`, one after the other.
[[nodiscard]] std::string shell_text(std::span<const FileCall> calls);

/// Why a value for that file would not be taken from this process: operation_not_supported where
/// the file is missing or for reading only, permission_denied where others may write it.
[[nodiscard]] std::optional<Error> write_refusal(const Machine& machine, const std::string& path);

}  // namespace accel::settings
