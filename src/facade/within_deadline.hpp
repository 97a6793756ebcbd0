// Asks a driver in a worker's thread and waits no longer than its deadline.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "accel/result.hpp"
#include "base/worker.hpp"
#include "core/thrown_by.hpp"

namespace accel::facade {

/// `ask` must own what it touches: it may outlive the caller.
template <class T, class Ask>
Result<T> within_deadline(base::Worker& worker, std::chrono::nanoseconds patience, Ask ask) {
  auto answer = std::make_shared<std::optional<Result<T>>>();
  const auto outcome = worker.run(
      [answer, ask = std::move(ask)] {
        if (auto failure = thrown_by([&] { *answer = ask(); })) *answer = std::move(*failure);
      },
      patience);
  if (outcome != base::Worker::Outcome::done) return timeout_after(patience.count());
  return std::move(**answer);
}

}  // namespace accel::facade
