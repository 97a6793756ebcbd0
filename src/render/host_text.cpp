#include "render/host_text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "render/amount.hpp"
#include "render/missing.hpp"

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

/// Why cells of a table are empty: a cell has no room for a reason. Rows for which the same would
/// help share a line, as do those that share their reason.
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
  [[nodiscard]] bool empty() const { return notes_.empty(); }
  void put(Page& page) const {
    for (const Note& note : notes_) {
      const bool is_one = note.reasons == 1 || note.why.remedy.empty();
      std::string text = std::string(note.column) + " of " + note.rows + ": ";
      text += is_one ? why(note.why)
                     : std::string(spoken(note.why.status)) + " (" + note.why.remedy + ")";
      page.line(kIndent + 2, text, Tone::faint);
    }
  }

 private:
  struct Note {
    std::string_view column;
    Absence why;
    std::string rows;
    int reasons = 1;  ///< different ones: many name the very file
  };

  void add(std::string_view column, std::string_view row, const Absence& absence) {
    for (Note& note : notes_) {
      const bool helps_alike = !absence.remedy.empty() && note.why.remedy == absence.remedy &&
                               note.why.status == absence.status;
      const bool is_alike = note.why.reason == absence.reason && note.why.remedy == absence.remedy;
      if (note.column != column || !(helps_alike || is_alike)) continue;
      note.rows.append(", ").append(row);
      if (!is_alike) ++note.reasons;
      return;
    }
    notes_.push_back({column, absence, std::string(row)});
  }

  std::vector<Note> notes_;
};

void put(Page& page, std::string name, std::string value) {
  page.label(kIndent, kColumn, {std::move(name), std::move(value)});
}

/// A line of several facts: those that are known side by side, and below them, each on a line of
/// its own, why the others are not.
class Parts {
 public:
  Parts& add(std::string text) {
    if (!text.empty()) known_ += (known_.empty() ? "" : ", ") + text;
    return *this;
  }
  template <class T, class Show>
  Parts& add(const std::string& name, const Reading<T>& reading, const Show& show) {
    if (reading) return add(show(*reading));
    unknown_.push_back(name + " unknown: " + why(reading.absence()));
    return *this;
  }
  void put(Page& page, std::string name, std::size_t column = kColumn) const {
    if (!known_.empty()) page.label(kIndent, column, {std::exchange(name, {}), known_});
    for (const auto& text : unknown_) {
      page.label(kIndent, column, {std::exchange(name, {}), text, Tone::faint});
    }
  }

 private:
  std::string known_;
  std::vector<std::string> unknown_;
};

/// "1 socket", "2 sockets".
auto counted(std::string_view one, std::string_view many) {
  return [one, many](std::int64_t count) {
    return std::to_string(count).append(" ").append(count == 1 ? one : many);
  };
}

void platform_section(Page& page, const PlatformInfo& platform) {
  page.line(0, "System", Tone::strong);
  put(page, "Host", text_or_why(platform.hostname));
  const auto same = [](const std::string& text) { return text; };
  Parts()
      .add("system", platform.operating_system, same)
      .add("kernel", platform.kernel, [](const std::string& text) { return "kernel " + text; })
      .add("architecture", platform.architecture, same)
      .put(page, "OS");
  put(page, "Product", text_or_why(platform.product));
  if (platform.virtualization) put(page, "Virtualized", *platform.virtualization);
}

void put_clocks(Page& page, const CpuInfo& cpu) {
  const auto named = [](std::string_view name) {
    return [name](Frequency clock) { return std::string(name) + " " + clock_text(clock); };
  };
  Parts()
      .add("now", cpu.current_clock, named("now"))
      .add("base", cpu.base_clock, named("base"))
      .add("boost", cpu.boost_clock, named("boost"))
      .put(page, "Clock");
}

void put_caches(Page& page, const CpuInfo& cpu) {
  Parts parts;
  for (const auto& cache : cpu.caches) {
    std::string name = "L" + std::to_string(cache.level);
    if (cache.type != "Unified") name += " " + cache.type;
    const std::string times = cache.instances > 1 ? " x" + std::to_string(cache.instances) : "";
    if (!cache.size) parts.add(name + times);
    parts.add("size of " + name, cache.size,
              [&](Bytes size) { return name + " " + size_text(size) + times; });
  }
  parts.put(page, "Caches");
}

/// Only where it is less than all.
void put_allowed(Page& page, const CpuInfo& cpu) {
  Parts parts;
  const bool is_fewer =
      cpu.allowed_cores && cpu.logical_cores && *cpu.allowed_cores < *cpu.logical_cores;
  if (is_fewer) {
    parts.add(counted("thread", "threads")(*cpu.allowed_cores) + " (CPUs " + *cpu.allowed_cpus +
              ")");
  }
  if (cpu.time_limit) parts.add("the time of " + rounded(*cpu.time_limit, 2) + " (control group)");
  parts.put(page, "Allowed");
}

