// sm_clock_mhz: the lowest and the highest clock of every GT that computes, or of the NPU; of i915
// also the clock to which it rises while a program waits, which it takes no limit for.
#include <algorithm>

#include "backends/intel/control/rows.hpp"

namespace accel::intel {
namespace {

constexpr std::string_view kClockKnob = "clock";

std::string whole(double number) { return std::to_string(static_cast<std::int64_t>(number)); }

Result<NumberSpan> span_in(const base::Dir& dir, std::string_view low, std::string_view high) {
  const auto lowest = dir.integer(low);
  if (!lowest) return lowest.error();
  const auto highest = dir.integer(high);
  if (!highest) return highest.error();
  return NumberSpan{static_cast<double>(*lowest), static_cast<double>(*highest)};
}

Error no_range(const Site& site) {
  return {Errc::operation_not_supported,
          "the driver " + site.place().driver() + " has no files for a range of clocks here",
          site.place().driver() == "intel_vpu" ? "a newer kernel may offer it (7.2)" : "",
          {}};
}

std::vector<std::string> paths_of(const RangeFiles& files) {
  std::vector<std::string> paths{files.dir.source(files.set_lowest),
                                 files.dir.source(files.set_highest)};
  if (!files.set_boost.empty()) paths.push_back(files.dir.source(files.set_boost));
  return paths;
}

/// All that the driver tells of the clocks; a value goes to each of them.
Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto ranges = site.ranges();
  if (ranges.empty()) return no_range(site);
  SetpointState state;
  for (const RangeFiles& files : ranges) {
    const auto set = span_in(files.dir, files.set_lowest, files.set_highest);
    if (!set) return set.error();
    if (const auto refusal = site.write_refusal(paths_of(files))) return *refusal;
    if (const auto able = span_in(files.dir, files.lowest, files.highest)) {
      state.range.min = std::max(state.range.min.value_or(able->low), able->low);
      state.range.max = std::min(state.range.max.value_or(able->high), able->high);
    } else {
      state.range.unchecked = able.error().message;
    }
    if (&files != &ranges.front()) continue;
    state.present = {set->low == set->high ? SetpointValue(set->low) : SetpointValue(*set),
                     files.dir.path().string()};
    const base::Dir defaults = files.dir.child(".defaults");
    const auto usual = span_in(defaults, files.set_lowest, files.set_highest);
    state.usual = usual ? Reading<SetpointValue>(SetpointValue(*usual), defaults.path().string())
                        : untold("the driver does not tell with which range it started",
                                 files.dir.path().string());
  }
  return state;
}

KnobWrite write_of(const RangeFiles& files, std::string_view file, std::string value) {
  return {.knob = std::string(kClockKnob) + " " + files.name + "/" + std::string(file),
          .value = std::move(value),
          .rank = kClocks};
}

/// The lowest may never be above the highest, not even between two writes.
Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  const auto ranges = site.ranges();
  if (ranges.empty()) return no_range(site);
  const auto* both = std::get_if<NumberSpan>(&value);
  const NumberSpan wanted =
      both != nullptr ? *both : NumberSpan{std::get<double>(value), std::get<double>(value)};
  Writes writes;
  for (const RangeFiles& files : ranges) {
    const auto set = span_in(files.dir, files.set_lowest, files.set_highest);
    if (!set) return set.error();
    auto lowest = write_of(files, files.set_lowest, whole(wanted.low));
    auto highest = write_of(files, files.set_highest, whole(wanted.high));
    if (wanted.high > set->high) std::swap(lowest, highest);
    writes.push_back(std::move(lowest));
    writes.push_back(std::move(highest));
    if (!files.set_boost.empty()) {
      writes.push_back(write_of(files, files.set_boost, whole(wanted.high)));
    }
  }
  return writes;
}

Result<Writes> usual(const Site& site, const SetpointRow& /*row*/) {
  const auto ranges = site.ranges();
  if (ranges.empty()) return no_range(site);
  Writes writes;
  for (const RangeFiles& files : ranges) {
    const base::Dir defaults = files.dir.child(".defaults");
    for (const std::string_view file : {files.set_highest, files.set_lowest, files.set_boost}) {
      if (file.empty()) continue;
      const auto value = defaults.integer(file);
      writes.push_back(write_of(files, file, value ? std::to_string(*value) : ""));
      writes.back().to_original = !value;
    }
  }
  return writes;
}

/// The file of a clock that may be written, by the name of its knob.
Result<std::string> path_of(const Site& site, std::string_view detail) {
  for (const RangeFiles& files : site.ranges()) {
    for (const std::string_view file : {files.set_lowest, files.set_highest, files.set_boost}) {
      if (!file.empty() && detail == files.name + "/" + std::string(file)) {
        return files.dir.source(file);
      }
    }
  }
  return Error{Errc::not_found, "no clock of this device: '" + std::string(detail) + "'", "", {}};
}

Result<std::string> value(const Site& site, std::string_view detail) {
  const auto path = path_of(site, detail);
  if (!path) return path.error();
  const auto slash = path->rfind('/');
  const auto number = base::Dir(path->substr(0, slash)).integer(path->substr(slash + 1));
  if (!number) return number.error();
  return std::to_string(*number);
}

Result<Calls> calls(const Site& site, std::string_view detail, std::string_view value) {
  auto path = path_of(site, detail);
  if (!path) return path.error();
  return Calls{{std::move(*path), std::string(value)}};
}

}  // namespace

const Setting kEngineClock{&setpoint::sm_clock_mhz, state, writes, usual};
const Knob kClockOf{kClockKnob, value, calls};

}  // namespace accel::intel
