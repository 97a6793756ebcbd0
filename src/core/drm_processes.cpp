#include "core/drm_processes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "accel/metric.hpp"
#include "core/process_lookup.hpp"

namespace accel {
namespace {

/// Raises a counter that fell to what it was, and gives how much it grew.
std::optional<std::uint64_t> grown(std::optional<std::uint64_t> before,
                                   std::optional<std::uint64_t>& now) {
  if (!now) return std::nullopt;
  now = std::max(*now, before.value_or(0));
  return *now - before.value_or(0);
}

/// Nothing where one of the two is not known, or there is no such number.
std::optional<std::uint64_t> sum(std::optional<std::uint64_t> a, std::optional<std::uint64_t> b) {
  std::uint64_t both = 0;
  if (!a || !b || __builtin_add_overflow(*a, *b, &both)) return std::nullopt;
  return both;
}

Absence pending(const std::string& source) {
  return {ReadingStatus::pending, source + ": a share needs a second look", "sample again"};
}

/// The larger share. Unknown where one of them is; an engine that there is not does not matter.
Reading<Ratio> busier(Reading<Ratio> one, Reading<Ratio> other) {
  if (one.status() == ReadingStatus::unsupported) return other;
  if (other.status() == ReadingStatus::unsupported) return one;
  if (!one || !other) return one ? std::move(other) : std::move(one);
  return *one < *other ? std::move(other) : std::move(one);
}

bool has_worked(const base::DrmEngine& engine) {
  return engine.busy.value_or(0) > 0 || engine.cycles.value_or(0) > 0;
}

ProcessType type_of(const DrmUser& user, const DrmVocabulary& vocabulary) {
  bool computes = false;
  bool draws = false;
  for (const base::DrmClient& client : user.clients) {
    for (const auto& row : vocabulary.engines) {
      const base::DrmEngine* engine = client.engine(row.name);
      if (engine == nullptr || !has_worked(*engine) || row.use == EngineUse::either) continue;
      (row.use == EngineUse::compute ? computes : draws) = true;
    }
  }
  if (computes && draws) return ProcessType::compute_and_graphics;
  if (computes || draws) return computes ? ProcessType::compute : ProcessType::graphics;
  return vocabulary.otherwise;
}

constexpr std::array kWorking{EngineUse::compute, EngineUse::graphics, EngineUse::either};
constexpr std::array kComputing{EngineUse::compute};
constexpr std::array kDrawing{EngineUse::graphics};
constexpr std::array kEncoding{EngineUse::encoding};
constexpr std::array kDecoding{EngineUse::decoding};

}  // namespace

std::optional<double> advance(const base::DrmEngine& before, base::DrmEngine& now,
                              std::chrono::nanoseconds passed) {
  const auto busy = grown(before.busy, now.busy);
  const auto cycles = grown(before.cycles, now.cycles);
  const auto total = grown(before.total_cycles, now.total_cycles);
  const auto share_of = [&](std::uint64_t part, double whole) {
    return std::clamp(static_cast<double>(part) / whole / static_cast<double>(now.capacity), 0.0,
                      1.0);
  };
  // The total runs whether or not the client exists: what it was before must be known.
  if (cycles && total) {
    if (!before.total_cycles || *total == 0) return std::nullopt;
    return share_of(*cycles, static_cast<double>(*total));
  }
  if (busy && passed.count() > 0) return share_of(*busy, static_cast<double>(passed.count()));
  return std::nullopt;
}

Reading<Bytes> DrmProcesses::memory(const DrmUser& user, const std::string& source) const {
  std::optional<std::uint64_t> used;
  for (const base::DrmClient& client : user.clients) {
    for (const std::string_view name : vocabulary_.memory) {
      const base::DrmRegion* region = client.region(name);
      if (region == nullptr || !region->resident) continue;
      used = sum(used.value_or(0), region->resident);
      if (used && std::in_range<std::int64_t>(*used)) continue;
      return {Absence{ReadingStatus::error, source + ": memory cannot be that large", ""}, source};
    }
  }
  if (!used) {
    return {Absence{ReadingStatus::unsupported,
                    source + ": no line drm-resident-<region> of device memory", ""},
            source};
  }
  return {bytes(static_cast<std::int64_t>(*used)), source};
}

DrmProcesses::Uses DrmProcesses::uses(const DrmUser& user) {
  Uses uses;
  for (const base::DrmClient& client : user.clients) {
    Engines& kept = now_[*client.id];
    const auto old = before_.find(*client.id);
    for (const base::DrmEngine& engine : client.engines) {
      base::DrmEngine& now = kept.insert_or_assign(engine.name, engine).first->second;
      base::DrmEngine before;
      if (old != before_.end()) {
        const auto counted = old->second.find(engine.name);
        if (counted != old->second.end()) before = counted->second;
      }
      const auto share = advance(before, now, passed_.value_or(std::chrono::nanoseconds{0}));
      Use& use = uses[engine.name];
      use.share =
          use.share && share ? std::optional(std::min(*use.share + *share, 1.0)) : std::nullopt;
      use.busy = sum(use.busy, now.busy);
    }
  }
  return uses;
}

Reading<Ratio> DrmProcesses::share(const Uses& uses, std::span<const EngineUse> kinds,
                                   const std::string& source) const {
  Reading<Ratio> busiest;
  std::string lines;
  for (const auto& row : vocabulary_.engines) {
    if (std::ranges::find(kinds, row.use) == kinds.end()) continue;
    lines.append(lines.empty() ? "" : ", ").append("drm-engine-").append(row.name);
    const auto found = uses.find(row.name);
    if (found == uses.end() && !vocabulary_.omits_unused) continue;
    const std::optional<double> share = found == uses.end() ? 0.0 : found->second.share;
    busiest =
        busier(std::move(busiest), passed_ && share ? Reading<Ratio>{ratio(*share), source}
                                                    : Reading<Ratio>{pending(source), source});
  }
  if (!lines.empty() && uncounted_) return {*uncounted_, source};
  if (busiest.status() != ReadingStatus::unsupported) return busiest;
  const std::string why =
      lines.empty() ? ": the driver counts no such engine" : ": no line " + lines;
  return {Absence{ReadingStatus::unsupported, source + why, ""}, source};
}

AcceleratorProcess DrmProcesses::row(const DrmUser& user, const Uses& uses,
                                     const std::string& source) const {
  AcceleratorProcess process;
  process.pid = user.pid;
  process.type = type_of(user, vocabulary_);
  process.memory = memory(user, source);
  process.utilization = share(uses, kWorking, source);
  process.utilization_encoder = share(uses, kEncoding, source);
  process.utilization_decoder = share(uses, kDecoding, source);
  const Absence untold{ReadingStatus::unsupported, source + ": DRM drivers do not tell it", ""};
  process.utilization_memory_controller = {untold, source};
  process.compute_units = {untold, source};
  for (const auto& [name, use] : uses) {
    ProcessEngine engine;
    engine.name = name;
    engine.busy =
        use.busy && std::in_range<std::int64_t>(*use.busy)
            ? Reading<Duration>(nanoseconds(static_cast<std::int64_t>(*use.busy)), source)
            : Reading<Duration>(Absence{ReadingStatus::unsupported,
                                        source + ": the driver counts cycles, not time", ""},
                                source);
    engine.share = passed_ && use.share ? Reading<Ratio>(ratio(*use.share), source)
                                        : Reading<Ratio>(pending(source), source);
    if (uncounted_) {
      engine.busy = {*uncounted_, source};
      engine.share = {*uncounted_, source};
    }
    process.engines.push_back(std::move(engine));
  }
  return process;
}

void DrmProcesses::add_sums(ProcessList& list, const Uses& all, const std::string& source) const {
  const auto of = [&](std::span<const EngineUse> kinds) -> Reading<Ratio> {
    const auto hidden = list.hidden.count();
    if (!hidden || *hidden > 0) {
      return {Absence{hidden ? ReadingStatus::no_permission : hidden.status(),
                      "the driver tells engine time per program; programs that may not be looked "
                      "at: " +
                          (hidden ? std::to_string(*hidden) : hidden.reason()),
                      hidden ? "run as root, or with CAP_SYS_PTRACE" : hidden.remedy()},
              source};
    }
    // Nobody has the device open: it does nothing, whatever the driver counts.
    if (list.processes.empty() && passed_ && !uncounted_) return {ratio(0), source};
    if (list.processes.empty() && !uncounted_) return {pending(source), source};
    return share(all, kinds, source);
  };
  list.sums.set(metric::utilization, of(kWorking));
  list.sums.set(metric::utilization_compute, of(kComputing));
  list.sums.set(metric::utilization_graphics, of(kDrawing));
}

ProcessList DrmProcesses::processes(const Machine& machine,
                                    const std::optional<Absence>& uncounted) {
  const auto now = machine.clock->steady();
  passed_ = asked_ && now > *asked_ ? std::optional(now - *asked_) : std::nullopt;
  asked_ = now;
  uncounted_ = uncounted;
  DrmUsers found = drm_users(machine, place_, vocabulary_.drivers);
  now_.clear();
  ProcessLookup lookup(machine);
  ProcessList list;
  list.hidden = std::move(found.hidden);
  list.processes.reserve(found.users.size());
  Uses all;
  for (const DrmUser& user : found.users) {
    const std::string source =
        machine.path("/proc/" + std::to_string(user.pid) + "/fdinfo").string();
    const Uses own = uses(user);
    for (const auto& [name, use] : own) {
      auto& share = all[name].share;
      share = share && use.share ? std::optional(std::min(*share + *use.share, 1.0)) : std::nullopt;
    }
    AcceleratorProcess process = row(user, own, source);
    lookup.describe(process);
    list.processes.push_back(std::move(process));
  }
  if (vocabulary_.counts_all_work) {
    add_sums(list, all, machine.path("/proc/<pid>/fdinfo").string());
  }
  before_ = std::exchange(now_, {});
  return list;
}

ProcessList node_processes(const Machine& machine, std::span<const std::string> nodes,
                           ProcessType type, const Absence& why) {
  DrmUsers found = node_users(machine, nodes);
  ProcessLookup lookup(machine);
  ProcessList list;
  list.hidden = std::move(found.hidden);
  list.processes.reserve(found.users.size());
  for (const DrmUser& user : found.users) {
    AcceleratorProcess process;
    process.pid = user.pid;
    process.type = type;
    process.memory = why;
    process.compute_units = why;
    for (auto* share : {&process.utilization, &process.utilization_memory_controller,
                        &process.utilization_encoder, &process.utilization_decoder}) {
      *share = why;
    }
    lookup.describe(process);
    list.processes.push_back(std::move(process));
  }
  return list;
}

}  // namespace accel
