#include "backends/nvidia/gpm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace accel::nvidia {
namespace {

constexpr std::array kWanted{gpm_metric::kGraphics,  gpm_metric::kSm,   gpm_metric::kSmOccupancy,
                             gpm_metric::kAnyTensor, gpm_metric::kFp64, gpm_metric::kFp32,
                             gpm_metric::kFp16,      gpm_metric::kDram, gpm_metric::kPcieTx,
                             gpm_metric::kPcieRx};

/// Rounding may lift a full share a little above 100.
constexpr double kFull = 100.01;

Result<Ratio> share(const Result<double>& points, const char* source) {
  if (!points) return points.error();
  if (*points < 0 || *points > kFull) {
    return implausible(source, std::llround(*points), 0, 100, "%");
  }
  return percent(std::min(*points, 100.0));
}

Result<ByteRate> rate(const Result<double>& mebibytes, const char* source) {
  if (!mebibytes) return mebibytes.error();
  constexpr double mebibyte = 1024.0 * 1024.0;
  constexpr double most = 1e6;  // 1 TiB/s: more than any PCI Express link
  if (*mebibytes < 0 || *mebibytes > most) {
    return implausible(source, std::llround(*mebibytes), 0, 1'000'000, "MiB/s");
  }
  return ByteRate{std::llround(*mebibytes * mebibyte)};
}

}  // namespace

Gpm::~Gpm() {
  if (gpu_.nvml() == nullptr) return;
  for (nvmlGpmSample_t sample : {previous_, next_}) {
    if (sample != nullptr) gpu_.nvml()->status_of(gpu_.functions().gpm_free, sample);
  }
}

Result<nvmlGpmSample_t> Gpm::room() {
  nvmlGpmSample_t sample = nullptr;
  const auto& function = gpu_.functions().gpm_allocate;
  if (auto done = gpu_.nvml()->call(function, &sample); !done) return std::move(done).error();
  if (sample == nullptr) {
    return Error{Errc::malformed, std::string(function.name) + ": gave no sample", "", {}};
  }
  return sample;
}

Result<void> Gpm::prepare() {
  if (next_ != nullptr) return {};
  nvmlGpmSupport_t support{kGpmVersion, 0};
  const auto& function = gpu_.functions().gpm_support;
  if (auto done = gpu_.call(function, &support); !done) return done;
  if (support.is_supported != 1) {
    return Error{Errc::operation_not_supported,
                 std::string(function.name) + ": this GPU has no such counters",
                 "",
                 {}};
  }
  for (nvmlGpmSample_t* sample : {&previous_, &next_}) {
    if (*sample != nullptr) continue;
    const auto fresh = room();
    if (!fresh) return fresh.error();
    *sample = *fresh;
  }
  metrics_ = std::make_unique<nvmlGpmMetricsGet_t>();
  return {};
}

Result<void> Gpm::advance() {
  if (refusal_ && gpu_.nvml()->is_open()) return *refusal_;
  if (auto ready = prepare(); !ready) {
    // Only an answer that cannot change is kept.
    if (ready.error().code == Errc::operation_not_supported) refusal_ = ready.error();
    return ready;
  }
  if (auto done = gpu_.call(gpu_.functions().gpm_sample, next_); !done) return done;
  *metrics_ = {};
  metrics_->version = kGpmVersion;
  metrics_->count = kWanted.size();
  metrics_->sample1 = previous_;
  metrics_->sample2 = next_;
  for (std::size_t i = 0; i < kWanted.size(); ++i) {
    metrics_->metrics[i].id = kWanted.at(i);
    metrics_->metrics[i].result = status::kNotSupported;
  }
  const bool comparable = std::exchange(has_previous_, true);
  std::swap(previous_, next_);
  if (!comparable) {
    return Error{Errc::unavailable, "a rate between two samples; this was the first", "", {}};
  }
  return gpu_.nvml()->call(gpu_.functions().gpm_metrics, metrics_.get());
}

Result<double> Gpm::value(std::uint32_t id) const {
  const auto& function = gpu_.functions().gpm_metrics;
  const auto* metric = std::ranges::find(metrics_->metrics, id, &nvmlGpmMetric_t::id);
  if (metric == std::end(metrics_->metrics)) {
    return Error{
        Errc::malformed, std::string(function.name) + ": the answer lacks a metric", "", {}};
  }
  if (metric->result != status::kSuccess) return gpu_.nvml()->error(function, metric->result);
  if (!std::isfinite(metric->value)) {
    return Error{Errc::malformed, std::string(function.name) + ": answered with no number", "", {}};
  }
  return metric->value;
}

void Gpm::read(Sampling& sampling) {
  const char* source = sampling.functions().gpm_metrics.name;
  const Error* refusal = sampling.gpu().refusal();
  const bool had_previous = has_previous_;
  const Result<void> ready = refusal != nullptr ? Result<void>(*refusal) : advance();
  // Its first sample was taken: a value follows. Nothing else is pending.
  const bool pending = !ready && !had_previous && has_previous_;
  const auto file = [&](const auto& metric, std::uint32_t id, auto convert) {
    using T = typename std::decay_t<decltype(convert(Result<double>(0.0), source))>::value_type;
    if (pending) {
      sampling.set(
          metric, Reading<T>(Absence{ReadingStatus::pending, ready.error().message, "sample again"},
                             source));
    } else if (!ready) {
      sampling.set(metric, sampling.reading<T>(ready.error(), source));
    } else {
      sampling.set(metric, sampling.reading<T>(convert(value(id), source), source));
    }
  };
  file(metric::utilization_compute, gpm_metric::kSm, share);
  file(metric::utilization_graphics, gpm_metric::kGraphics, share);
  file(metric::utilization_tensor, gpm_metric::kAnyTensor, share);
  file(metric::utilization_fp64, gpm_metric::kFp64, share);
  file(metric::utilization_fp32, gpm_metric::kFp32, share);
  file(metric::utilization_fp16, gpm_metric::kFp16, share);
  file(metric::sm_occupancy, gpm_metric::kSmOccupancy, share);
  file(metric::memory_bandwidth, gpm_metric::kDram, share);
  if (refusal != nullptr || has_pcie()) {
    file(metric::pcie_rx, gpm_metric::kPcieRx, rate);
    file(metric::pcie_tx, gpm_metric::kPcieTx, rate);
  }
}

}  // namespace accel::nvidia
