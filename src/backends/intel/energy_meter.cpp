#include "backends/intel/energy_meter.hpp"

#include <string>

#include "base/number.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

// Seen on one Battlemage card.
constexpr auto kSettling = 2s;
/// A sampling loop of one second is not exact.
constexpr auto kShortestWindow = 900ms;
constexpr double kMostPackageShare = 1.5;
constexpr std::int64_t kMostPackageExcess = 5'000'000;  // microwatts
constexpr std::int64_t kMostPower = 100'000'000'000;    // 100 kW: a rack

bool fell(const std::optional<std::int64_t>& before, const std::optional<std::int64_t>& now) {
  return before && now && *now < *before;
}

Error not_yet(std::string why) { return {Errc::unavailable, std::move(why), "sample again", {}}; }

/// Microjoules and nanoseconds to microwatts.
std::optional<Power> mean(const std::optional<std::int64_t>& before,
                          const std::optional<std::int64_t>& now, std::chrono::nanoseconds window) {
  if (!before || !now) return std::nullopt;
  const double seconds = std::chrono::duration<double>(window).count();
  return microwatts(static_cast<std::int64_t>(static_cast<double>(*now - *before) / seconds));
}

std::string watts_text(Power power) { return base::number_text(shown(power)) + " W"; }

Result<EnergyMeter::Draw> believed(const EnergyMeter::Draw& draw) {
  for (const auto& power : {draw.card, draw.package}) {
    if (power && power->value > kMostPower) {
      return Error{Errc::malformed, watts_text(*power) + " cannot be true", "", {}};
    }
  }
  if (!draw.card || !draw.package) return draw;
  const double share = kMostPackageShare * static_cast<double>(draw.card->value);
  const bool excessive = static_cast<double>(draw.package->value) > share &&
                         draw.package->value - draw.card->value > kMostPackageExcess;
  if (!excessive) return draw;
  return Error{Errc::malformed,
               "the package counter tells " + watts_text(*draw.package) +
                   ", that of the whole card " + watts_text(*draw.card),
               "",
               {}};
}

}  // namespace

const char* EnergyMeter::break_before(const EnergyPoint& point) const {
  if (point.was_asleep) return "the device was asleep until now";
  const bool slept =
      last_ && last_->suspended && point.suspended && *point.suspended != *last_->suspended;
  return slept ? "the device slept since the last sample" : nullptr;
}

Result<EnergyMeter::Draw> EnergyMeter::advance(const EnergyPoint& point) {
  const char* why = break_before(point);
  const bool anew = last_ && (fell(last_->card, point.card) || fell(last_->package, point.package));
  last_ = point;
  if (why != nullptr || anew) points_.clear();
  if (why != nullptr) {
    // It may have woken a while ago; the later moment is the safe one.
    settled_ = point.time + kSettling;
    return not_yet(std::string(why) + "; its energy counters need 2 s to settle");
  }
  if (point.time < settled_) {
    return not_yet("the device woke less than 2 s ago; its energy counters settle");
  }
  points_.push_back(point);
  if (anew) return not_yet("the energy counter started anew");
  while (points_.size() > 2 && point.time - points_[1].time >= kShortestWindow) points_.pop_front();
  const auto window = point.time - points_.front().time;
  if (window < kShortestWindow) {
    return not_yet("power is the rise of an energy counter over 1 s; the samples cover " +
                   base::number_text(std::chrono::duration<double>(window).count()) + " s");
  }
  return believed({mean(points_.front().card, point.card, window),
                   mean(points_.front().package, point.package, window)});
}

}  // namespace accel::intel
