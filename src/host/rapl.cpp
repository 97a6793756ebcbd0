#include "accel/rapl.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cmath>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

// Documentation/power/powercap/powercap.rst: microjoules.
constexpr base::Attribute<Energy> kEnergy{"energy_uj", 1};
constexpr base::Attribute<Energy> kRange{"max_energy_range_uj", 1};
constexpr std::string_view kZones = "/sys/class/powercap";
constexpr std::string_view kRegisters = "intel-rapl:";  // AMD's as well
constexpr std::string_view kMemoryMapped = "intel-rapl-mmio:";

struct Zone {
  RaplDomain domain;
  base::Dir dir;
  bool memory_mapped = false;
};

/// The number behind `prefix`, up to the end or a dash; -1 where there is none.
int number_behind(std::string_view name, std::string_view prefix) {
  const auto at = name.find(prefix);
  if (at == std::string_view::npos) return -1;
  const auto rest = name.substr(at + prefix.size());
  const auto number = base::parse_integer(rest.substr(0, rest.find('-')));
  return number && *number >= 0 && *number < 65536 ? static_cast<int>(*number) : -1;
}

RaplKind kind_of(std::string_view name) {
  if (name.starts_with("package-")) return RaplKind::package;
  if (name == "core") return RaplKind::core;
  if (name == "uncore") return RaplKind::uncore;
  if (name == "dram") return RaplKind::dram;
  if (name == "psys" || name.starts_with("psys-")) return RaplKind::psys;
  return RaplKind::other;
}

/// Zones are named by the kernel "intel-rapl:0" and, inside of it, "intel-rapl:0:1".
bool is_inner(std::string_view zone) { return std::ranges::count(zone, ':') > 1; }

Zone describe(const Machine& machine, const base::Dir& dir) {
  Zone zone{{}, dir, dir.name().starts_with(kMemoryMapped)};
  auto& domain = zone.domain;
  domain.path = dir.path().string();
  domain.name = printable(dir.text("name").value_or(""));
  domain.kind = kind_of(domain.name);
  std::string owner = domain.name;
  if (is_inner(dir.name())) {
    const auto outer = dir.name().substr(0, dir.name().rfind(':'));
    owner = directory(machine, kZones).child(outer).text("name").value_or("");
  }
  domain.package = number_behind(owner, "package-");
  domain.die = number_behind(owner, "-die-");
  return zone;
}

std::vector<Zone> zones(const Machine& machine) {
  std::vector<base::Dir> dirs;
  for (const auto& entry : directory(machine, kZones).children("intel-rapl")) {
    const auto name = entry.name();
    if (!name.starts_with(kRegisters) && !name.starts_with(kMemoryMapped)) continue;
    dirs.push_back(entry);
    if (is_inner(name)) continue;
    // The class lists inner zones beside the outer ones; a copy of a tree may only nest them.
    for (const auto& inner : entry.children(name + ":")) {
      if (!directory(machine, kZones).has(inner.name())) dirs.push_back(inner);
    }
  }
  std::vector<Zone> found;
  found.reserve(dirs.size());
  for (const auto& dir : dirs) found.push_back(describe(machine, dir));
  return found;
}

/// The memory-mapped view shows what the registers' view shows, and is dropped beside it, unless
/// it alone can be read.
void drop_second_views(std::vector<Zone>& zones) {
  const auto is_same = [](const Zone& a, const Zone& b) {
    return a.domain.kind == b.domain.kind && a.domain.name == b.domain.name &&
           a.domain.package == b.domain.package && a.domain.die == b.domain.die;
  };
  const std::vector<Zone> all = zones;
  std::erase_if(zones, [&](const Zone& zone) {
    return std::ranges::any_of(all, [&](const Zone& other) {
      if (zone.memory_mapped == other.memory_mapped || !is_same(zone, other)) return false;
      const bool other_reads = other.domain.energy.has_value();
      const bool reads = zone.domain.energy.has_value();
      return zone.memory_mapped ? other_reads || !reads : other_reads && !reads;
    });
  });
}

