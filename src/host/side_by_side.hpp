// Several blocking questions at once, each in a thread of its own, with one deadline for all.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "accel/clock.hpp"
#include "base/worker.hpp"

namespace accel::host {

/// The answers in the order of the questions; empty where none came in time. A question that is
/// late goes on alone and answers nobody, so it must own what it touches.
template <class Answer>
[[nodiscard]] std::vector<std::optional<Answer>> side_by_side(
    const std::shared_ptr<Clock>& clock, std::chrono::nanoseconds patience,
    std::vector<std::function<Answer()>> questions) {
  struct Asked {
    std::shared_ptr<std::optional<Answer>> answer = std::make_shared<std::optional<Answer>>();
    std::unique_ptr<base::Worker> worker;
  };
  const auto deadline = clock->steady() + patience;
  std::vector<Asked> asked(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    asked[i].worker = std::make_unique<base::Worker>(clock);
    asked[i].worker->start(
        [answer = asked[i].answer, ask = std::move(questions[i])] { *answer = ask(); });
  }
  std::vector<std::optional<Answer>> answers(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    // Only a job that is done has let go of its answer.
    if (asked[i].worker->collect(deadline) == base::Worker::Outcome::done) {
      answers[i] = std::move(*asked[i].answer);
    }
  }
  return answers;
}

}  // namespace accel::host
