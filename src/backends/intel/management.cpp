#include "backends/intel/management.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

namespace accel::intel {
namespace {

/// Files it where nothing better is known: a value where there was none, or what would help.
template <class T>
void offer(Sampling& sampling, const Metric<T>& metric, Reading<T> reading) {
  const auto known = sampling.out().get(metric);
  if (known || known.status() == ReadingStatus::pending) return;
  const bool helps = !reading && reading.status() != ReadingStatus::unsupported;
  if (reading || helps) sampling.set(metric, std::move(reading));
}

struct GroupRow {
  std::uint32_t group;
  const Metric<Ratio>* metric;
};
constexpr std::array kGroups{GroupRow{zes_engine_group::kAll, &metric::utilization},
                             GroupRow{zes_engine_group::kComputeAll, &metric::utilization_compute},
                             GroupRow{zes_engine_group::kRenderAll, &metric::utilization_graphics},
                             GroupRow{zes_engine_group::kCopyAll, &metric::utilization_copy},
                             GroupRow{zes_engine_group::kMediaAll, &metric::utilization_media}};

/// The larger share; a share rather than none, a promise rather than a failure.
void keep_busier(std::optional<Reading<Ratio>>& best, const Reading<Ratio>& other) {
  const bool better = !best || (other && (!*best || other->value > (*best)->value)) ||
                      (!*best && other.status() == ReadingStatus::pending);
  if (better) best = other;
}

constexpr std::uint64_t kMostMicroseconds = std::numeric_limits<std::int64_t>::max() / 1'000;

/// Quantities that come as doubles, negative where they are unknown.
template <class Q>
Result<Q> quantity(double number, double scale, const char* source) {
  const double scaled = number * scale;
  const bool believable = std::isfinite(scaled) && scaled >= static_cast<double>(kBounds<Q>.low) &&
                          scaled <= static_cast<double>(kBounds<Q>.high);
  if (believable) return Q{std::llround(scaled)};
  return Error{Errc::operation_not_supported, std::string(source) + ": does not know it", "", {}};
}

constexpr double kMegahertz = 1e6;
constexpr double kVolt = 1e6;
constexpr double kDegree = 1e3;

struct Flag {
  const char* name;
  const char* normalised;  ///< null: does not count as throttling
};
/// By bit: zes_api.h, zes_freq_throttle_reason_flag_t.
constexpr std::array kFlags{Flag{"ave_pwr_cap", "power_limit"},
                            Flag{"burst_pwr_cap", "power_limit"},
                            Flag{"current_limit", "current_limit"},
                            Flag{"thermal_limit", "thermal"},
                            Flag{"psu_alert", "power_limit"},
                            Flag{"sw_range", nullptr},
                            Flag{"hw_range", nullptr},
                            Flag{"voltage", "other"},
                            Flag{"thermal", "thermal"},
                            Flag{"power", "power_limit"}};
constexpr std::array<std::string_view, 4> kOrder{"thermal", "power_limit", "current_limit",
                                                 "other"};

}  // namespace

TextList zes_throttle_names(std::uint32_t mask) {
  TextList names;
  for (std::size_t bit = 0; bit < 32; ++bit) {
    if ((mask >> bit & 1U) == 0) continue;
    names.push_back(bit < kFlags.size() ? kFlags.at(bit).name : "bit_" + std::to_string(bit));
  }
  return names;
}

TextList zes_throttle_reasons(std::uint32_t mask) {
  TextList names;
  for (const std::string_view name : kOrder) {
    for (std::size_t bit = 0; bit < 32; ++bit) {
      if ((mask >> bit & 1U) == 0) continue;
      const char* meaning = bit < kFlags.size() ? kFlags.at(bit).normalised : "other";
      if (meaning == nullptr || meaning != name) continue;
      names.emplace_back(name);
      break;
    }
  }
  return names;
}

Management::Management(std::shared_ptr<const LevelZero> library, const PciAddress& address)
    : library_(std::move(library)), device_(library_->device(address)) {
  if (!device_) {
    engine_failure_ = device_.error();
  } else {
    find_engines();
  }
}

void Management::find_engines() {
  const ZesFunctions& zes = library_->functions();
  const auto handles = library_->list(zes.engines, *device_);
  if (!handles) {
    engine_failure_ = handles.error();
    return;
  }
  for (zes_engine_handle_t handle : *handles) {
    zes_engine_properties_t properties;
    if (auto done = library_->call(zes.engine_properties, handle, &properties); !done) {
      engine_failure_ = done.error();
    } else if (std::ranges::find(kGroups, properties.type, &GroupRow::group) != kGroups.end()) {
      engines_.push_back({handle, properties.type, {}});
    }
  }
  if (engines_.empty() && !engine_failure_) {
    engine_failure_ = Error{Errc::operation_not_supported,
                            std::string(zes.engines.name) + ": lists no engine group",
                            "",
                            {}};
  }
}

void Management::read_engines(Sampling& sampling) {
  const auto& function = library_->functions().engine_activity;
  std::array<std::optional<Reading<Ratio>>, kGroups.size()> shares;
  std::optional<Reading<Ratio>> busiest;
  for (Engine& engine : engines_) {
    zes_engine_stats_t stats{};
    auto done = library_->call(function, engine.handle, &stats);
    Reading<Ratio> share;
    if (!done) {
      engine.busy.forget();
      share = sampling.reading<Ratio>(done.error(), function.name);
    } else if (std::max(stats.active_time, stats.timestamp) > kMostMicroseconds) {
      share = sampling.absent<Ratio>(
          {ReadingStatus::error, std::string(function.name) + ": cannot be true", ""},
          function.name);
    } else {
      const auto active = std::chrono::microseconds(stats.active_time);
      const auto time = std::chrono::microseconds(stats.timestamp);
      const auto& told = engine.busy.advance(active, time, function.name);
      share = told ? Reading<Ratio>(*told, function.name, sampling.now())
                   : sampling.absent<Ratio>(told.absence(), function.name);
    }
    const auto* const row = std::ranges::find(kGroups, engine.group, &GroupRow::group);
    keep_busier(shares.at(static_cast<std::size_t>(row - kGroups.begin())), share);
    keep_busier(busiest, share);
  }
  // Where nothing counts the device as a whole, it is as busy as the busiest of its engines.
  if (!shares[0]) shares[0] = busiest;
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (shares.at(i)) {
      offer(sampling, *kGroups.at(i).metric, *shares.at(i));
    } else if (engine_failure_) {
      offer(sampling, *kGroups.at(i).metric,
            sampling.reading<Ratio>(*engine_failure_, library_->functions().engines.name));
    }
  }
}

