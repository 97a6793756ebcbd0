// A reading: the value a source gave, or the reason why there is none and what would help.
#pragma once

#include <cassert>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "accel/result.hpp"

namespace accel {

/// Why a reading has no (fresh) value. The numbers are stable: they appear in documents.
enum class ReadingStatus : std::uint8_t {
  ok = 0,
  unsupported = 1,     ///< The device or its driver does not offer it.
  no_permission = 2,   ///< The remedy names the capability, group or bit that is missing.
  asleep = 3,          ///< The device is suspended; reading would wake it.
  stale = 4,           ///< An older value is held; its time tells how old.
  hung = 5,            ///< The source did not answer within its deadline.
  lost = 6,            ///< The device fell off its bus.
  error = 7,           ///< The source failed or answered nonsense.
  no_driver = 8,       ///< No driver serves the device.
  needs_workload = 9,  ///< The source has values only while a program uses the device.
  pending = 10,        ///< A rate: needs a second sample.
};

[[nodiscard]] std::string_view to_string(ReadingStatus status);

/// A point on the machine's steady clock (accel::Clock::steady), in nanoseconds.
using SteadyTime = std::chrono::nanoseconds;

/// Why there is no value.
struct Absence {
  ReadingStatus status = ReadingStatus::unsupported;
  std::string reason;  ///< what was asked and what came back, reproducible by hand
  std::string remedy;  ///< what the reader can do; empty when there is nothing to do
};

/// How a failure shows in a reading: permission_denied as no_permission, and so on.
[[nodiscard]] ReadingStatus status_of(Errc code);
[[nodiscard]] Absence absence_of(const Error& error);

/// Holds a value exactly when its status is ok or stale. A default-constructed reading is
/// unsupported. Copyable; not synchronised.
template <class T>
class Reading {
 public:
  using Value = T;

  Reading() = default;

  // Implicit on purpose: a field is set with `field = value` or `field = absence`.
  // NOLINTNEXTLINE(google-explicit-constructor): see above
  Reading(T value, std::string source = {}, SteadyTime time = {})
      : value_(std::move(value)),
        absence_{ReadingStatus::ok, {}, {}},
        source_(std::move(source)),
        time_(time) {}
  // NOLINTNEXTLINE(google-explicit-constructor): see above
  Reading(Absence absence, std::string source = {}, SteadyTime time = {})
      : absence_(std::move(absence)), source_(std::move(source)), time_(time) {
    assert(absence_.status != ReadingStatus::ok && absence_.status != ReadingStatus::stale);
  }
  // NOLINTNEXTLINE(google-explicit-constructor): see above
  Reading(Result<T> result, std::string source = {}, SteadyTime time = {})
      : source_(std::move(source)), time_(time) {
    if (result) {
      value_ = std::move(*result);
      absence_.status = ReadingStatus::ok;
    } else {
      absence_ = absence_of(result.error());
    }
  }

  [[nodiscard]] bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }
  /// The value; asking where there is none is a bug in the caller.
  [[nodiscard]] const T& operator*() const {
    assert(value_);
    return *value_;
  }
  [[nodiscard]] const T* operator->() const { return &**this; }
  [[nodiscard]] const std::optional<T>& optional() const { return value_; }

  [[nodiscard]] ReadingStatus status() const { return absence_.status; }
  [[nodiscard]] const std::string& reason() const { return absence_.reason; }
  [[nodiscard]] const std::string& remedy() const { return absence_.remedy; }
  [[nodiscard]] const Absence& absence() const { return absence_; }
  /// The file or vendor function that was asked.
  [[nodiscard]] const std::string& source() const { return source_; }
  /// When it was asked, on the machine's steady clock.
  [[nodiscard]] SteadyTime time() const { return time_; }

  /// The same reading with a value of another type, which `convert` makes of this one's.
  template <class U, class Convert>
  [[nodiscard]] Reading<U> converted(const Convert& convert) && {
    Reading<U> other;
    if (value_) other.value_.emplace(convert(*std::move(value_)));
    other.absence_ = std::move(absence_);
    other.source_ = std::move(source_);
    other.time_ = time_;
    return other;
  }

  /// The same value, no longer fresh. Without a value this changes nothing.
  void mark_stale(std::string reason) {
    if (value_) absence_ = {ReadingStatus::stale, std::move(reason), {}};
  }

 private:
  template <class>
  friend class Reading;

  std::optional<T> value_;
  Absence absence_;
  std::string source_;
  SteadyTime time_{};
};

}  // namespace accel
