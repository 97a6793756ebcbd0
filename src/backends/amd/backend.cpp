#include "backends/amd/backend.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "backends/amd/device.hpp"
#include "backends/amd/findings.hpp"
#include "backends/amd/identity.hpp"
#include "backends/amd/partition.hpp"

namespace accel::amd {
namespace {

constexpr std::array<std::uint16_t, 1> kVendors{0x1002};
constexpr std::array<std::string_view, 2> kDrivers{"amdgpu", "radeon"};

bool is_ours(const PciFunction& function) {
  return function.ids.vendor == kVendors[0] && function.driver &&
         std::ranges::find(kDrivers, *function.driver) != kDrivers.end();
}

class AmdBackend final : public Backend {
 public:
  explicit AmdBackend(const Machine& machine)
      : machine_(std::make_shared<const Machine>(machine)) {}

  Result<Discovered> discover(const Discovery& discovery) override;
  void shutdown() noexcept override { lifetime_.end(); }
  std::string framework_device(int index) const override { return "cuda:" + std::to_string(index); }
  std::vector<Finding> findings() override { return gpu_findings(*machine_, gpus_); }

 private:
  void add(const PciFunction& function, const GpuDevice::Nodes& all, Discovered& found);

  std::shared_ptr<const Machine> machine_;
  Lifetime lifetime_;
  std::vector<KnownGpu> gpus_;
};

void AmdBackend::add(const PciFunction& function, const GpuDevice::Nodes& all, Discovered& found) {
  const auto first = std::ranges::lower_bound(*all, function.address, {}, &KfdNode::address);
  const auto last = std::ranges::upper_bound(*all, function.address, {}, &KfdNode::address);
  const std::span<const KfdNode> nodes(first, last);
  auto card = std::make_shared<const Card>(function, machine_);
  AcceleratorInfo info = identify(*card, nodes.empty() ? nullptr : &nodes.front());
  if (const auto refusal = card->refusal()) {
    info.state = refusal->code == Errc::device_asleep ? DeviceState::asleep : DeviceState::lost;
    info.state_reason = refusal->message;
    info.state_remedy = refusal->remedy;
    if (!info.gpu_type) info.gpu_type = {absence_of(*refusal)};
  } else if (!info.gpu_type) {
    info.gpu_type = gpu_type(*card);
  }
  // One node is the whole GPU; several are its partitions.
  const bool divided = nodes.size() > 1;
  if (divided) {
    // What the first node tells is that of a partition.
    std::erase_if(info.extra, [](const auto& fact) {
      return fact.first == "compute_units" || fact.first == "kfd_gpu_id";
    });
  }
  gpus_.push_back({info, card});
  auto whole = std::make_unique<GpuDevice>(
      info, card, nodes.size() == 1 ? std::optional(nodes.front()) : std::nullopt, all, lifetime_);
  found.devices.push_back(std::move(whole));
  if (!divided) return;
  for (const KfdNode& node : nodes) {
    found.devices.push_back(std::make_unique<PartitionDevice>(info, node, card, lifetime_));
  }
}

Result<Discovered> AmdBackend::discover(const Discovery& discovery) {
  Discovered found;
  lifetime_ = Lifetime();
  gpus_.clear();
  const auto nodes = std::make_shared<const std::vector<KfdNode>>(kfd_nodes(*machine_));
  for (const PciFunction& function : discovery.pci) {
    if (is_ours(function)) add(function, nodes, found);
  }
  return found;
}

}  // namespace

BackendEntry entry() {
  return {"AMD",
          DeviceType::gpu,
          Verification::recorded,
          "recordings of RX 580, RX 6900 XT, RX 7900 XTX, RX 9070 XT, Phoenix and Van Gogh",
          kVendors,
          [](const Machine& machine) -> std::unique_ptr<Backend> {
            return std::make_unique<AmdBackend>(machine);
          },
          nowhere_else};
}

}  // namespace accel::amd