void Management::read_frequencies(Sampling& sampling) {
  const ZesFunctions& zes = library_->functions();
  const auto handles = library_->list(zes.frequencies, *device_);
  if (!handles) return;
  const char* source = zes.frequency_state.name;
  for (zes_freq_handle_t handle : *handles) {
    zes_freq_properties_t properties;
    zes_freq_state_t state;
    if (!library_->call(zes.frequency_properties, handle, &properties)) continue;
    if (!library_->call(zes.frequency_state, handle, &state)) continue;
    if (properties.type == kZesFreqDomainMemory) {
      offer(sampling, metric::clock_memory,
            sampling.reading(quantity<Frequency>(state.actual, kMegahertz, source), source));
      offer(sampling, metric::clock_memory_max,
            sampling.reading(quantity<Frequency>(properties.max, kMegahertz, source),
                             zes.frequency_properties.name));
    } else if (properties.type == kZesFreqDomainGpu) {
      offer(sampling, metric::voltage,
            sampling.reading(quantity<Voltage>(state.current_voltage, kVolt, source), source));
      offer(sampling, metric::throttle,
            sampling.reading<TextList>(zes_throttle_reasons(state.throttle_reasons), source));
      offer(sampling, metric::throttle_raw,
            sampling.reading<TextList>(zes_throttle_names(state.throttle_reasons), source));
    }
  }
}

void Management::read_temperatures(Sampling& sampling) {
  const ZesFunctions& zes = library_->functions();
  const auto handles = library_->list(zes.temperatures, *device_);
  if (!handles) return;
  const char* source = zes.temperature_state.name;
  for (zes_temp_handle_t handle : *handles) {
    zes_temp_properties_t properties;
    double degrees = 0;
    if (!library_->call(zes.temperature_properties, handle, &properties)) continue;
    const bool is_die = properties.type == kZesTempSensorGpu;
    if (!is_die && properties.type != kZesTempSensorMemory) continue;
    const auto& metric = is_die ? metric::temperature : metric::temperature_memory;
    const auto done = library_->call(zes.temperature_state, handle, &degrees);
    offer(sampling, metric,
          done ? sampling.reading(quantity<Temperature>(degrees, kDegree, source), source)
               : sampling.reading<Temperature>(done.error(), source));
  }
}

void Management::read_bandwidth(Sampling& sampling) {
  const ZesFunctions& zes = library_->functions();
  const auto handles = library_->list(zes.memories, *device_);
  if (!handles) return;
  const char* source = zes.memory_bandwidth.name;
  traffic_.resize(handles->size());
  double moved = 0;
  double possible = 0;
  bool pending = false;
  for (std::size_t i = 0; i < handles->size(); ++i) {
    zes_mem_properties_t properties;
    zes_mem_bandwidth_t now{};
    if (!library_->call(zes.memory_properties, (*handles)[i], &properties)) continue;
    if (properties.location != kZesMemLocDevice) continue;
    if (auto done = library_->call(zes.memory_bandwidth, (*handles)[i], &now); !done) {
      return offer(sampling, metric::memory_bandwidth,
                   sampling.reading<Ratio>(done.error(), source));
    }
    const Traffic traffic{now.read_counter + now.write_counter, now.timestamp};
    const auto before = std::exchange(traffic_[i], traffic);
    if (!before || traffic.time <= before->time || traffic.bytes < before->bytes) {
      pending = true;
      continue;
    }
    moved += static_cast<double>(traffic.bytes - before->bytes);
    possible += static_cast<double>(traffic.time - before->time) * 1e-6 *
                static_cast<double>(now.max_bandwidth);
  }
  if (pending) {
    offer(sampling, metric::memory_bandwidth,
          sampling.absent<Ratio>(
              {ReadingStatus::pending, std::string(source) + ": a share between two samples",
               "sample again"},
              source));
  } else if (possible > 0) {
    offer(sampling, metric::memory_bandwidth,
          sampling.reading<Ratio>(ratio(std::min(moved / possible, 1.0)), source));
  }
}

void Management::read(Sampling& sampling) {
  read_engines(sampling);
  if (!device_) return;
  read_bandwidth(sampling);
  read_temperatures(sampling);
  read_frequencies(sampling);
}

}  // namespace accel::intel
