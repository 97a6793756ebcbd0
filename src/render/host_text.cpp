#include "render/host_text.hpp"

#include <string>
#include <utility>
#include <vector>

#include "render/amount.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kColumn = 16;

std::string why(const Absence& absence) {
  std::string text =
      absence.reason.empty() ? std::string(to_string(absence.status)) : absence.reason;
  if (!absence.remedy.empty()) text += " (" + absence.remedy + ")";
  return text;
}

template <class T, class Show>
std::string text_or_why(const Reading<T>& reading, const Show& show) {
  return reading ? std::string(show(*reading)) : "unknown: " + why(reading.absence());
}
std::string text_or_why(const Reading<std::string>& reading) {
  return reading ? *reading : "unknown: " + why(reading.absence());
}
std::string size_or_why(const Reading<Bytes>& reading) {
  return text_or_why(reading, [](Bytes size) { return size_text(size); });
}

/// Why cells of a table are empty: a cell has no room for a reason. Rows that share column and
/// reason share a line.
class CellNotes {
 public:
  template <class T, class Show>
  std::string cell(std::string_view column, std::string_view row, const Reading<T>& reading,
                   const Show& show) {
    if (reading) return std::string(show(*reading));
    add(column, row, reading.absence());
    return "-";
  }
  std::string cell(std::string_view column, std::string_view row,
                   const Reading<std::string>& reading) {
    return cell(column, row, reading, [](const std::string& text) { return text; });
  }
  void put(Page& page) const {
    for (const auto& [what, rows] : notes_) {
      page.line(kIndent + 2, std::string(what).append(" (").append(rows).append(")"), Tone::faint);
    }
  }

 private:
  void add(std::string_view column, std::string_view row, const Absence& absence) {
    // The remedy is the same for all disks; the reason often names the very file.
    const std::string what =
        std::string(column) + ": " + (absence.remedy.empty() ? why(absence) : absence.remedy);
    for (auto& [known, rows] : notes_) {
      if (known == what) {
        rows.append(", ").append(row);
        return;
      }
    }
    notes_.emplace_back(what, row);
  }

  std::vector<std::pair<std::string, std::string>> notes_;
};

std::string count_text(const Reading<std::int64_t>& count, std::string_view one,
                       std::string_view many) {
  if (!count) return std::string(many) + " unknown: " + why(count.absence());
  return std::to_string(*count).append(" ").append(*count == 1 ? one : many);
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
      count_text(cpu.socket_count, "socket", "sockets") + ", " +
          count_text(cpu.physical_cores, "core", "cores") + ", " +
          count_text(cpu.logical_cores, "thread", "threads"));
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
        count_text(memory.ecc_corrected, "corrected", "corrected") + ", " +
            count_text(memory.ecc_uncorrected, "uncorrected", "uncorrected"));
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
  CellNotes notes;
  std::vector<std::vector<std::string>> rows;
  rows.reserve(storage.size());
  for (const auto& disk : storage) {
    const std::string& name = disk.device_path;
    rows.push_back(
        {name, notes.cell("model", name, disk.model), std::string(to_string(disk.device_type)),
         notes.cell("capacity", name, disk.capacity, [](Bytes size) { return size_text(size); }),
         notes.cell("health", name, disk.health,
                    [](StorageHealth health) { return to_string(health); }),
         joined(disk.mount_points)});
  }
  page.table(kIndent, {"DEVICE", "MODEL", "TYPE", "CAPACITY", "HEALTH", "MOUNTED ON"}, rows);
  notes.put(page);
}

void network_section(Page& page, const std::vector<NetworkInfo>& network) {
  if (network.empty()) return;
  page.blank().line(0, "Network", Tone::strong);
  CellNotes notes;
  std::vector<std::vector<std::string>> rows;
  rows.reserve(network.size());
  for (const auto& port : network) {
    rows.push_back({port.name, port.kind, notes.cell("driver", port.name, port.driver),
                    notes.cell("state", port.name, port.state),
                    notes.cell("speed", port.name, port.speed_mbps, [](std::int64_t speed) {
                      return std::to_string(speed) + " Mb/s";
                    })});
  }
  page.table(kIndent, {"INTERFACE", "KIND", "DRIVER", "STATE", "SPEED"}, rows);
  notes.put(page);
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
