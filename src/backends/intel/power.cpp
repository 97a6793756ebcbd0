// Energy, the power that follows from it, and power limits.
#include <array>

#include "backends/intel/readings.hpp"

namespace accel::intel {
namespace {

/// The driver tells that a limit is off, or its default unknown, as 0
/// (Documentation/ABI/testing/sysfs-driver-intel-{i915,xe}-hwmon).
constexpr std::array<std::string_view, 4> kLimits{"power1_max", "power2_max", "power1_cap",
                                                  "power2_cap"};
/// What a limit of milliseconds is called (PL2), beside those of seconds (PL1, "max").
constexpr std::array<std::string_view, 2> kFast{"power1_cap", "power2_cap"};
constexpr std::array<std::string_view, 2> kRated{"power1_rated_max", "power2_rated_max"};
/// Of the whole card, and of the chip's package.
constexpr std::array<std::string_view, 2> kCounters{"energy1_input", "energy2_input"};

Reading<Energy> counter(Sampling& sampling, const Hwmon& hwmon, std::string_view file) {
  if (!hwmon.has(file)) return hwmon.lacks<Energy>(sampling, file);
  auto energy = hwmon.live(sampling, base::Attribute<Energy>{file, 1});  // microjoules
  // Seen: a card whose driver has a file for a counter that its firmware does not keep.
  if (energy && energy->value == 0) {
    return sampling.absent<Energy>(
        {ReadingStatus::unsupported, energy.source() + " is 0: nothing counts there", ""},
        energy.source());
  }
  return energy;
}

std::optional<std::int64_t> number(const Reading<Energy>& energy) {
  if (!energy) return std::nullopt;
  return energy->value;
}

std::optional<std::int64_t> suspended_time(const Place& place) {
  const auto time = place.device().integer("power/runtime_suspended_time");
  if (!time) return std::nullopt;
  return *time;
}

/// The mean that the meter gave for that counter, or why it gave none.
Reading<Power> mean(const Sampling& sampling, const Reading<Energy>& energy,
                    const Result<EnergyMeter::Draw>& draw,
                    std::optional<Power> EnergyMeter::Draw::*part) {
  if (!energy) return {energy.absence(), energy.source(), sampling.now()};
  const std::string source = "rise of " + energy.source();
  if (draw) {
    if ((*draw).*part) return {*((*draw).*part), source, sampling.now()};
    return sampling.absent<Power>(
        {ReadingStatus::pending, energy.source() + ": was not there when the window began",
         "sample again"},
        source);
  }
  Absence why = absence_of(draw.error());
  if (draw.error().code == Errc::unavailable) why.status = ReadingStatus::pending;
  return sampling.absent<Power>(std::move(why), source);
}

/// The first of the files that is there, if it is a limit.
Reading<Power> limit(Sampling& sampling, const Hwmon& hwmon,
                     std::span<const std::string_view> files, std::string_view zero) {
  for (const std::string_view file : files) {
    if (!hwmon.has(file)) continue;
    auto power = hwmon.held(sampling, base::Attribute<Power>{file, 1});  // microwatts
    if (!power || power->value != 0) return power;
    return sampling.absent<Power>(
        {ReadingStatus::unsupported, power.source() + " is 0: " + std::string(zero), ""},
        power.source());
  }
  std::string names;
  for (const std::string_view file : files) names.append(names.empty() ? "" : ", ").append(file);
  return hwmon.lacks<Power>(sampling, "file of " + names);
}

/// The lowest limit that is on; absent where one that is there cannot be read.
Reading<Power> enforced_limit(Sampling& sampling, const Hwmon& hwmon) {
  Reading<Power> lowest = hwmon.lacks<Power>(sampling, "power limit that is on");
  for (const std::string_view file : kLimits) {
    if (!hwmon.has(file)) continue;
    auto power = hwmon.held(sampling, base::Attribute<Power>{file, 1});
    if (!power) return power;
    if (power->value != 0 && (!lowest || *power < *lowest)) lowest = std::move(power);
  }
  return lowest;
}

}  // namespace

void read_power(Sampling& sampling, const Hwmon& hwmon, const Place& place, bool was_asleep,
                EnergyMeter& meter) {
  const auto card = counter(sampling, hwmon, kCounters[0]);
  const auto package = counter(sampling, hwmon, kCounters[1]);
  Result<EnergyMeter::Draw> draw = Error{Errc::unavailable, "no energy counter", "", {}};
  if (card || package) {
    draw = meter.advance(
        {sampling.now(), number(card), number(package), suspended_time(place), was_asleep});
  }
  const auto package_power = mean(sampling, package, draw, &EnergyMeter::Draw::package);
  // A card whose firmware counts the package alone (seen: A380 with xe) has no better number. One
  // whose counter fails for once does not change what its power means.
  const bool by_card = card.status() != ReadingStatus::unsupported || !package;
  const auto power = by_card ? mean(sampling, card, draw, &EnergyMeter::Draw::card) : package_power;
  sampling.set(metric::power, power);
  sampling.set(metric::power_average, power);
  if (hwmon.has(kCounters[1])) sampling.set(metric::power_package, package_power);
  sampling.set(metric::power_limit, limit(sampling, hwmon, kLimits, "the limit is off"));
  sampling.set(metric::power_limit_enforced, enforced_limit(sampling, hwmon));
  sampling.set(metric::power_limit_default,
               limit(sampling, hwmon, kRated, "the driver does not know it"));
  sampling.set(metric::power_limit_fast, limit(sampling, hwmon, kFast, "the limit is off"));
  sampling.set(metric::energy, by_card ? card : package);
  if (hwmon.has(kCounters[1])) sampling.set(metric::energy_package, package);
}

}  // namespace accel::intel
