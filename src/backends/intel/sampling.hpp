// One round of readings of one device: reads, judges and files each under its metric.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "accel/clock.hpp"
#include "accel/reading_set.hpp"
#include "base/dir.hpp"

namespace accel::intel {

/// Between which numbers, in base units, a quantity is believed.
struct Bounds {
  std::int64_t low = 0;
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

// clang-format off
template <AnyQuantity Q> inline constexpr Bounds kBounds{};
template <> inline constexpr Bounds kBounds<Temperature>{-100'000, 200'000};      // -100..200 °C
template <> inline constexpr Bounds kBounds<Power>{0, 100'000'000'000};           // 100 kW: a rack
template <> inline constexpr Bounds kBounds<Frequency>{0, 100'000'000'000};       // 100 GHz
template <> inline constexpr Bounds kBounds<Voltage>{0, 100'000'000};             // 100 V
template <> inline constexpr Bounds kBounds<Rpm>{0, 100'000};
// clang-format on

class Sampling {
 public:
  /// Both must outlive it.
  Sampling(ReadingSet& out, const Clock& clock) : out_(out), clock_(clock) {}

  [[nodiscard]] SteadyTime now() const { return clock_.steady(); }
  [[nodiscard]] const ReadingSet& out() const { return out_; }

  template <class T>
  void set(const Metric<T>& metric, Reading<T> reading, int instance = kOnly) {
    out_.set(metric, std::move(reading), instance);
  }

  /// A number that the hardware gives now; counts for is_gone().
  template <AnyQuantity Q>
  Reading<Q> live(const base::Dir& dir, const base::Attribute<Q>& attribute) {
    return reading<Q>(dir, attribute, number(dir, attribute.file));
  }
  /// A setting or a limit, which the driver may know without the hardware.
  template <AnyQuantity Q>
  Reading<Q> held(const base::Dir& dir, const base::Attribute<Q>& attribute) {
    return reading<Q>(dir, attribute, dir.integer(attribute.file));
  }
  /// The integer of a file, noted for is_gone().
  Result<std::int64_t> number(const base::Dir& dir, std::string_view file);

  /// Why there is no such reading, with the place where it was looked for.
  template <class T>
  Reading<T> absent(Absence why, std::string source) const {
    return {std::move(why), std::move(source), now()};
  }
  template <class T>
  Reading<T> reading(Result<T> result, std::string source) const {
    return {std::move(result), std::move(source), now()};
  }

  /// The device is no more: a file said so, or every live number had all bits set.
  [[nodiscard]] bool is_gone() const { return gone_ || (all_ones_ > 0 && others_ == 0); }

 private:
  template <AnyQuantity Q>
  Reading<Q> reading(const base::Dir& dir, const base::Attribute<Q>& attribute,
                     const Result<std::int64_t>& raw) const {
    std::string source = dir.source(attribute.file);
    const auto scaled = believed(raw, source, attribute.scale, kBounds<Q>);
    if (!scaled) return {scaled.error(), std::move(source), now()};
    return {Q{static_cast<typename Q::Rep>(*scaled)}, std::move(source), now()};
  }
  static Result<std::int64_t> believed(const Result<std::int64_t>& raw, const std::string& source,
                                       std::int64_t scale, Bounds bounds);

  ReadingSet& out_;
  const Clock& clock_;
  int all_ones_ = 0;
  int others_ = 0;
  bool gone_ = false;
};

}  // namespace accel::intel
