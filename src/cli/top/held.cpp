#include "cli/top/held.hpp"

namespace accel::cli::top {
namespace {

using namespace std::chrono_literals;

/// NVML takes 20 ms for each of the first two (SlowReader). A loop of one second is not exact.
constexpr auto kPause = 900ms;
constexpr std::array kSlow{Gauge::pcie_rx, Gauge::pcie_tx, Gauge::temperature_memory,
                           Gauge::clock_memory};

}  // namespace

bool Held::is_due(SteadyTime now) {
  if (read_ && now - *read_ >= kPause) {
    read_ = now;
    return true;
  }
  if (!read_) read_ = now;
  return false;
}

void Held::keep(const Sample& sample) {
  figures_.clear();
  for (const DeviceRow& row : sample.devices) figures_[row.key()] = row.figures;
}

void Held::fill(Sample& sample) const {
  if (figures_.empty()) return;
  for (DeviceRow& row : sample.devices) {
    const auto held = figures_.find(row.key());
    if (held == figures_.end() || row.state != DeviceState::ok) continue;
    for (const Gauge gauge : kSlow) {
      const Figure& old = held->second[static_cast<std::size_t>(gauge)];
      if (row[gauge].status != ReadingStatus::unsupported || !old.is_known()) continue;
      row[gauge] = {old.value, ReadingStatus::stale};
    }
  }
}

}  // namespace accel::cli::top
