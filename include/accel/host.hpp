// The host's inventory: processors, memory, storage, network, software and the platform itself.
//
// Every function reads files below Machine::root and never fails as a whole: what cannot be read
// is a field that says why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accel/cpu_info.hpp"
#include "accel/hardware_info.hpp"
#include "accel/machine.hpp"
#include "accel/memory_info.hpp"
#include "accel/network_info.hpp"
#include "accel/result.hpp"
#include "accel/software_info.hpp"
#include "accel/storage_info.hpp"

namespace accel::host {

/// A dozen files a core: milliseconds on a host with hundreds of them.
[[nodiscard]] CpuInfo cpu(const Machine& machine);

[[nodiscard]] MemoryInfo memory(const Machine& machine);

/// Disks first, then remote file systems and those configured but not mounted. Blocks for at most
/// about a second, when a file server or a disk does not answer. Never wakes a sleeping disk.
/// Health needs root, and is asked only where machine.is_this_machine().
[[nodiscard]] std::vector<StorageInfo> storage(const Machine& machine);

/// Interfaces with hardware behind them, then the ports of RDMA devices.
[[nodiscard]] std::vector<NetworkInfo> network(const Machine& machine);

/// A fixed list of what matters to accelerators, installed or not. Starts no program.
[[nodiscard]] std::vector<SoftwareInfo> software(const Machine& machine);

[[nodiscard]] PlatformInfo platform(const Machine& machine);

// The version in what a program prints about itself, for callers who do start programs.
/// "Docker version 25.0.3, build deadbeef" → "25.0.3"
[[nodiscard]] Result<std::string> docker_version(std::string_view output);
/// "NVIDIA Container Runtime - version 1.13.5" → "1.13.5"
[[nodiscard]] Result<std::string> nvidia_container_runtime_version(std::string_view output);
/// Whether docker's runtimes, as its daemon.json or `docker info` has them in JSON, name "nvidia".
[[nodiscard]] Result<bool> has_nvidia_runtime(std::string_view json);

}  // namespace accel::host
