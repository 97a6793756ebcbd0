// Calls into vendors' code, which may throw whatever it likes: ours never does.
#pragma once

#include <exception>
#include <optional>

#include "accel/error.hpp"

namespace accel {

/// Runs `job`. What it throws comes back as an error whose message is the exception's text.
template <class Job>
[[nodiscard]] std::optional<Error> thrown_by(Job&& job) {
  try {
    job();
    return std::nullopt;
  } catch (const std::exception& failure) {
    return Error{Errc::system_error, failure.what(), "", {}};
  } catch (...) {
    return Error{Errc::system_error, "it threw something that is no std::exception", "", {}};
  }
}

}  // namespace accel
