// How much of the time a GPU was awake. How busy its engines were, the drivers tell per program and
// in performance counters only.
#include <array>

#include "backends/intel/readings.hpp"

namespace accel::intel {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
/// Of its time; a device that works more is active.
constexpr double kActive = 0.1;
constexpr base::Attribute<Duration> idle_time(const GtFiles& files) {
  return {files.idle, kMillisecond};
}

Reading<Ratio> awake_share(Sampling& sampling, const Gt& gt, TimeShare& idle) {
  if (gt.files->idle.empty()) {
    return Absence{ReadingStatus::unsupported,
                   gt.idle.path().string() + ": no counter of idle time", ""};
  }
  const auto counter = sampling.held(gt.idle, idle_time(*gt.files));
  if (!counter) {
    idle.forget();
    return {counter.absence(), counter.source(), counter.time()};
  }
  const auto& share =
      idle.advance(std::chrono::nanoseconds(counter->value), sampling.now(), counter.source());
  if (!share) return share;
  return {ratio(1.0 - share->value), share.source(), share.time()};
}

}  // namespace

void read_idle(Sampling& sampling, const std::vector<Gt>& gts, std::vector<TimeShare>& idle) {
  idle.resize(gts.size());
  Reading<Ratio> most =
      Absence{ReadingStatus::unsupported, "the driver shows no GT, hence no idle time", ""};
  for (std::size_t i = 0; i < gts.size(); ++i) {
    auto share = awake_share(sampling, gts[i], idle[i]);
    if (i == 0 || (share && (!most || share->value > most->value))) most = std::move(share);
  }
  sampling.set(metric::awake, most);
}

Reading<Text> power_state_when(const Reading<Ratio>& busy) {
  return {Text(busy->value > kActive ? "Active" : "Idle"), busy.source(), busy.time()};
}

void read_power_state(Sampling& sampling) {
  const auto busy = sampling.out().get(metric::utilization);
  const auto awake = sampling.out().get(metric::awake);
  if (busy) return sampling.set(metric::power_state, power_state_when(busy));
  // A GPU works at most while it is awake.
  if (awake && awake->value <= kActive) {
    return sampling.set(metric::power_state, {Text("Idle"), awake.source(), awake.time()});
  }
  const bool soon = !awake && awake.status() == ReadingStatus::pending;
  const auto& unknown = soon ? awake : busy;
  sampling.set(metric::power_state, {unknown.absence(), unknown.source(), unknown.time()});
}

}  // namespace accel::intel
