#include "render/host_documents.hpp"

#include "render/facts.hpp"

namespace accel::render {
namespace {

template <class Item, class Show>
Document list_of(const std::vector<Item>& items, const Show& show) {
  Document::Array array;
  array.reserve(items.size());
  for (const auto& item : items) array.emplace_back(show(item));
  return array;
}

Document texts(const std::vector<std::string>& items) {
  return list_of(items, [](const std::string& text) { return Document(text); });
}

Document megahertz_of(Frequency clock) { return in_shown_unit(clock.value, 1'000'000); }
Document percent_of(Ratio share) { return share.value * 100.0; }
Document hours_of(Duration time) { return time.value / 3'600'000'000'000; }
Document text_or_null(const std::string& text) { return text.empty() ? Document() : text; }

Document socket_document(const CpuSocket& socket) {
  return Document::Object{{"id", socket.id},
                          {"physical_cores", socket.physical_cores},
                          {"logical_cores", socket.logical_cores}};
}

Document cache_document(const CpuCache& cache) {
  Facts facts;
  facts.add("level", cache.level)
      .add("type", cache.type)
      .add("size_bytes", cache.size)
      .add("instances", cache.instances);
  return facts.take();
}

Document numa_document(const NumaNode& node) {
  Facts facts;
  facts.add("id", node.id)
      .add("cpus", node.cpus)
      .add("memory_total_bytes", node.memory_total)
      .add("memory_free_bytes", node.memory_free)
      .add("distances", list_of(node.distances, [](int steps) { return Document(steps); }));
  return facts.take();
}

Document module_document(const MemoryModule& module) {
  Facts facts;
  facts.add("slot", module.slot)
      .add("bank", text_or_null(module.bank))
      .add("size_bytes", module.size)
      .add("type", module.type)
      .add("speed_mts", module.speed_mts)
      .add("configured_speed_mts", module.configured_speed_mts)
      .add("manufacturer", module.manufacturer)
      .add("part_number", module.part_number);
  return facts.take();
}

Document persistent_document(const PersistentMemory& memory) {
  Facts facts;
  facts.add("name", memory.name)
      .add("kind", memory.kind)
      .add("size_bytes", memory.size)
      .add("volatile_size_bytes", memory.volatile_size);
  return facts.take();
}

}  // namespace

Document platform_document(const PlatformInfo& platform) {
  Facts facts;
  facts.add("hostname", platform.hostname)
      .add("operating_system", platform.operating_system)
      .add("kernel", platform.kernel)
      .add("architecture", platform.architecture)
      .add("manufacturer", platform.manufacturer)
      .add("product", platform.product)
      .add("board", platform.board)
      .add("bios_version", platform.bios_version)
      .add("virtualization", platform.virtualization);
  return facts.take();
}

Document cpu_document(const CpuInfo& cpu) {
  Facts facts;
  facts.add("make", cpu.make)
      .add("model", cpu.model)
      .add("architecture", cpu.architecture)
      .add("microcode", cpu.microcode)
      .add("socket_count", cpu.socket_count)
      .add("physical_cores", cpu.physical_cores)
      .add("logical_cores", cpu.logical_cores)
      .add("base_mhz", cpu.base_clock, megahertz_of)
      .add("boost_mhz", cpu.boost_clock, megahertz_of)
      .add("current_mhz", cpu.current_clock, megahertz_of)
      .add("allowed_cpus", cpu.allowed_cpus)
      .add("allowed_cores", cpu.allowed_cores)
      .add("time_limit_cpus", cpu.time_limit)
      .add("sockets", list_of(cpu.sockets, socket_document))
      .add("caches", list_of(cpu.caches, cache_document))
      .add("numa_nodes", list_of(cpu.numa_nodes, numa_document))
      .add("features", texts(cpu.features));
  return facts.take();
}

Document memory_document(const MemoryInfo& memory) {
  Facts facts;
  facts.add("total_bytes", memory.total)
      .add("free_bytes", memory.free)
      .add("available_bytes", memory.available)
      .add("limit_bytes", memory.limit)
      .add("swap_total_bytes", memory.swap_total)
      .add("swap_free_bytes", memory.swap_free)
      .add("type", memory.type)
      .add("speed_mts", memory.speed_mts)
      .add("channels", memory.channels)
      .add("error_correction", memory.error_correction)
      .add("ecc_corrected", memory.ecc_corrected)
      .add("ecc_uncorrected", memory.ecc_uncorrected)
      .add("modules", list_of(memory.modules, module_document))
      .add("persistent", list_of(memory.persistent, persistent_document));
  return facts.take();
}

Document storage_document(const StorageInfo& storage) {
  Facts facts;
  facts.add("device_path", storage.device_path)
      .add("model", storage.model)
      .add("serial", storage.serial)
      .add("firmware", storage.firmware)
      .add("device_type", to_string(storage.device_type))
      .add("bus_type", to_string(storage.bus_type))
      .add("capacity_bytes", storage.capacity)
      .add("capacity_gb", storage.capacity, whole_gigabytes)
      .add("max_read_mbps", storage.max_read_mbps)
      .add("max_write_mbps", storage.max_write_mbps)
      .add("max_iops", storage.max_iops)
      .add("health_status", storage.health)
      .add("temperature_celsius", storage.temperature)
      .add("wear_level_percent", storage.wear, percent_of)
      .add("power_on_hours", storage.power_on, hours_of)
      .add("mount_points", texts(storage.mount_points))
      .add("filesystem", storage.filesystem)
      .add("server", storage.server)
      .add("exported", storage.exported)
      .add("removable", storage.removable);
  return facts.take();
}

Document network_document(const NetworkInfo& network) {
  Facts facts;
  facts.add("name", network.name)
      .add("kind", network.kind)
      .add("port", network.port == 0 ? Document() : Document(network.port))
      .add("driver", network.driver)
      .add("state", network.state)
      .add("speed_mbps", network.speed_mbps)
      .add("pci_address", network.pci_address)
      .add("numa_node", network.numa_node)
      .add("guid", network.guid);
  return facts.take();
}

Document software_document(const SoftwareInfo& software) {
  Facts facts;
  facts.add("name", software.name)
      .add("kind", software.kind)
      .add("version", software.version)
      .add("path", text_or_null(software.path))
      .add("ready", software.ready);
  return facts.take();
}

}  // namespace accel::render
