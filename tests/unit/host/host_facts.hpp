// Everything that the host's inventory says, as one flat list of texts: what to compare when a
// source fails.
#pragma once

#include <map>
#include <string>

#include "accel/host.hpp"
#include "accel/rapl.hpp"

namespace accel::testing {

/// Field → its value in quotes, or "-" for one that is absent.
class HostFacts {
 public:
  explicit HostFacts(const Machine& machine) {
    add(host::cpu(machine));
    add(host::memory(machine));
    for (const auto& disk : host::storage(machine)) add(disk);
    for (const auto& interface : host::network(machine)) add(interface);
    for (const auto& program : host::software(machine)) add(program);
    add(host::platform(machine));
    host::RaplReader reader(machine);
    for (const auto& domain : reader.sample()) note(domain.path + ".energy", domain.energy);
  }

  [[nodiscard]] const std::map<std::string, std::string>& all() const { return facts_; }
  /// Fields that are absent without saying why.
  [[nodiscard]] const std::vector<std::string>& unexplained() const { return unexplained_; }

 private:
  template <class T>
  static std::string text(const T& value) {
    if constexpr (is_quantity<T>) {
      return std::to_string(value.value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return value;
    } else if constexpr (std::is_same_v<T, PciAddress>) {
      return value.text();
    } else if constexpr (std::is_enum_v<T>) {
      return std::string(to_string(value));
    } else {
      return std::to_string(value);
    }
  }
  template <class T>
  void note(const std::string& key, const Reading<T>& reading) {
    facts_[key] = reading ? "'" + text(*reading) + "'" : "-";
    if (!reading && reading.reason().empty()) unexplained_.push_back(key);
  }

  void add(const CpuInfo& cpu) {
    note("cpu.make", cpu.make);
    note("cpu.model", cpu.model);
    note("cpu.architecture", cpu.architecture);
    note("cpu.microcode", cpu.microcode);
    note("cpu.socket_count", cpu.socket_count);
    note("cpu.physical_cores", cpu.physical_cores);
    note("cpu.logical_cores", cpu.logical_cores);
    note("cpu.base_clock", cpu.base_clock);
    note("cpu.boost_clock", cpu.boost_clock);
    note("cpu.current_clock", cpu.current_clock);
    note("cpu.allowed_cpus", cpu.allowed_cpus);
    note("cpu.allowed_cores", cpu.allowed_cores);
    note("cpu.time_limit", cpu.time_limit);
    for (const auto& node : cpu.numa_nodes) {
      const std::string key = "numa." + std::to_string(node.id);
      note(key + ".cpus", node.cpus);
      note(key + ".memory_total", node.memory_total);
      note(key + ".memory_free", node.memory_free);
    }
  }
  void add(const MemoryInfo& memory) {
    note("memory.total", memory.total);
    note("memory.free", memory.free);
    note("memory.available", memory.available);
    note("memory.limit", memory.limit);
    note("memory.swap_total", memory.swap_total);
    note("memory.swap_free", memory.swap_free);
    note("memory.type", memory.type);
    note("memory.speed", memory.speed_mts);
    note("memory.channels", memory.channels);
    note("memory.error_correction", memory.error_correction);
    note("memory.ecc_corrected", memory.ecc_corrected);
    note("memory.ecc_uncorrected", memory.ecc_uncorrected);
    for (const auto& module : memory.modules) note("module." + module.slot, module.size);
    for (const auto& region : memory.persistent) {
      note("persistent." + region.name, region.size);
      note("persistent." + region.name + ".volatile", region.volatile_size);
    }
  }
  void add(const StorageInfo& disk) {
    const std::string& key = disk.device_path;
    note(key + ".model", disk.model);
    note(key + ".serial", disk.serial);
    note(key + ".firmware", disk.firmware);
    note(key + ".capacity", disk.capacity);
    note(key + ".health", disk.health);
    note(key + ".temperature", disk.temperature);
    note(key + ".wear", disk.wear);
    note(key + ".power_on", disk.power_on);
    note(key + ".filesystem", disk.filesystem);
    note(key + ".server", disk.server);
    note(key + ".exported", disk.exported);
    note(key + ".max_read", disk.max_read_mbps);
    note(key + ".max_write", disk.max_write_mbps);
    note(key + ".max_iops", disk.max_iops);
  }
  void add(const NetworkInfo& interface) {
    const std::string key = "net." + interface.name;
    note(key + ".driver", interface.driver);
    note(key + ".state", interface.state);
    note(key + ".speed", interface.speed_mbps);
    note(key + ".pci_address", interface.pci_address);
    note(key + ".numa_node", interface.numa_node);
    note(key + ".guid", interface.guid);
  }
  void add(const SoftwareInfo& program) {
    note("software." + program.name, program.version);
    note("software." + program.name + ".ready", program.ready);
  }
  void add(const PlatformInfo& platform) {
    note("platform.hostname", platform.hostname);
    note("platform.operating_system", platform.operating_system);
    note("platform.kernel", platform.kernel);
    note("platform.architecture", platform.architecture);
    note("platform.manufacturer", platform.manufacturer);
    note("platform.product", platform.product);
    note("platform.board", platform.board);
    note("platform.bios_version", platform.bios_version);
    note("platform.virtualization", platform.virtualization);
  }

  std::map<std::string, std::string> facts_;
  std::vector<std::string> unexplained_;
};

}  // namespace accel::testing
