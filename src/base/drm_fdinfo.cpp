#include "base/drm_fdinfo.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace accel::base {
namespace {

/// A process chooses neither keys nor their number, but a fuzzer and a broken driver do.
constexpr std::size_t kMostEntries = 64;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, number);
  if (status != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// The number in front of `unit`: "1 ns" or "1".
std::optional<std::uint64_t> number_of(std::string_view text, std::string_view unit) {
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return whole_number(text);
  if (trimmed(text.substr(blank)) != unit) return std::nullopt;
  return whole_number(text.substr(0, blank));
}

/// The entry of that name, added where there is none; null when there are too many.
template <class Entry>
Entry* entry(std::vector<Entry>& entries, std::string_view name) {
  const auto found = std::ranges::find(entries, name, &Entry::name);
  if (found != entries.end()) return &*found;
  if (name.empty() || entries.size() >= kMostEntries) return nullptr;
  Entry added;
  added.name = name;
  return &entries.emplace_back(std::move(added));
}

struct EngineKey {
  std::string_view prefix;
  std::string_view unit;
  void (*store)(DrmEngine&, std::uint64_t);
};

// The longer prefix stands before the shorter one that it starts with.
constexpr std::array kEngineKeys{
    EngineKey{"drm-engine-capacity-", "",
              [](DrmEngine& engine, std::uint64_t n) {
                if (n > 0) engine.capacity = n;
              }},
    EngineKey{"drm-engine-", "ns", [](DrmEngine& engine, std::uint64_t n) { engine.busy = n; }},
    EngineKey{"drm-cycles-", "", [](DrmEngine& engine, std::uint64_t n) { engine.cycles = n; }},
    EngineKey{"drm-total-cycles-", "",
              [](DrmEngine& engine, std::uint64_t n) { engine.total_cycles = n; }},
};

struct RegionKey {
  std::string_view prefix;
  std::optional<std::uint64_t> DrmRegion::*member;
};

constexpr std::array kRegionKeys{
    RegionKey{"drm-total-", &DrmRegion::total},
    RegionKey{"drm-shared-", &DrmRegion::shared},
    RegionKey{"drm-resident-", &DrmRegion::resident},
    RegionKey{"drm-active-", &DrmRegion::active},
    RegionKey{"drm-purgeable-", &DrmRegion::purgeable},
};

constexpr std::string_view kOldResident = "drm-memory-";

/// Whether `key` was one of an engine's.
bool read_engine(DrmClient& client, std::string_view key, std::string_view value) {
  for (const EngineKey& row : kEngineKeys) {
    if (!key.starts_with(row.prefix)) continue;
    const auto number = number_of(value, row.unit);
    DrmEngine* engine = number ? entry(client.engines, key.substr(row.prefix.size())) : nullptr;
    if (engine != nullptr) row.store(*engine, *number);
    return true;
  }
  return false;
}

bool read_region(DrmClient& client, std::string_view key, std::string_view value) {
  for (const RegionKey& row : kRegionKeys) {
    if (!key.starts_with(row.prefix)) continue;
    const auto size = parse_drm_size(value);
    DrmRegion* region = size ? entry(client.regions, key.substr(row.prefix.size())) : nullptr;
    if (region != nullptr) region->*row.member = *size;
    return true;
  }
  return false;
}

void read_line(DrmClient& client, std::string_view key, std::string_view value) {
  if (key == "drm-driver") {
    client.driver = value;
  } else if (key == "drm-pdev") {
    client.pdev = value;
  } else if (key == "drm-client-id") {
    client.id = whole_number(value);
  } else if (key == "drm-client-name") {
    client.name = value;
  } else if (!read_engine(client, key, value) && !read_region(client, key, value) &&
             !key.starts_with(kOldResident) && client.other.size() < kMostEntries) {
    if (const auto number = parse_drm_size(value)) client.other.emplace_back(key, *number);
  }
}

/// Calls `each` with key and value of every line "key: value".
template <class Each>
void for_each_line(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) continue;
    each(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }
}

}  // namespace

const DrmEngine* DrmClient::engine(std::string_view engine_name) const {
  const auto found = std::ranges::find(engines, engine_name, &DrmEngine::name);
  return found == engines.end() ? nullptr : &*found;
}

const DrmRegion* DrmClient::region(std::string_view region_name) const {
  const auto found = std::ranges::find(regions, region_name, &DrmRegion::name);
  return found == regions.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> parse_drm_size(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::uint64_t bytes;
  };
  constexpr std::array units{Unit{"KiB", 1024}, Unit{"MiB", std::uint64_t{1024} * 1024}};
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.name)) continue;
    const auto number = number_of(text, unit.name);
    std::uint64_t size = 0;
    if (!number || __builtin_mul_overflow(*number, unit.bytes, &size)) return std::nullopt;
    return size;
  }
  return whole_number(text);
}

std::optional<DrmClient> parse_drm_fdinfo(std::string_view text) {
  DrmClient client;
  for_each_line(
      text, [&](std::string_view key, std::string_view value) { read_line(client, key, value); });
  if (client.driver.empty()) return std::nullopt;
  for_each_line(text, [&](std::string_view key, std::string_view value) {
    if (!key.starts_with(kOldResident)) return;
    const auto size = parse_drm_size(value);
    DrmRegion* region = size ? entry(client.regions, key.substr(kOldResident.size())) : nullptr;
    if (region != nullptr && !region->resident) region->resident = *size;
  });
  return client;
}

}  // namespace accel::base
