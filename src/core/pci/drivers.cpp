#include "core/pci/drivers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "core/pci/ids.hpp"

namespace accel::pci {
namespace {

/// A module, and who has it: a version of the kernel, or a package of somebody else.
struct DriverRow {
  std::uint16_t vendor;
  DeviceType type;
  std::string_view module;
  std::string_view origin;
};

// Kernel versions: the release that first had the driver (drivers/gpu/drm, drivers/accel).
// Packages: Debian's, and those that the vendors' installation guides name.
constexpr std::array kDrivers{
    DriverRow{0x10de, DeviceType::gpu, "nvidia", "NVIDIA's driver (Debian: nvidia-driver)"},
    DriverRow{0x1002, DeviceType::gpu, "amdgpu",
              "Linux, with its firmware (Debian: firmware-amd-graphics)"},
    DriverRow{0x1022, DeviceType::npu, "amdxdna", "Linux 6.14 and later, or AMD's xdna-driver"},
    DriverRow{0x8086, DeviceType::gpu, "xe",
              "Linux 6.8 and later, with its firmware (Debian: firmware-misc-nonfree); older GPUs "
              "need i915"},
    DriverRow{0x8086, DeviceType::npu, "intel_vpu", "Linux 6.3 and later, with Intel's firmware"},
    DriverRow{0x1da3, DeviceType::hpu, "habanalabs",
              "Linux; Gaudi 3 needs Intel's own (package habanalabs-dkms)"},
    DriverRow{0x17cb, DeviceType::npu, "qaic", "Linux 6.4 and later"},
    DriverRow{0x1ac1, DeviceType::tpu, "apex", "Google's gasket driver (package gasket-dkms)"},
    DriverRow{0x1e52, DeviceType::npu, "tenstorrent",
              "Tenstorrent's tt-kmd (package tenstorrent-dkms)"},
    DriverRow{0x1d0f, DeviceType::npu, "neuron", "AWS's Neuron driver (package aws-neuronx-dkms)"},
};

}  // namespace

std::string driver_remedy(const PciIds& ids) {
  const Classification kind = classify(ids);
  const auto* const row = std::ranges::find_if(kDrivers, [&](const DriverRow& driver) {
    return driver.vendor == ids.vendor && driver.type == kind.type;
  });
  if (row == kDrivers.end()) {
    return "install " + kind.vendor + "'s kernel driver for it, and load it";
  }
  std::string remedy = "load the driver: modprobe ";
  remedy.append(row->module).append("; it comes from ").append(row->origin);
  return remedy;
}

}  // namespace accel::pci
