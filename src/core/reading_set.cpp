#include "accel/reading_set.hpp"

#include <algorithm>
#include <tuple>

namespace accel {
namespace {

/// The first entry not before (metric, instance); entries are kept sorted that way.
template <class Entries>
auto position(Entries& entries, const MetricRow& metric, int instance) {
  const auto place = [](const ReadingSet::Entry& entry) {
    return std::tuple{entry.metric->order, entry.instance};
  };
  const std::tuple wanted{metric.order, instance};
  // Devices read in the order of the table, so that most readings go behind all that are there.
  if (!entries.empty() && place(entries.back()) < wanted) return entries.end();
  return std::ranges::lower_bound(entries, wanted, {}, place);
}

}  // namespace

const ReadingSet::Entry* ReadingSet::find(const MetricRow& metric, int instance) const {
  const auto at = position(entries_, metric, instance);
  const bool found =
      at != entries_.end() && at->metric->order == metric.order && at->instance == instance;
  return found ? &*at : nullptr;
}

void ReadingSet::put(const MetricRow& metric, int instance, Reading<ReadingValue>&& reading) {
  const auto at = position(entries_, metric, instance);
  if (at != entries_.end() && at->metric->order == metric.order && at->instance == instance) {
    at->reading = std::move(reading);
    return;
  }
  entries_.insert(at, Entry{&metric, instance, std::move(reading)});
}

std::string ReadingSet::name(const Entry& entry) {
  std::string name(entry.metric->key);
  if (entry.instance != kOnly) name += "." + std::to_string(entry.instance);
  return name;
}

void ReadingSet::mark_stale(const std::string& reason) {
  for (Entry& entry : entries_) entry.reading.mark_stale(reason);
}

}  // namespace accel
