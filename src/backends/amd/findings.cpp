#include "backends/amd/findings.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

using base::Dir;

/// PP_OVERDRIVE_MASK (drivers/gpu/drm/amd/include/amd_shared.h).
constexpr std::uint64_t kOverdrive = 0x4000;

/// Cards hide their table of clocks and voltages without the bit; chips with a CPU and the
/// accelerators of data centres have it in any case (Documentation/gpu/amdgpu/thermal.rst).
bool is_locked(const KnownGpu& gpu) {
  const auto& driver = gpu.card->function().driver;
  const bool is_card = gpu.info.gpu_type && *gpu.info.gpu_type != GpuType::integrated;
  return driver && *driver == "amdgpu" && is_card && !gpu.card->device().has("pp_od_clk_voltage");
}

/// "0xfff7bfff"; the kernel prints it in hexadecimal (amdgpu_drv.c, module_param_named: hexint),
/// and did so as a decimal number before Linux 5.9.
std::optional<std::uint64_t> mask_of(const std::string& text) {
  if (text.starts_with("0x")) {
    const auto bits = base::parse_hex(text);
    return bits ? std::optional(*bits) : std::nullopt;
  }
  const auto number = base::parse_integer(text);
  if (!number || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

void check_overdrive(const Machine& machine, const std::vector<KnownGpu>& gpus,
                     std::vector<Finding>& findings) {
  const Dir parameters(machine.path("/sys/module/amdgpu/parameters"));
  const auto text = parameters.text("ppfeaturemask");
  const auto mask = text ? mask_of(*text) : std::nullopt;
  if (!mask || (*mask & kOverdrive) != 0) return;
  const auto locked = std::ranges::find_if(gpus, is_locked);
  if (locked == gpus.end()) return;
  findings.push_back(
      {"ACC-AMD-001", Severity::low,
       "the driver's overdrive bit is off: clocks, voltages and fan curves cannot be set",
       parameters.source("ppfeaturemask") + " is " + *text + ", without 0x4000; " +
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
