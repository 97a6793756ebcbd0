#include "backends/intel/engine_use.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/drm_processes.hpp"

namespace accel::intel {
namespace {

constexpr const char* kSource = "/proc/<pid>/fdinfo";

/// What the drivers call their engines: i915 by words, xe by the hardware's names.
struct EngineRow {
  std::string_view name;
  const Metric<Ratio>* metric;
};
constexpr std::array kEngines{
    EngineRow{"ccs", &metric::utilization_compute},
    EngineRow{"compute", &metric::utilization_compute},
    EngineRow{"rcs", &metric::utilization_graphics},
    EngineRow{"render", &metric::utilization_graphics},
    EngineRow{"bcs", &metric::utilization_copy},
    EngineRow{"copy", &metric::utilization_copy},
    EngineRow{"vcs", &metric::utilization_media},
    EngineRow{"vecs", &metric::utilization_media},
    EngineRow{"video", &metric::utilization_media},
    EngineRow{"video-enhance", &metric::utilization_media},
};
constexpr std::array kMetrics{&metric::utilization_compute, &metric::utilization_graphics,
                              &metric::utilization_copy, &metric::utilization_media};

void file_all(Sampling& sampling, const Absence& why) {
  sampling.set(metric::utilization, sampling.absent<Ratio>(why, kSource));
  for (const auto* metric : kMetrics) sampling.set(*metric, sampling.absent<Ratio>(why, kSource));
}

/// The busiest of the engines that count for a metric. No program uses an engine without a share.
double busiest(const std::map<std::string, double, std::less<>>& shares,
               const Metric<Ratio>& metric) {
  double most = 0;
  for (const EngineRow& row : kEngines) {
    const auto found = shares.find(row.name);
    if (row.metric == &metric && found != shares.end()) most = std::max(most, found->second);
  }
  return most;
}

}  // namespace

EngineUse::Shares EngineUse::shares(const DrmUsers& found, std::chrono::nanoseconds passed) {
  Shares sums;
  std::map<std::uint64_t, Engines> kept;
  auto passed_by = passed_by_;
  for (const DrmUser& user : found.users) {
    for (const base::DrmClient& client : user.clients) {
      const auto old = before_.find(*client.id);
      for (const base::DrmEngine& engine : client.engines) {
        base::DrmEngine& now = kept[*client.id].insert_or_assign(engine.name, engine).first->second;
        base::DrmEngine before;
        // A client that is new has used nothing before; how many cycles passed, others know.
        const auto ran = passed_by_.find(engine.name);
        if (ran != passed_by_.end()) before.total_cycles = ran->second;
        if (old != before_.end() && old->second.contains(engine.name)) {
          before = old->second.find(engine.name)->second;
        }
        const auto share = advance(before, now, passed);
        if (share) sums[engine.name] = std::min(sums[engine.name] + *share, 1.0);
        if (now.total_cycles) passed_by[engine.name] = *now.total_cycles;
      }
    }
  }
  before_ = std::move(kept);
  passed_by_ = std::move(passed_by);
  return sums;
}

void EngineUse::read(Sampling& sampling, const Machine& machine) {
  const std::array<std::string_view, 1> drivers{driver_};
  const auto now = sampling.now();
  const auto before = std::exchange(asked_, now);
  const DrmUsers found = drm_users(machine, place_, drivers);
  const Shares sums = shares(found, before ? now - *before : std::chrono::nanoseconds{0});
  const auto hidden = found.hidden.count();
  if (!hidden || *hidden > 0) {
    return file_all(sampling,
                    {hidden ? ReadingStatus::no_permission : hidden.status(),
                     "the driver tells engine time per program; programs that may not be looked "
                     "at: " +
                         (hidden ? std::to_string(*hidden) : hidden.reason()),
                     hidden ? "run as root, or with CAP_SYS_PTRACE" : hidden.remedy()});
  }
  if (!before || now <= *before) {
    return file_all(sampling,
                    {ReadingStatus::pending, std::string(kSource) + ": a share needs a second look",
                     "sample again"});
  }
  double most = 0;
  for (const auto* metric : kMetrics) {
    const double share = busiest(sums, *metric);
    most = std::max(most, share);
    sampling.set(*metric, sampling.reading<Ratio>(ratio(share), kSource));
  }
  sampling.set(metric::utilization, sampling.reading<Ratio>(ratio(most), kSource));
}

}  // namespace accel::intel
