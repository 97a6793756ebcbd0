// Many short questions in one thread, one of which may never come back.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "accel/clock.hpp"
#include "base/worker.hpp"
#include "host/side_by_side.hpp"

namespace accel::host {

/// The answers in the order of the questions; empty where none came in time. A question that hangs
/// holds up those behind it once, for `patience`; these are then asked side by side. Like there,
/// a question must own what it touches, and be able to run beside the others.
template <class Answer>
[[nodiscard]] std::vector<std::optional<Answer>> in_turn(
    const std::shared_ptr<Clock>& clock, std::chrono::nanoseconds patience,
    const std::vector<std::function<Answer()>>& questions) {
  struct Shared {
    std::mutex mutex;
    std::vector<std::function<Answer()>> questions;
    std::vector<Answer> answers;
    bool is_given_up = false;
  };
  const auto shared = std::make_shared<Shared>();
  shared->questions = questions;
  base::Worker worker(clock);
  const auto outcome = worker.run(
      [shared] {
        for (const auto& ask : shared->questions) {
          auto answer = ask();
          const std::scoped_lock lock(shared->mutex);
          if (shared->is_given_up) return;
          shared->answers.push_back(std::move(answer));
        }
      },
      patience);

  std::vector<std::optional<Answer>> answers;
  {
    const std::scoped_lock lock(shared->mutex);
    shared->is_given_up = true;
    for (auto& answer : shared->answers) answers.emplace_back(std::move(answer));
  }
  if (outcome == base::Worker::Outcome::done || answers.size() == questions.size()) return answers;
  answers.emplace_back();  // The one that hangs.
  const auto behind = static_cast<std::ptrdiff_t>(answers.size());
  auto rest = side_by_side<Answer>(clock, patience, {questions.begin() + behind, questions.end()});
  for (auto& answer : rest) answers.push_back(std::move(answer));
  return answers;
}

}  // namespace accel::host