void put_numa_nodes(Page& page, const CpuInfo& cpu) {
  if (cpu.numa_nodes.size() < 2) return;
  for (const auto& node : cpu.numa_nodes) {
    Parts()
        .add("CPUs", node.cpus,
             [](const std::string& cpus) { return cpus.empty() ? "no CPUs" : "CPUs " + cpus; })
        .add("memory", node.memory_total, [](Bytes size) { return "memory " + size_text(size); })
        .put(page, "NUMA node " + std::to_string(node.id));
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

void cpu_section(Page& page, const CpuInfo& cpu) {
  page.blank().line(0, "CPU", Tone::strong);
  put(page, "Model", text_or_why(cpu.model));
  Parts()
      .add("sockets", cpu.socket_count, counted("socket", "sockets"))
      .add("cores", cpu.physical_cores, counted("core", "cores"))
      .add("threads", cpu.logical_cores, counted("thread", "threads"))
      .put(page, "Cores");
  put_allowed(page, cpu);
  put_clocks(page, cpu);
  put_caches(page, cpu);
  put_numa_nodes(page, cpu);
  if (!cpu.features.empty()) put(page, "Features", joined(cpu.features));
}

void memory_section(Page& page, const MemoryInfo& memory) {
  page.blank().line(0, "Memory", Tone::strong);
  put(page, "Total", size_or_why(memory.total));
  if (memory.limit) put(page, "Allowed", size_text(*memory.limit) + " (control group)");
  put(page, "Available", size_or_why(memory.available));
  put(page, "Swap", text_or_why(memory.swap_total, [](Bytes size) {
        return size.value == 0 ? "none" : size_text(size);
      }));
  put(page, "Type", text_or_why(memory.type));
  if (memory.speed_mts) put(page, "Speed", std::to_string(*memory.speed_mts) + " MT/s");
  if (memory.ecc_corrected || memory.ecc_uncorrected) {
    Parts()
        .add("corrected", memory.ecc_corrected, counted("corrected", "corrected"))
        .add("uncorrected", memory.ecc_uncorrected, counted("uncorrected", "uncorrected"))
        .put(page, "Errors");
  }
  for (const auto& extra : memory.persistent) {
    Parts parts;
    parts.add(extra.kind).add("size", extra.size, [](Bytes size) {
      return size_text(size) + " persistent";
    });
    if (extra.volatile_size) parts.add(size_text(*extra.volatile_size) + " volatile");
    parts.put(page, extra.name);
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

/// "400 Gb/s"; in thousands, as line rates are named.
std::string line_rate(std::int64_t megabits) {
  if (megabits < 1000) return std::to_string(megabits) + " Mb/s";
  return rounded(static_cast<double>(megabits) / 1000, 1) + " Gb/s";
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
                    notes.cell("speed", port.name, port.speed_mbps, line_rate)});
  }
  page.table(kIndent, {"INTERFACE", "KIND", "DRIVER", "STATE", "SPEED"}, rows);
  notes.put(page);
}

/// Of container tools alone; any other has nothing to be ready for.
void put_readiness(Parts& parts, const Reading<bool>& ready) {
  if (!ready && ready.status() == ReadingStatus::unsupported) return;
  parts.add("readiness", ready, [&](bool is_ready) {
    return is_ready ? "ready for accelerators" : "not set up for accelerators: " + ready.source();
  });
}

bool is_installed(const SoftwareInfo& program) {
  return program.version.has_value() || !program.path.empty();
}

void software_section(Page& page, const std::vector<SoftwareInfo>& software) {
  page.blank().line(0, "Software", Tone::strong);
  std::size_t column = kColumn;
  for (const auto& program : software) {
    if (is_installed(program)) column = std::max(column, kIndent + program.name.size() + 2);
  }
  CellNotes notes;
  for (const auto& program : software) {
    if (!is_installed(program)) {
      const bool is_known = program.version.status() == ReadingStatus::unsupported;
      if (!is_known) notes.cell("version", program.name, program.version);
      continue;
    }
    Parts parts;
    if (!program.version) parts.add("installed");
    parts.add("version", program.version, [](const std::string& text) { return text; });
    put_readiness(parts, program.ready);
    parts.put(page, program.name, column);
  }
  if (notes.empty() && std::ranges::none_of(software, is_installed)) {
    page.line(kIndent, "no accelerator software found");
  }
  notes.put(page);
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
