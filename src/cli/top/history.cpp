#include "cli/top/history.hpp"

namespace accel::cli::top {

Figure memory_share(const DeviceRow& row) {
  const Figure& used = row[Gauge::memory_used];
  const Figure& total = row[Gauge::memory_total];
  if (!used.is_known()) return used;
  if (!total.is_known()) return total;
  if (total.value <= 0) return {};
  return {used.value / total.value, used.status};
}

void History::add(const Sample& sample) {
  for (auto& [key, record] : records_) record.seen = false;
  for (const DeviceRow& row : sample.devices) {
    Record& record = records_[row.key()];
    record.seen = true;
    const std::array<Figure, kTrends> now{row[Gauge::busy], memory_share(row), row[Gauge::power],
                                          row[Gauge::temperature]};
    for (std::size_t i = 0; i < kTrends; ++i) record.trends[i].add(now[i]);
  }
  std::erase_if(records_, [](const auto& entry) { return !entry.second.seen; });
}

const Series* History::find(const std::string& device, Trend trend) const {
  const auto found = records_.find(device);
  return found == records_.end() ? nullptr : &found->second.trends[static_cast<std::size_t>(trend)];
}

}  // namespace accel::cli::top
