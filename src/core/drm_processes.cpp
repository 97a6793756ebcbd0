#include "core/drm_processes.hpp"

#include <algorithm>
#include <utility>

#include "core/process_lookup.hpp"

namespace accel {
namespace {

constexpr const char* kSource = "/proc/<pid>/fdinfo";

/// Raises a counter that fell to what it was, and gives how much it grew.
std::optional<std::uint64_t> grown(std::optional<std::uint64_t> before,
                                   std::optional<std::uint64_t>& now) {
  if (!now) return std::nullopt;
  now = std::max(*now, before.value_or(0));
  return *now - before.value_or(0);
}

Absence pending() {
  return {ReadingStatus::pending, std::string(kSource) + ": a share needs a second look",
          "sample again"};
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

ProcessType type_of(const DrmUser& user, std::span<const DrmVocabulary::Engine> engines) {
  bool computes = false;
  bool draws = false;
  for (const base::DrmClient& client : user.clients) {
    for (const auto& row : engines) {
      const base::DrmEngine* engine = client.engine(row.name);
      if (engine == nullptr || !has_worked(*engine)) continue;
      (row.use == EngineUse::compute ? computes : draws) = true;
    }
  }
  if (computes && draws) return ProcessType::compute_and_graphics;
  return computes ? ProcessType::compute : ProcessType::graphics;
}

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

Reading<Bytes> DrmProcesses::memory(const DrmUser& user) const {
  std::optional<std::uint64_t> sum;
  for (const base::DrmClient& client : user.clients) {
    for (const std::string_view name : vocabulary_.memory) {
      const base::DrmRegion* region = client.region(name);
      if (region != nullptr && region->resident) sum = sum.value_or(0) + *region->resident;
    }
  }
  if (!sum) {
    return {Absence{ReadingStatus::unsupported,
                    std::string(kSource) + ": no line drm-resident-<region> of device memory", ""},
            kSource};
  }
  return {bytes(static_cast<std::int64_t>(*sum)), kSource};
}

DrmProcesses::Shares DrmProcesses::shares(const DrmUser& user,
                                          std::optional<std::chrono::nanoseconds> passed) {
  // By engine class, over all clients of the program; nothing where one of them cannot tell yet.
  std::map<std::string_view, std::optional<double>> busy;
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
      const auto share = advance(before, now, passed.value_or(std::chrono::nanoseconds{0}));
      auto& sum = busy.try_emplace(engine.name, 0.0).first->second;
      sum = sum && share ? std::optional(std::min(*sum + *share, 1.0)) : std::nullopt;
    }
  }
  Shares shares;
  for (const auto& row : vocabulary_.engines) {
    Reading<Ratio>& reading = shares.at(static_cast<std::size_t>(row.use));
    const auto found = busy.find(row.name);
    // A driver that counts prints no line for an engine that the client has never used.
    const std::optional<double> share = found == busy.end() ? 0.0 : found->second;
    reading = busier(std::move(reading), passed && share ? Reading<Ratio>{ratio(*share), kSource}
                                                         : Reading<Ratio>{pending(), kSource});
  }
  return shares;
}

AcceleratorProcess DrmProcesses::row(const DrmUser& user, Shares shares) const {
  AcceleratorProcess process;
  process.pid = user.pid;
  process.type = type_of(user, vocabulary_.engines);
  process.memory = memory(user);
  Reading<Ratio>& compute = shares[static_cast<std::size_t>(EngineUse::compute)];
  Reading<Ratio>& graphics = shares[static_cast<std::size_t>(EngineUse::graphics)];
  process.utilization = busier(std::move(compute), std::move(graphics));
  process.utilization_encoder = std::move(shares[static_cast<std::size_t>(EngineUse::encoding)]);
  process.utilization_decoder = std::move(shares[static_cast<std::size_t>(EngineUse::decoding)]);
  return process;
}

ProcessList DrmProcesses::processes(const Machine& machine) {
  const auto now = machine.clock->steady();
  std::optional<std::chrono::nanoseconds> passed;
  if (asked_ && now > *asked_) passed = now - *asked_;
  asked_ = now;
  const DrmUsers found = drm_users(machine, place_, vocabulary_.drivers);
  now_.clear();
  ProcessLookup lookup(machine);
  ProcessList list;
  list.hidden = found.hidden;
  for (const DrmUser& user : found.users) {
    AcceleratorProcess process = row(user, shares(user, passed));
    Program program = lookup.program(user.pid);
    process.name = std::move(program.name);
    process.user = std::move(program.user);
    process.container = std::move(program.container);
    process.container_pid = std::move(program.container_pid);
    list.processes.push_back(std::move(process));
  }
  before_ = std::exchange(now_, {});
  return list;
}

}  // namespace accel
