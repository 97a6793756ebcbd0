// power_profile of xe: "[base]    power_saving", the one in brackets is set (xe_gt_freq.c).
#include <algorithm>

#include "backends/intel/control/rows.hpp"

namespace accel::intel {
namespace {

constexpr std::string_view kFile = "power_profile";
/// What the driver starts with (xe_guc_pc.c, xe_guc_pc_init).
constexpr std::string_view kBase = "base";

struct Profiles {
  std::vector<std::string> words;
  std::string present;
};

/// Clocks whose driver has profiles.
std::vector<RangeFiles> places(const Site& site) {
  auto ranges = site.ranges();
  std::erase_if(ranges, [](const RangeFiles& files) { return !files.dir.has(kFile); });
  return ranges;
}

Result<Profiles> profiles_in(const base::Dir& dir) {
  const auto text = dir.text(kFile);
  if (!text) return text.error();
  Profiles profiles;
  std::string_view rest = *text;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
    if (rest.empty()) break;
    auto word = rest.substr(0, rest.find_first_of(" \t\n"));
    rest.remove_prefix(word.size());
    const bool is_present = word.size() > 2 && word.front() == '[' && word.back() == ']';
    if (is_present) word = word.substr(1, word.size() - 2);
    profiles.words.emplace_back(word);
    if (is_present) profiles.present = word;
  }
  if (!profiles.present.empty()) return profiles;
  return Error{
      Errc::malformed, dir.source(kFile) + ": none is in brackets: '" + *text + "'", "", {}};
}

Result<SetpointState> state(const Site& site, const SetpointRow& row) {
  const auto all = places(site);
  if (all.empty()) return site.lacks(row);
  for (const RangeFiles& files : all) {
    if (const auto refusal = site.write_refusal({files.dir.source(kFile)})) return *refusal;
  }
  const auto profiles = profiles_in(all.front().dir);
  if (!profiles) return profiles.error();
  SetpointState state;
  state.present = {SetpointValue(profiles->present), all.front().dir.source(kFile)};
  state.usual = {SetpointValue(std::string(kBase)), site.place().driver()};
  state.range.words = profiles->words;
  return state;
}

Result<Writes> writes(const Site& site, const SetpointRow& row, const SetpointValue& value) {
  const auto all = places(site);
  if (all.empty()) return site.lacks(row);
  Writes writes;
  for (const RangeFiles& files : all) {
    writes.push_back({.knob = std::string(kFile) + " " + files.name,
                      .value = std::get<std::string>(value),
                      .rank = kProfileFirst});
  }
  return writes;
}

Result<Writes> usual(const Site& site, const SetpointRow& row) {
  return writes(site, row, SetpointValue(std::string(kBase)));
}

Result<base::Dir> folder(const Site& site, std::string_view detail) {
  for (const RangeFiles& files : places(site)) {
    if (detail == files.name) return files.dir;
  }
  return Error{Errc::not_found, "no profile of this device: '" + std::string(detail) + "'", "", {}};
}

Result<std::string> value(const Site& site, std::string_view detail) {
  const auto dir = folder(site, detail);
  if (!dir) return dir.error();
  const auto profiles = profiles_in(*dir);
  if (!profiles) return profiles.error();
  return profiles->present;
}

Result<Calls> calls(const Site& site, std::string_view detail, std::string_view value) {
  const auto dir = folder(site, detail);
  if (!dir) return dir.error();
  return Calls{{dir->source(kFile), std::string(value)}};
}

}  // namespace

const Setting kPowerProfile{&setpoint::power_profile, state, writes, usual};
const Knob kProfileOf{kFile, value, calls};

}  // namespace accel::intel
