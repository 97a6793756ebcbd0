#include "backends/amd/device.hpp"

#include <utility>

#include "backends/amd/control/controller.hpp"
#include "backends/amd/io_links.hpp"
#include "core/device_state.hpp"

namespace accel::amd {
namespace {

/// From RDNA 3 on, gfx11 (VCN 4), one engine encodes and decodes.
constexpr std::uint64_t kUnifiedVideo = 110'000;

bool has_unified_video(const std::optional<KfdNode>& node) {
  return node && node->gfx_version >= kUnifiedVideo;
}

}  // namespace

GpuDevice::GpuDevice(AcceleratorInfo info, std::shared_ptr<const Card> card,
                     const std::optional<KfdNode>& node, Nodes all, Lifetime lifetime)
    : info_(std::move(info)),
      card_(std::move(card)),
      nodes_(std::move(all)),
      lifetime_(std::move(lifetime)),
      processes_(*card_, node, has_unified_video(node)),
      controller_(make_controller(
          Site(card_, lifetime_, info_.gpu_type && *info_.gpu_type == GpuType::integrated))) {}

void GpuDevice::sample(ReadingSet& out) {
  auto refusal = lifetime_.refusal();
  if (!refusal) refusal = card_->refusal();
  if (refusal) return fill_absent(out, absence_of(*refusal));
  Sampling sampling(*card_, out);
  // The firmware of a GPU that fell off the bus answers with set bits; what else is read then is
  // what the driver remembers.
  if (!sampling.table() && sampling.table().error().code == Errc::device_lost) {
    return fill_absent(out, absence_of(sampling.table().error()));
  }
  read_utilization(sampling);
  read_memory(sampling);
  read_temperatures(sampling);
  read_power(sampling);
  read_clocks(sampling);
  read_voltages(sampling);
  read_modes(sampling);
  read_fans(sampling);
  read_throttling(sampling, before_);
  read_pcie(sampling);
  read_links(sampling);
  read_errors(sampling);
  read_partition_modes(sampling);
}

Result<ProcessList> GpuDevice::processes() {
  if (auto refusal = lifetime_.refusal()) return *refusal;
  // /proc tells of a sleeping GPU as well, and wakes nothing.
  return processes_.processes();
}

Result<std::vector<DeviceLink>> GpuDevice::links() {
  if (auto refusal = lifetime_.refusal()) return *refusal;
  return xgmi_links(card_->function().address, *nodes_, card_->machine().clock->steady());
}

}  // namespace accel::amd
