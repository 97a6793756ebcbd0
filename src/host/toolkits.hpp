// Versions of the vendors' toolkits and drivers, from the files that state them.
#pragma once

#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/result.hpp"
#include "accel/software_info.hpp"

namespace accel::host {

[[nodiscard]] SoftwareInfo nvidia_driver(const Machine& machine);
/// A driver of the kernel's own or beside it: "amdgpu".
[[nodiscard]] SoftwareInfo kernel_module(const Machine& machine, std::string_view name);
[[nodiscard]] SoftwareInfo cuda_toolkit(const Machine& machine);
/// The CUDA toolkit's compiler, whose version is its own.
[[nodiscard]] SoftwareInfo nvcc(const Machine& machine);
[[nodiscard]] SoftwareInfo rocm(const Machine& machine);

/// "570.86.15" out of /proc/driver/nvidia/version.
[[nodiscard]] Result<std::string> nvidia_module_version(std::string_view text);
/// The version of a component ("cuda", "cuda_nvcc") in the toolkit's version.json.
[[nodiscard]] Result<std::string> cuda_component_version(std::string_view json,
                                                         const std::string& component);
/// "13.0" out of `#define CUDA_VERSION 13000` in cuda.h.
[[nodiscard]] Result<std::string> cuda_header_version(std::string_view header);

}  // namespace accel::host
