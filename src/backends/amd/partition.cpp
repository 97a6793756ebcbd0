#include "backends/amd/partition.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "backends/amd/device_nodes.hpp"
#include "backends/amd/sampling.hpp"
#include "base/place.hpp"
#include "core/device_state.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

/// The mean of the numbers that are filled: the engines of a partition, of which it has fewer than
/// the table has room for.
Reading<Ratio> mean(const Sampling& sampling, const MetricsTable& block, Field field) {
  const std::string source = block.source() + " " + std::string(to_string(field));
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < block.count(field); ++i) {
    const auto busy = block.at(field, i);
    if (!busy) continue;
    const auto share = judged(kPercent, static_cast<std::int64_t>(*busy), source);
    if (!share) return sampling.reading<Ratio>(share.error(), source);
    sum += static_cast<std::int64_t>(*busy);
    ++count;
  }
  if (count == 0) return sampling.reading<Ratio>(block.at(field).error(), source);
  const double share = static_cast<double>(sum) / static_cast<double>(count) / 100.0;
  return sampling.reading<Ratio>(ratio(share), source);
}

AcceleratorInfo identity(const AcceleratorInfo& whole, const KfdNode& node, const Card& card) {
  AcceleratorInfo info = whole;
  info.uuid = whole.uuid + "-xcp" + std::to_string(node.partition);
  info.parent = whole.uuid;
  info.partition = node.partition;
  info.extra.clear();
  if (const auto units = node.compute_units()) info.extra.emplace_back("compute_units", *units);
  info.extra.emplace_back("kfd_gpu_id", static_cast<std::int64_t>(node.gpu_id));
  info.memory = node.memory
                    ? Reading<Bytes>(*node.memory, node.source)
                    : Reading<Bytes>(Absence{ReadingStatus::unsupported,
                                             node.source + ": no bank of device memory", ""},
                                     node.source);
  info.device_nodes.clear();
  if (node.render_minor) {
    const std::string render = "/dev/dri/renderD" + std::to_string(*node.render_minor);
    for (const std::string& name : {render, std::string("/dev/kfd")}) {
      if (base::exists(card.machine().path(name))) info.device_nodes.push_back(name);
    }
  }
  return info;
}

}  // namespace

PartitionDevice::PartitionDevice(const AcceleratorInfo& whole, KfdNode node,
                                 std::shared_ptr<const Card> card, Lifetime lifetime)
    : info_(identity(whole, node, *card)),
      node_(std::move(node)),
      card_(std::move(card)),
      lifetime_(std::move(lifetime)),
      processes_(*card_, node_) {}

Result<ProcessList> PartitionDevice::processes() {
  if (auto refusal = lifetime_.refusal()) return *refusal;
  return processes_.processes();
}

void PartitionDevice::sample(ReadingSet& out) {
  auto refusal = lifetime_.refusal();
  if (!refusal) refusal = card_->refusal();
  if (refusal) return fill_absent(out, absence_of(*refusal));
  const Sampling sampling(*card_, out);
  if (info_.memory) out.set(metric::memory_total, info_.memory);
  const auto& table = sampling.table();
  const auto k = static_cast<std::size_t>(node_.partition);
  if (table && k < table->partitions().size()) {
    const MetricsTable& block = table->partitions()[k];
    out.set(metric::utilization, mean(sampling, block, Field::gfx_busy_inst));
    out.set(metric::utilization_media, mean(sampling, block, Field::vcn_busy));
    out.set(metric::utilization_jpeg, mean(sampling, block, Field::jpeg_busy));
  }
  const Absence shared{table || table.error().code != Errc::device_lost
                           ? Absence{ReadingStatus::unsupported,
                                     "a partition has none of its own: see the whole GPU", ""}
                           : absence_of(table.error())};
  fill_absent(out, shared);
}

}  // namespace accel::amd
