#include "render/host_text.hpp"

#include <string>

#include "render/amount.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kColumn = 16;

std::string why(const Absence& absence) {
  if (!absence.remedy.empty()) return "unknown (" + absence.remedy + ")";
  if (!absence.reason.empty()) return "unknown (" + absence.reason + ")";
  return "unknown (" + std::string(to_string(absence.status)) + ")";
}

template <class T, class Show>
std::string text_or_why(const Reading<T>& reading, const Show& show) {
  return reading ? std::string(show(*reading)) : why(reading.absence());
}
std::string text_or_why(const Reading<std::string>& reading) {
  return reading ? *reading : why(reading.absence());
}
std::string size_or_why(const Reading<Bytes>& reading) {
  return text_or_why(reading, [](Bytes size) { return size_text(size); });
}

/// In a table a cell has no room for a reason; JSON has it.
template <class T, class Show>
std::string cell(const Reading<T>& reading, const Show& show) {
  return reading ? std::string(show(*reading)) : std::string("-");
}
std::string cell(const Reading<std::string>& reading) { return reading.optional().value_or("-"); }

std::string count_text(const Reading<std::int64_t>& count, std::string_view noun) {
  if (!count) return std::string(noun) + " " + why(count.absence());
  return std::to_string(*count).append(" ").append(noun);
}

void put(Page& page, std::string name, std::string value) {
  page.label(kIndent, kColumn, {std::move(name), std::move(value)});
}

void platform_section(Page& page, const PlatformInfo& platform) {
  page.line(0, "System", Tone::strong);
  put(page, "Host", text_or_why(platform.hostname));
  put(page, "OS",
      text_or_why(platform.operating_system) + ", kernel " + text_or_why(platform.kernel) + ", " +
          text_or_why(platform.architecture));
  put(page, "Product", text_or_why(platform.product));
  if (platform.virtualization) put(page, "Virtualized", *platform.virtualization);
}

std::string clocks_text(const CpuInfo& cpu) {
  const auto one = [](std::string_view name, const Reading<Frequency>& clock) {
    return std::string(name).append(" ").append(text_or_why(clock, clock_text));
  };
  return one("now", cpu.current_clock) + ", base " + text_or_why(cpu.base_clock, clock_text) +
         ", boost " + text_or_why(cpu.boost_clock, clock_text);
}

std::string caches_text(const CpuInfo& cpu) {
  std::string text;
  for (const auto& cache : cpu.caches) {
    if (!text.empty()) text += ", ";
    text += "L" + std::to_string(cache.level);
    if (cache.type != "Unified") text += " " + cache.type;
    text += " " + size_or_why(cache.size);
    if (cache.instances > 1) text += " x" + std::to_string(cache.instances);
  }
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

void cpu_section(Page& page, const CpuInfo& cpu) {
  page.blank().line(0, "CPU", Tone::strong);
  put(page, "Model", text_or_why(cpu.model));
  put(page, "Cores",
      count_text(cpu.socket_count, "sockets") + ", " + count_text(cpu.physical_cores, "cores") +
          ", " + count_text(cpu.logical_cores, "threads"));
  put(page, "Clock", clocks_text(cpu));
  if (!cpu.caches.empty()) put(page, "Caches", caches_text(cpu));
  for (const auto& node : cpu.numa_nodes) {
    if (cpu.numa_nodes.size() < 2) break;
    put(page, "NUMA node " + std::to_string(node.id),
        "CPUs " + text_or_why(node.cpus) + ", memory " + size_or_why(node.memory_total));
  }
  if (!cpu.features.empty()) put(page, "Features", joined(cpu.features));
}

void memory_section(Page& page, const MemoryInfo& memory) {
  page.blank().line(0, "Memory", Tone::strong);
  put(page, "Total", size_or_why(memory.total));
  put(page, "Available", size_or_why(memory.available));
  put(page, "Swap", size_or_why(memory.swap_total));
  put(page, "Type", text_or_why(memory.type));
  if (memory.speed_mts) put(page, "Speed", std::to_string(*memory.speed_mts) + " MT/s");
  if (memory.ecc_corrected || memory.ecc_uncorrected) {
    put(page, "Errors",
        count_text(memory.ecc_corrected, "corrected") + ", " +
            count_text(memory.ecc_uncorrected, "uncorrected"));
  }
  for (const auto& extra : memory.persistent) {
    put(page, extra.name, extra.kind + ", persistent " + size_or_why(extra.size));
  }
}

void storage_section(Page& page, const std::vector<StorageInfo>& storage) {
  page.blank().line(0, "Storage", Tone::strong);
  if (storage.empty()) {
    page.line(kIndent, "none found");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& disk : storage) {
    rows.push_back({disk.device_path, cell(disk.model), std::string(to_string(disk.device_type)),
                    cell(disk.capacity, [](Bytes size) { return size_text(size); }),
                    cell(disk.health, [](StorageHealth health) { return to_string(health); }),
                    joined(disk.mount_points)});
  }
  page.table(kIndent, {"DEVICE", "MODEL", "TYPE", "CAPACITY", "HEALTH", "MOUNTED ON"}, rows);
}

void network_section(Page& page, const std::vector<NetworkInfo>& network) {
  if (network.empty()) return;
  page.blank().line(0, "Network", Tone::strong);
  std::vector<std::vector<std::string>> rows;
  for (const auto& port : network) {
    rows.push_back({port.name, port.kind, cell(port.driver), cell(port.state),
                    cell(port.speed_mbps,
                         [](std::int64_t speed) { return std::to_string(speed) + " Mb/s"; })});
  }
  page.table(kIndent, {"INTERFACE", "KIND", "DRIVER", "STATE", "SPEED"}, rows);
}

void software_section(Page& page, const std::vector<SoftwareInfo>& software) {
  page.blank().line(0, "Software", Tone::strong);
  bool any = false;
  for (const auto& program : software) {
    if (!program.version && program.path.empty()) continue;
    std::string text = text_or_why(program.version);
    if (program.ready) text += *program.ready ? ", ready for accelerators" : ", not set up";
    put(page, program.name, text);
    any = true;
  }
  if (!any) page.line(kIndent, "no accelerator software found");
}

}  // namespace

void host_text(Page& page, const HardwareInfo& hardware) {
  platform_section(page, hardware.platform);
  cpu_section(page, hardware.cpu);
  memory_section(page, hardware.memory);
}

void around_text(Page& page, const HardwareInfo& hardware) {
  storage_section(page, hardware.storage);
  network_section(page, hardware.network);
  software_section(page, hardware.software);
}

}  // namespace accel::render
