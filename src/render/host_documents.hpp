// What surrounds the accelerators, each part as an object of `accel/list/1`.
#pragma once

#include "accel/hardware_info.hpp"
#include "render/document.hpp"

namespace accel::render {

[[nodiscard]] Document platform_document(const PlatformInfo& platform);
[[nodiscard]] Document cpu_document(const CpuInfo& cpu);
[[nodiscard]] Document memory_document(const MemoryInfo& memory);
[[nodiscard]] Document storage_document(const StorageInfo& storage);
[[nodiscard]] Document network_document(const NetworkInfo& network);
[[nodiscard]] Document software_document(const SoftwareInfo& software);

}  // namespace accel::render
