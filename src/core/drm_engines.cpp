#include "core/drm_engines.hpp"

#include <algorithm>
#include <utility>

namespace accel {
namespace {

/// Raises a counter that fell to what it was, and gives how much it grew.
std::optional<std::uint64_t> grown(std::optional<std::uint64_t> before,
                                   std::optional<std::uint64_t>& now) {
  if (!now) return std::nullopt;
  now = std::max(*now, before.value_or(0));
  return *now - before.value_or(0);
}

/// A reason that goes away by itself.
Absence pending(std::string why) {
  return {ReadingStatus::pending, std::move(why), "sample again"};
}

template <class Engines>
bool has_any_worked(const Engines& engines) {
  return std::ranges::any_of(engines, [](const auto& entry) { return has_worked(entry.second); });
}

}  // namespace

bool has_worked(const base::DrmEngine& engine) {
  return engine.busy.value_or(0) > 0 || engine.cycles.value_or(0) > 0;
}

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

void DrmUse::add(const DrmUse& more) {
  std::uint64_t both = 0;
  const bool fits = busy && more.busy && !__builtin_add_overflow(*busy, *more.busy, &both);
  busy = fits ? std::optional(both) : std::nullopt;
  share = share && more.share ? std::optional(std::min(*share + *more.share, 1.0)) : std::nullopt;
}

DrmUse DrmEngines::use(std::uint64_t client, base::DrmEngine& now,
                       std::chrono::nanoseconds passed) const {
  base::DrmEngine before;
  // A client that is new has used nothing before. How many cycles have passed, the others know.
  const auto ran = totals_.find(now.name);
  if (ran != totals_.end()) before.total_cycles = ran->second;
  const auto old = before_.find(client);
  if (old != before_.end()) {
    const auto counted = old->second.find(now.name);
    if (counted != old->second.end()) before = counted->second;
  }
  const auto share = advance(before, now, passed);
  return {now.busy, share};
}

std::optional<Absence> DrmEngines::incompleteness(
    const DrmUsers& found, const std::map<std::uint64_t, Counters>& counters) const {
  const auto hidden = found.hidden.count();
  if (!hidden || *hidden > 0) {
    return Absence{
        hidden ? ReadingStatus::no_permission : hidden.status(),
        "the driver tells engine time per program; programs that may not be looked at: " +
            (hidden ? std::to_string(*hidden) : hidden.reason()),
        hidden ? "run as root, or with CAP_SYS_PTRACE" : hidden.remedy()};
  }
  for (const DrmUser& user : found.users) {
    if (!user.clients.empty()) continue;
    return Absence{ReadingStatus::unsupported,
                   "the driver tells nothing of what program " + std::to_string(user.pid) +
                       " does with the device",
                   ""};
  }
  if (!asked_) return pending("a share needs a second look");
  if (!was_complete_) return pending("not all programs could be looked at the time before");
  for (const auto& [client, engines] : before_) {
    if (counters.contains(client) || !has_any_worked(engines)) continue;
    return pending(
        "a program that used it has ended since the look before, and how much it did "
        "until then is not known");
  }
  return std::nullopt;
}

DrmEngines::Look DrmEngines::look(const DrmUsers& found, SteadyTime now) {
  const auto passed = asked_ && now > *asked_ ? now - *asked_ : std::chrono::nanoseconds{0};
  Look look;
  look.has_shares = passed.count() > 0;
  std::map<std::uint64_t, Counters> counters;
  std::map<std::string, std::uint64_t> totals;
  for (const DrmUser& user : found.users) {
    DrmUses& uses = look.users.emplace_back();
    for (const base::DrmClient& client : user.clients) {
      for (const base::DrmEngine& engine : client.engines) {
        base::DrmEngine& kept =
            counters[*client.id].insert_or_assign(engine.name, engine).first->second;
        uses[engine.name].add(use(*client.id, kept, passed));
        if (kept.total_cycles) totals[engine.name] = *kept.total_cycles;
      }
      counters.try_emplace(*client.id);
    }
    for (const auto& [engine, use] : uses) look.all[engine].add(use);
  }
  look.incomplete = incompleteness(found, counters);
  if (!look.incomplete && !look.has_shares) look.incomplete = pending("no time has passed");
  before_ = std::move(counters);
  totals_ = std::move(totals);
  asked_ = now;
  const auto hidden = found.hidden.count();
  was_complete_ = hidden && *hidden == 0;
  return look;
}

}  // namespace accel
