#include "backends/amd/findings.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "backends/amd/control/overdrive_bit.hpp"

namespace accel::amd {
namespace {

/// Cards hide their table of clocks and voltages without the bit; chips with a CPU and the
/// accelerators of data centres have it in any case (Documentation/gpu/amdgpu/thermal.rst).
bool is_locked(const KnownGpu& gpu) {
  const auto& driver = gpu.card->function().driver;
  const bool is_card = gpu.info.gpu_type && *gpu.info.gpu_type != GpuType::integrated;
  return driver && *driver == "amdgpu" && is_card && !gpu.card->device().has("pp_od_clk_voltage");
}

void check_overdrive(const Machine& machine, const std::vector<KnownGpu>& gpus,
                     std::vector<Finding>& findings) {
  const auto mask = feature_mask(machine);
  if (!mask || (mask->bits & kOverdriveBit) != 0) return;
  const auto locked = std::ranges::find_if(gpus, is_locked);
  if (locked == gpus.end()) return;
  findings.push_back(
      {"ACC-AMD-001", Severity::low,
       "the driver's overdrive bit is off: clocks, voltages and fan curves cannot be set",
       mask->source + " is " + mask->text + ", without 0x4000; " +
           locked->info.pci_address->text() + " has no pp_od_clk_voltage",
       "nothing, if readings are enough; else start the kernel with amdgpu.ppfeaturemask set to "
       "that number and 0x4000, which taints it",
       ""});
}

}  // namespace

std::vector<Finding> gpu_findings(const Machine& machine, const std::vector<KnownGpu>& gpus) {
  std::vector<Finding> findings;
  check_overdrive(machine, gpus, findings);
  return findings;
}

}  // namespace accel::amd
