#include "cli/top/take.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "render/device_title.hpp"

namespace accel::cli::top {
namespace {

/// Which readings a gauge may come from; the first that is known counts.
struct Source {
  Gauge gauge;
  std::array<const MetricRow*, 3> metrics;
};

constexpr std::array kSources{
    Source{Gauge::busy, {&metric::utilization.row}},
    Source{Gauge::memory_controller, {&metric::utilization_memory_controller.row}},
    Source{Gauge::encoder, {&metric::utilization_encoder.row}},
    Source{Gauge::decoder, {&metric::utilization_decoder.row}},
    Source{Gauge::memory_used, {&metric::memory_used.row}},
    Source{Gauge::memory_total, {&metric::memory_total.row}},
    Source{Gauge::temperature, {&metric::temperature.row}},
    Source{Gauge::temperature_limit, {&metric::temperature_limit_slowdown.row}},
    Source{Gauge::temperature_memory, {&metric::temperature_memory.row}},
    Source{Gauge::power, {&metric::power.row}},
    Source{Gauge::power_limit, {&metric::power_limit.row}},
    Source{Gauge::clock,
           {&metric::clock_graphics.row, &metric::clock_sm.row, &metric::clock_npu.row}},
    Source{Gauge::clock_memory, {&metric::clock_memory.row}},
    Source{Gauge::fan, {&metric::fan_speed.row}},
    Source{Gauge::pcie_rx, {&metric::pcie_rx.row}},
    Source{Gauge::pcie_tx, {&metric::pcie_tx.row}},
};

Figure figure(const ReadingSet::Entry& entry) {
  Figure figure{0, entry.reading.status()};
  if (!entry.reading) return figure;
  if (const auto* base = std::get_if<std::int64_t>(&*entry.reading)) {
    figure.value = static_cast<double>(*base) / static_cast<double>(entry.metric->per_shown);
  } else if (const auto* number = std::get_if<double>(&*entry.reading)) {
    figure.value = *number;
  }
  return figure;
}

template <class Unit>
Figure figure(const Reading<Quantity<Unit>>& reading) {
  return {reading ? shown(*reading) : 0, reading.status()};
}

/// Of several (fans), the highest that is known.
Figure figure(const ReadingSet& readings, const MetricRow& metric) {
  Figure best;
  for (const auto& entry : readings.entries()) {
    if (entry.metric->order != metric.order) continue;
    const Figure one = figure(entry);
    const bool better = one.is_known() && (!best.is_known() || one.value > best.value);
    if (better || best.status == ReadingStatus::unsupported) best = one;
  }
  return best;
}

Figure figure(const ReadingSet& readings, const Source& source) {
  Figure first;
  for (const MetricRow* metric : source.metrics) {
    if (metric == nullptr) break;
    const auto* entry = readings.find(*metric);
    const Figure one = entry != nullptr                 ? figure(*entry)
                       : metric->instance_label.empty() ? Figure{}
                                                        : figure(readings, *metric);
    if (one.is_known()) return one;
    if (first.status == ReadingStatus::unsupported) first = one;
  }
  return first;
}

DeviceRow device_row(const DeviceSample& sample) {
  const AcceleratorInfo& info = *sample.info;
  DeviceRow row;
  row.number = info.global_index;
  row.partition = info.partition;
  row.vendor = info.vendor;
  row.model = render::model_text(info);
  row.uuid = info.uuid;
  if (info.pci_address) row.address = info.pci_address->text();
  row.state = sample.state;
  row.reason = sample.state_reason;
  row.remedy = sample.state_remedy;
  for (const Source& source : kSources) row[source.gauge] = figure(sample.readings, source);
  auto throttle = sample.readings.get(metric::throttle);
  row.throttle_status = throttle.status();
  if (throttle) row.throttle = *throttle;
  if (!sample.processes) row.no_programs = sample.processes.error().message;
  return row;
}

ProgramRow program_row(const AcceleratorProcess& process, std::size_t device) {
  ProgramRow row;
  row.device = device;
  row.pid = process.pid;
  row.type = process.type;
  row.name = process.name.optional().value_or("");
  row.user = process.user.optional().value_or("");
  row.container = process.container.optional().value_or("");
  row.command = process.command.optional().value_or("");
  row.pod = process.pod.optional().value_or("");
  row.job = process.job.optional().value_or("");
  row.memory = figure(process.memory);
  row.busy = figure(process.utilization);
  row.encoder = figure(process.utilization_encoder);
  row.decoder = figure(process.utilization_decoder);
  return row;
}

}  // namespace

void take(std::span<const DeviceSample> devices, Sample& sample) {
  sample.devices.reserve(sample.devices.size() + devices.size());
  for (const DeviceSample& device : devices) {
    if (device.processes) {
      for (const auto& process : device.processes->processes) {
        sample.programs.push_back(program_row(process, sample.devices.size()));
      }
    }
    sample.devices.push_back(device_row(device));
  }
}

bool is_pending(const Sample& sample) {
  const auto pending = [](const Figure& figure) { return figure.status == ReadingStatus::pending; };
  return std::ranges::any_of(
             sample.devices,
             [&](const DeviceRow& row) { return std::ranges::any_of(row.figures, pending); }) ||
         std::ranges::any_of(sample.programs, [&](const ProgramRow& row) {
           return pending(row.busy) || pending(row.encoder) || pending(row.decoder);
         });
}

}  // namespace accel::cli::top
