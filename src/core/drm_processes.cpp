#include "core/drm_processes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "accel/metric.hpp"
#include "core/process_lookup.hpp"

namespace accel {
namespace {

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

ProcessType type_of(const DrmUser& user, const DrmVocabulary& vocabulary) {
  bool computes = false;
  bool draws = false;
  for (const base::DrmClient& client : user.clients) {
    for (const auto& row : vocabulary.engines) {
      const base::DrmEngine* engine = client.engine(row.name);
      if (engine == nullptr || !has_worked(*engine)) continue;
      if (row.use == EngineUse::either || row.use == EngineUse::copying) continue;
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
constexpr std::array kCopying{EngineUse::copying};
constexpr std::array kMedia{EngineUse::media, EngineUse::encoding, EngineUse::decoding};
constexpr std::array kEncoding{EngineUse::encoding};
constexpr std::array kDecoding{EngineUse::decoding};
constexpr std::array kAny{EngineUse::compute, EngineUse::graphics, EngineUse::either,
                          EngineUse::copying, EngineUse::media,    EngineUse::encoding,
                          EngineUse::decoding};

/// What is known of a device as a whole from its busiest engine of these kinds.
struct SumRow {
  const Metric<Ratio>* metric;
  std::span<const EngineUse> kinds;
};
constexpr std::array kSums{
    SumRow{&metric::utilization, kAny}, SumRow{&metric::utilization_compute, kComputing},
    SumRow{&metric::utilization_graphics, kDrawing}, SumRow{&metric::utilization_copy, kCopying},
    SumRow{&metric::utilization_media, kMedia}};

}  // namespace

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

Reading<Ratio> DrmProcesses::share(const DrmUses& uses, std::span<const EngineUse> kinds,
                                   const std::string& source) const {
  Reading<Ratio> busiest;
  std::string lines;
  for (const auto& row : vocabulary_.engines) {
    if (std::ranges::find(kinds, row.use) == kinds.end()) continue;
    lines.append(lines.empty() ? "" : ", ").append("drm-engine-").append(row.name);
    const auto found = uses.find(row.name);
    if (found == uses.end() && !vocabulary_.omits_unused) continue;
    const std::optional<double> share = found == uses.end() ? 0.0 : found->second.share;
    busiest = busier(std::move(busiest), has_shares_ && share
                                             ? Reading<Ratio>{ratio(*share), source, now_}
                                             : Reading<Ratio>{pending(source), source, now_});
  }
  if (!lines.empty() && uncounted_) return {*uncounted_, source};
  if (busiest.status() != ReadingStatus::unsupported) return busiest;
  const std::string why =
      lines.empty() ? ": the driver counts no such engine" : ": no line " + lines;
  return {Absence{ReadingStatus::unsupported, source + why, ""}, source};
}

AcceleratorProcess DrmProcesses::row(const DrmUser& user, const DrmUses& uses,
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
    engine.share = has_shares_ && use.share ? Reading<Ratio>(ratio(*use.share), source)
                                            : Reading<Ratio>(pending(source), source);
    if (uncounted_) {
      engine.busy = {*uncounted_, source};
      engine.share = {*uncounted_, source};
    }
    process.engines.push_back(std::move(engine));
  }
  return process;
}

bool DrmProcesses::names(std::span<const EngineUse> kinds) const {
  return std::ranges::any_of(vocabulary_.engines, [&](const DrmVocabulary::Engine& row) {
    return std::ranges::find(kinds, row.use) != kinds.end();
  });
}

void DrmProcesses::add_sums(ProcessList& list, const DrmEngines::Look& look,
                            const std::string& source) const {
  const auto of = [&](std::span<const EngineUse> kinds) -> Reading<Ratio> {
    if (uncounted_) return {*uncounted_, source, now_};
    if (look.incomplete) return {*look.incomplete, source, now_};
    if (!look.users.empty()) return share(look.all, kinds, source);
    // Nobody has the device open: it does nothing, whatever the driver counts.
    return {ratio(0), source, now_};
  };
  for (const SumRow& row : kSums) {
    const bool is_whole = row.metric == &metric::utilization;
    if (is_whole || names(row.kinds)) list.sums.set(*row.metric, of(row.kinds));
  }
}

ProcessList DrmProcesses::processes(const Machine& machine,
                                    const std::optional<Absence>& uncounted) {
  now_ = machine.clock->steady();
  uncounted_ = uncounted;
  DrmUsers found = drm_users(machine, place_, vocabulary_.drivers);
  const auto look = engines_.look(found, now_);
  has_shares_ = look.has_shares;
  ProcessLookup lookup(machine);
  ProcessList list;
  list.hidden = std::move(found.hidden);
  list.processes.reserve(found.users.size());
  for (std::size_t i = 0; i < found.users.size(); ++i) {
    const DrmUser& user = found.users[i];
    const std::string source =
        machine.path("/proc/" + std::to_string(user.pid) + "/fdinfo").string();
    AcceleratorProcess process = row(user, look.users[i], source);
    lookup.describe(process);
    list.processes.push_back(std::move(process));
  }
  if (vocabulary_.counts_all_work) {
    add_sums(list, look, "sum of " + machine.path("/proc/<pid>/fdinfo").string());
  }
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
