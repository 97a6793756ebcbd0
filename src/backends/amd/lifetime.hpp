// Whether the back end has been shut down: its devices answer no more after that.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "accel/error.hpp"

namespace accel::amd {

/// Shared by the back end and its devices; may be used by several threads.
class Lifetime {
 public:
  void end() noexcept { *ended_ = true; }
  /// invalid_state after the end.
  [[nodiscard]] std::optional<Error> refusal() const {
    if (!*ended_) return std::nullopt;
    return Error{Errc::invalid_state, "the AMD back end has been shut down", "", {}};
  }

 private:
  std::shared_ptr<std::atomic<bool>> ended_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace accel::amd
