// The host around the accelerators: everything that changes rarely, each field with its source or
// the reason why it is unknown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/cpu_info.hpp"
#include "accel/memory_info.hpp"
#include "accel/network_info.hpp"
#include "accel/software_info.hpp"
#include "accel/storage_info.hpp"

namespace accel {

struct PlatformInfo {
  Reading<std::string> hostname;
  Reading<std::string> operating_system;  ///< "Debian GNU/Linux 12 (bookworm)"
  Reading<std::string> kernel;            ///< "6.1.0-18-amd64"
  Reading<std::string> architecture;      ///< "x86_64"
  Reading<std::string> manufacturer;      ///< DMI system vendor
  Reading<std::string> product;           ///< DMI product name
  Reading<std::string> board;             ///< DMI board name
  Reading<std::string> bios_version;
  Reading<std::string> virtualization;  ///< "kvm"; unsupported on bare metal
};

struct HardwareInfo {
  PlatformInfo platform;
  CpuInfo cpu;
  MemoryInfo memory;
  std::vector<AcceleratorInfo> accelerators;
  std::vector<StorageInfo> storage;
  std::vector<NetworkInfo> network;
  std::vector<SoftwareInfo> software;
  std::vector<std::string> warnings;  ///< e.g. PCI devices that no driver exposes
};

}  // namespace accel