Reading<Energy> energy_of(const Machine& machine, const base::Dir& dir) {
  // Root only since 5.10, because the counter tells what other programs compute (CVE-2020-8694).
  return with_remedy(quantity_field(machine, dir, kEnergy),
                     "run as root or with CAP_DAC_READ_SEARCH");
}

}  // namespace

std::string_view to_string(RaplKind kind) {
  constexpr std::array<std::string_view, 6> kNames{"package", "core", "uncore",
                                                   "dram",    "psys", "other"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::optional<Energy> energy_between(Energy before, Energy now, std::optional<Energy> range) {
  if (range && (before > *range || now > *range)) return std::nullopt;
  if (now >= before) return now - before;
  if (!range) return std::nullopt;
  return *range - before + now;
}

std::vector<RaplDomain> RaplReader::sample() {
  auto found = zones(machine_);
  for (auto& zone : found) zone.domain.energy = energy_of(machine_, zone.dir);
  drop_second_views(found);

  std::vector<RaplDomain> domains;
  for (auto& zone : found) {
    zone.domain.power = power_since_before(zone.domain);
    domains.push_back(std::move(zone.domain));
  }
  return domains;
}

Reading<Power> RaplReader::power_since_before(const RaplDomain& domain) {
  const auto& energy = domain.energy;
  if (!energy) return {energy.absence(), energy.source(), energy.time()};
  const auto before = before_.find(domain.path);
  const auto known = before == before_.end() ? std::optional<Before>{} : before->second;
  before_[domain.path] = {*energy, energy.time()};
  if (!known || energy.time() <= known->time) {
    return {Absence{ReadingStatus::pending, energy.source() + ": needs a second sample", {}},
            energy.source(), energy.time()};
  }
  const auto range = quantity_field(machine_, base::Dir(domain.path), kRange);
  const auto spent = energy_between(known->energy, *energy, range.optional());
  if (!spent) {
    return {nonsense(energy.source() + ": went from " + std::to_string(known->energy.value) +
                     " to " + std::to_string(energy->value) +
                     (range ? " with a range of " + std::to_string(range->value)
                            : " and the range is unknown: " + range.reason())),
            energy.source(), energy.time()};
  }
  const std::chrono::duration<double> elapsed = energy.time() - known->time;
  const double watts = static_cast<double>(spent->value) / elapsed.count();  // in millionths
  return {microwatts(std::llround(watts)), energy.source(), energy.time()};
}

Reading<Power> host_power(const std::vector<RaplDomain>& domains) {
  const bool has_package = std::ranges::any_of(
      domains, [](const RaplDomain& domain) { return domain.kind == RaplKind::package; });
  const auto processors = has_package ? RaplKind::package : RaplKind::core;
  Power sum;
  std::string sources;
  std::string missing;
  const Reading<Power>* first_missing = nullptr;
  SteadyTime time{};
  for (const auto& domain : domains) {
    if (domain.kind != processors && domain.kind != RaplKind::dram) continue;
    if (!domain.power) {
      if (first_missing == nullptr) first_missing = &domain.power;
      missing += (missing.empty() ? "" : ", ") + domain.path + " (" + domain.name + ")";
      continue;
    }
    sum = sum + *domain.power;
    sources += (sources.empty() ? "" : " + ") + domain.power.source();
    time = std::max(time, domain.power.time());
  }
  if (first_missing != nullptr) {
    const auto& why = first_missing->absence();
    return {Absence{why.status, "without " + missing + ": " + why.reason, why.remedy},
            first_missing->source(), first_missing->time()};
  }
  if (sources.empty()) {
    return unsupported("no power capping zone of a package, of cores or of memory");
  }
  return {sum, std::move(sources), time};
}

}  // namespace accel::host
