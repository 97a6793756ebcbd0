// What the nvidia kernel module says of itself and its GPUs in /proc and /sys, without the library
// and without waking anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/pci_address.hpp"
#include "accel/reading.hpp"

namespace accel::nvidia {

/// /proc/driver/nvidia/gpus/<address>/information. Fields that the driver does not know yet read
/// "????" there and are absent here.
struct GpuFile {
  Reading<std::string> model;
  Reading<std::string> uuid;
  Reading<std::string> video_bios;
  Reading<std::string> firmware;  ///< of the GPU's system processor
  std::optional<int> minor;       ///< N of /dev/nvidia<N>
  bool excluded = false;          ///< by the module's parameter NVreg_ExcludedGpus
};
[[nodiscard]] GpuFile gpu_file(const Machine& machine, const PciAddress& address);
/// The same from a file's text; `source` is its name in the readings.
[[nodiscard]] GpuFile parse_gpu_file(std::string_view text, const std::string& source);

/// Whether and how the module suspends the GPU while nobody uses it: "Enabled (fine-grained)".
/// Line "Runtime D3 status" of /proc/driver/nvidia/gpus/<address>/power.
[[nodiscard]] Reading<std::string> runtime_d3(const Machine& machine, const PciAddress& address);

/// N of /dev/nvidia-caps/nvidia-cap<N>, the node that grants what a folder below
/// /proc/driver/nvidia/capabilities stands for: "gpu0/mig/gi1", "gpu0/mig/gi1/ci0".
[[nodiscard]] std::optional<int> capability_minor(const Machine& machine,
                                                  const std::string& folder);

/// A number that may be the minor of a device node, behind "Key:" at the start of a line.
[[nodiscard]] std::optional<int> parse_minor(std::string_view text, std::string_view key);

/// Version of the loaded kernel module, "535.104.12". unsupported when none is loaded.
[[nodiscard]] Reading<std::string> module_version(const Machine& machine);
/// From the text of /proc/driver/nvidia/version; empty when it has none.
[[nodiscard]] std::string parse_module_version(std::string_view text);

}  // namespace accel::nvidia
