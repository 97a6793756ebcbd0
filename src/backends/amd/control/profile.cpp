// power_profile: the kind of work that the driver tunes the GPU for.
#include <algorithm>

#include "backends/amd/control/level.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/rows.hpp"
#include "backends/amd/profile_table.hpp"

namespace accel::amd {
namespace {

/// The profile that is made of parameters, which its index alone does not set.
constexpr std::string_view kCustom = "CUSTOM";

Result<std::vector<PowerProfile>> profiles(const Site& site) {
  const auto text = site.text(kProfileFile);
  if (!text) return text.error();
  auto parsed = parse_power_profiles(*text);
  if (!parsed) return annotate(site.device().source(kProfileFile), parsed.error());
  return parsed;
}

Error no_way_back(const Site& site, const std::string& why) {
  return {Errc::operation_not_supported,
          site.device().source(kProfileFile) + ": " + why + ", to which there would be no way back",
          "",
          {}};
}

/// The one that is marked, where it could be set again.
Result<PowerProfile> present_profile(const Site& site) {
  const auto all = profiles(site);
  if (!all) return all.error();
  const auto active = std::ranges::find_if(*all, &PowerProfile::is_active);
  // Van Gogh starts in a profile that it does not list.
  if (active == all->end()) return no_way_back(site, "none is marked: it is in one without a name");
  if (active->name == kCustom) return no_way_back(site, "one with parameters of its own is set");
  return *active;
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto all = profiles(site);
  if (!all) return all.error();
  const auto active = present_profile(site);
  if (!active) return active.error();
  if (const auto refusal = site.write_refusal({kProfileFile, kLevelFile})) return *refusal;
  const std::string source = site.device().source(kProfileFile);
  SetpointState state;
  state.present = {SetpointValue(active->name), source};
  state.usual = untold("the driver does not tell with which profile it started", source);
  for (const PowerProfile& profile : *all) {
    if (profile.name != kCustom) state.range.words.push_back(profile.name);
  }
  return state;
}

Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  const auto all = profiles(site);
  if (!all) return all.error();
  const auto& name = std::get<std::string>(value);
  const auto wanted = std::ranges::find(*all, name, &PowerProfile::name);
  if (wanted == all->end()) {
    return Error{Errc::invalid_argument,
                 site.device().source(kProfileFile) + " has no profile " + name,
                 "",
                 {}};
  }
  Writes writes;
  need_manual(site, kLevelForProfile, writes);
  writes.push_back({.knob = std::string(kProfileFile),
                    .value = std::to_string(wanted->index),
                    .rank = kProfile});
  return writes;
}

Result<Writes> usual(const Site& /*site*/, const SetpointRow& /*row*/) {
  return Writes{{.knob = std::string(kProfileFile), .rank = kProfile, .to_original = true}};
}

Result<std::string> value(const Site& site, std::string_view /*detail*/) {
  const auto active = present_profile(site);
  if (!active) return active.error();
  return std::to_string(active->index);
}

Result<Calls> calls(const Site& site, std::string_view /*detail*/, std::string_view value) {
  return Calls{{site.device().source(kProfileFile), std::string(value)}};
}

/// The driver takes a profile in level manual alone; it need not be told the one that it is in.
bool is_moot(const Site& site, std::string_view detail, std::string_view text) {
  if (is_manual(present_level(site))) return false;
  const auto now = value(site, detail);
  return now && *now == text;
}

}  // namespace

const Setting kPowerProfile{&setpoint::power_profile, state, writes, usual};
const Knob kProfileOf{kProfileFile, value, calls, nullptr, is_moot};

}  // namespace accel::amd
