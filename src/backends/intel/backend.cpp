#include "backends/intel/backend.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "backends/intel/gpu.hpp"
#include "backends/intel/npu.hpp"

namespace accel::intel {
namespace {

constexpr std::array<std::uint16_t, 1> kVendors{0x8086};

class IntelBackend final : public Backend {
 public:
  explicit IntelBackend(const Machine& machine)
      : machine_(std::make_shared<const Machine>(machine)),
        is_over_(std::make_shared<std::atomic<bool>>(false)),
        level_zero_(std::make_shared<SharedLevelZero>(machine_)) {}

  Result<Discovered> discover(const Discovery& discovery) override;
  void shutdown() noexcept override { *is_over_ = true; }
  std::string framework_device(int index) const override { return "xpu:" + std::to_string(index); }

 private:
  std::shared_ptr<const Machine> machine_;
  std::shared_ptr<std::atomic<bool>> is_over_;
  std::shared_ptr<SharedLevelZero> level_zero_;
};

Result<Discovered> IntelBackend::discover(const Discovery& discovery) {
  Discovered found;
  std::vector<PciFunction> ours;
  std::ranges::copy_if(discovery.pci, std::back_inserter(ours), is_served);
  level_zero_->set_devices(ours);
  for (const PciFunction& function : ours) {
    Place place = place_of(function, *machine_);
    const Access access(machine_, is_over_);
    if (place.driver() == "intel_vpu") {
      found.devices.push_back(std::make_unique<NpuDevice>(std::move(place), access));
    } else {
      found.devices.push_back(std::make_unique<GpuDevice>(std::move(place), access, level_zero_));
    }
  }
  return found;
}

}  // namespace

BackendEntry entry() {
  return {"Intel",
          DeviceType::gpu,
          Verification::recorded,
          "recorded sysfs of Arc A380 (i915), Arc B580 and Tiger Lake (xe); NPU from documents",
          kVendors,
          [](const Machine& machine) -> std::unique_ptr<Backend> {
            return std::make_unique<IntelBackend>(machine);
          },
          nowhere_else};
}

}  // namespace accel::intel
