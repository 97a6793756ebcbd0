#include "backends/intel/time_share.hpp"

#include <algorithm>
#include <utility>

namespace accel::intel {
namespace {

/// Counter and clock are not read at the same moment, so a full share may come out above 1.
constexpr double kMostOvershoot = 1.1;

Absence pending(std::string reason) {
  return {ReadingStatus::pending, std::move(reason), "sample again"};
}

}  // namespace

const Reading<Ratio>& TimeShare::advance(std::chrono::nanoseconds counter, SteadyTime now,
                                         const std::string& source) {
  const auto before = std::exchange(previous_, Point{counter, now});
  const auto file = [&](auto outcome) -> const Reading<Ratio>& {
    last_ = {std::move(outcome), source, now};
    return last_;
  };
  if (!before) return file(pending(source + ": a share between two samples; this was the first"));
  const auto passed = now - before->time;
  const auto moved = counter - before->counter;
  if (passed.count() <= 0) {
    previous_ = before;
    return file(pending(source + ": no time has passed since the last sample"));
  }
  if (moved.count() < 0) return file(pending(source + ": the counter started anew"));
  const double share = static_cast<double>(moved.count()) / static_cast<double>(passed.count());
  if (share > kMostOvershoot) {
    return file(Absence{ReadingStatus::error,
                        source + ": moved on by " + std::to_string(moved.count()) + " ns in " +
                            std::to_string(passed.count()) + " ns",
                        ""});
  }
  return file(ratio(std::min(share, 1.0)));
}

}  // namespace accel::intel
