// One round of readings of one GPU: asks, judges and files each under its metric.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "accel/reading_set.hpp"
#include "backends/nvidia/field_batch.hpp"
#include "backends/nvidia/gpu.hpp"
#include "backends/nvidia/nvml_constants.hpp"
#include "backends/nvidia/plausible.hpp"

namespace accel::nvidia {

/// A reading that cannot change while the driver is loaded: asked until it has a value.
template <class T>
using Once = std::optional<Reading<T>>;

class Sampling {
 public:
  /// `fields` may be null when no field is asked for. All must outlive the sampling.
  Sampling(const Gpu& gpu, const FieldBatch* fields, ReadingSet& out, SteadyTime now)
      : gpu_(gpu), fields_(fields), out_(out), now_(now) {}

  [[nodiscard]] const Gpu& gpu() const { return gpu_; }
  [[nodiscard]] const Functions& functions() const { return gpu_.functions(); }
  [[nodiscard]] const ReadingSet& out() const { return out_; }

  template <class T>
  void set(const Metric<T>& metric, Reading<T> reading, int instance = kOnly) {
    out_.set(metric, std::move(reading), instance);
  }
  /// Files a reading that another source may give better where this one has no value.
  template <class T>
  void offer(const Metric<T>& metric, Reading<T> reading) {
    if (reading || reading.status() != ReadingStatus::unsupported) set(metric, std::move(reading));
  }
  /// The held reading, or what `make` gives; that is kept when it is a value.
  template <class T, class Make>
  Reading<T> once(Once<T>& held, Make make) const {
    if (held && may_ask()) return *held;
    Reading<T> reading = make();
    if (reading) held = reading;
    return reading;
  }
  [[nodiscard]] bool may_ask() const { return gpu_.refusal() == nullptr && gpu_.nvml()->is_open(); }

  /// A result of ours with its origin.
  template <class T>
  Reading<T> reading(Result<T> result, std::string source) const {
    return {std::move(result), std::move(source), now_};
  }
  /// What the function writes through its last parameter, a 32-bit or 64-bit number.
  template <class T, class... Params, class... Args>
  Reading<T> read(const Scale<T>& scale,
                  const Symbol<nvmlReturn_t(nvmlDevice_t, Params...)>& function, Args... args) {
    using Last = std::remove_pointer_t<typename LastOf<Params...>::type>;
    const Result<Last> raw = gpu_.ask<Last>(function, args...);
    if (!raw) return reading<T>(raw.error(), function.name);
    return reading<T>(judged(scale, *raw, function.name), function.name);
  }
  /// A number that was asked for already.
  template <class T, class Raw>
  Reading<T> judge(const Scale<T>& scale, const Result<Raw>& raw, std::string_view source) {
    if (!raw) return reading<T>(raw.error(), std::string(source));
    return reading<T>(judged(scale, *raw, source), std::string(source));
  }
  template <class T>
  Reading<T> field(const Scale<T>& scale, FieldId id) {
    const std::string source = FieldBatch::source(id);
    return reading<T>(fields_->value<T>(id, [&](auto raw) { return judged(scale, raw, source); }),
                      source);
  }
  /// A switch of type nvmlEnableState_t.
  Reading<bool> flag(const Result<std::uint32_t>& raw, const char* source);
  Reading<bool> read_flag(const Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t*)>& function) {
    return flag(gpu_.ask<std::uint32_t>(function), function.name);
  }
  /// Notes whether a number was one, for is_gone(). A signed -1 may be either.
  template <class Raw>
  void note(Raw raw) {
    if (std::is_signed_v<Raw> && raw == Raw(-1)) return;
    is_all_ones(raw) ? ++all_ones_ : ++others_;
  }
  /// Every number the driver gave had all bits set: there is no device any more.
  [[nodiscard]] bool is_gone() const { return all_ones_ > 0 && others_ == 0; }

 private:
  template <class... Params>
  struct LastOf {
    using type = typename decltype((std::type_identity<Params>{}, ...))::type;
  };

  template <class T, class Raw>
  Result<T> judged(const Scale<T>& scale, Raw raw, std::string_view source) {
    note(raw);
    return plausible(scale, raw, source);
  }

  const Gpu& gpu_;
  const FieldBatch* fields_;
  ReadingSet& out_;
  SteadyTime now_;
  int all_ones_ = 0;
  int others_ = 0;
};

}  // namespace accel::nvidia
