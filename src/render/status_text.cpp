#include "render/status_text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "render/amount.hpp"
#include "render/device_title.hpp"
#include "render/missing.hpp"
#include "render/process_text.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kIndent = 4;
constexpr std::size_t kColumn = 17;  // Where the values of the grid begin: "Utilization  ".

/// Writes readings of one device; each answer is empty where there is nothing to say.
class Reader {
 public:
  explicit Reader(const ReadingSet& readings) : readings_(readings) {}

  /// The value with its unit, and "(stale)" where it is; empty where there is none.
  template <class T>
  [[nodiscard]] std::string text(const Metric<T>& metric, int instance = kOnly) const {
    const auto* entry = readings_.find(metric.row, instance);
    return entry == nullptr ? std::string() : text(*entry);
  }
  [[nodiscard]] static std::string text(const ReadingSet::Entry& entry) {
    if (!entry.reading) return {};
    std::string text = amount(*entry.metric, *entry.reading);
    if (entry.reading.status() == ReadingStatus::stale) text += " (stale)";
    return text;
  }
  /// The value, or the status in brackets: for readings that everyone looks for.
  template <class T>
  [[nodiscard]] std::string text_or_status(const Metric<T>& metric) const {
    std::string value = text(metric);
    if (!value.empty()) return value;
    const auto* entry = readings_.find(metric.row);
    const auto status = entry == nullptr ? ReadingStatus::unsupported : entry->reading.status();
    return "(" + std::string(spoken(status)) + ")";
  }
  /// All instances of a metric, joined.
  template <class T>
  [[nodiscard]] std::string all(const Metric<T>& metric) const {
    std::string joined;
    for (const auto& entry : readings_.entries()) {
      if (entry.metric->order != metric.row.order || !entry.reading) continue;
      if (!joined.empty()) joined += ", ";
      joined += text(entry);
    }
    return joined;
  }
  template <class T>
  [[nodiscard]] std::optional<T> value(const Metric<T>& metric) const {
    return readings_.get(metric).optional();
  }
  [[nodiscard]] const ReadingSet& readings() const { return readings_; }

 private:
  const ReadingSet& readings_;
};

/// `text` behind a word, after a comma; nothing for nothing.
void append(std::string& line, std::string_view word, const std::string& text) {
  if (text.empty()) return;
  if (!line.empty()) line += ", ";
  if (!word.empty()) line.append(word).append(" ");
  line += text;
}

std::string utilization_text(const Reader& reader) {
  std::string line = reader.text_or_status(metric::utilization);
  append(line, "memory", reader.text(metric::utilization_memory_controller));
  return line;
}

std::string memory_text(const Reader& reader) {
  const auto used = reader.value(metric::memory_used);
  const auto total = reader.value(metric::memory_total);
  std::string line = reader.text_or_status(metric::memory_used);
  if (total) line += " of " + size_text(*total);
  if (used && total && total->value > 0) {
    const double share = static_cast<double>(used->value) / static_cast<double>(total->value);
    line += " (" + rounded(share * 100.0, 0) + " %)";
  }
  return line;
}

std::string temperature_text(const Reader& reader) {
  std::string line = reader.text_or_status(metric::temperature);
  append(line, "hotspot", reader.text(metric::temperature_hotspot));
  append(line, "memory", reader.text(metric::temperature_memory));
  append(line, "slows at", reader.text(metric::temperature_limit_slowdown));
  return line;
}

std::string power_text(const Reader& reader) {
  std::string line = reader.text_or_status(metric::power);
  const std::string limit = reader.text(metric::power_limit);
  if (!limit.empty()) line += " of " + limit;
  return line;
}

std::string clocks_text(const Reader& reader) {
  std::string line;
  append(line, "graphics", reader.text(metric::clock_graphics));
  append(line, "memory", reader.text(metric::clock_memory));
  append(line, "neural engine", reader.text(metric::clock_npu));
  return line;
}

std::string fans_text(const Reader& reader) {
  std::string line = reader.all(metric::fan_speed);
  append(line, "", reader.all(metric::fan_rpm));
  return line;
}

/// An end of the link to the host.
struct LinkEnd {
  const Metric<TransferRate>& speed;
  const Metric<TransferRate>& speed_max;
  const Metric<Lanes>& width;
  const Metric<Lanes>& width_max;
};

constexpr LinkEnd kDeviceEnd{metric::pcie_speed, metric::pcie_speed_max, metric::pcie_width,
                             metric::pcie_width_max};
constexpr LinkEnd kSlotEnd{metric::pcie_slot_speed, metric::pcie_slot_speed_max,
                           metric::pcie_slot_width, metric::pcie_slot_width_max};

/// The link in the slot: behind a switch of the card's own, the device itself tells of a link
/// inside the card, which may be a dummy (seen: A380, B580 2.5 GT/s x1).
std::string link_text(const Reader& reader) {
  const bool has_slot = reader.value(kSlotEnd.speed) && reader.value(kSlotEnd.width);
  const LinkEnd& end = has_slot ? kSlotEnd : kDeviceEnd;
  std::string line = reader.text(end.speed);
  const std::string width = reader.text(end.width);
  if (!width.empty()) line += (line.empty() ? "" : " ") + width;
  const auto speed = reader.value(end.speed);
  const auto speed_max = reader.value(end.speed_max);
  const auto lanes = reader.value(end.width);
  const auto lanes_max = reader.value(end.width_max);
  const bool below =
      (speed && speed_max && *speed < *speed_max) || (lanes && lanes_max && *lanes < *lanes_max);
  if (below)
    line += " (can do " + reader.text(end.speed_max) + " " + reader.text(end.width_max) + ")";
  return line;
}

/// Of the links to other devices.
std::string links_text(const Reader& reader, const Metric<bool>& is_up) {
  int up = 0;
  int all = 0;
  for (const auto& entry : reader.readings().entries()) {
    if (entry.metric->order != is_up.row.order || !entry.reading) continue;
    ++all;
    if (std::get<bool>(*entry.reading)) ++up;
  }
  return all == 0 ? std::string() : std::to_string(up) + " of " + std::to_string(all) + " up";
}

std::string ecc_text(const Reader& reader) {
  std::string line = reader.text(metric::ecc_mode);
  append(line, "corrected", reader.text(metric::ecc_corrected));
  append(line, "uncorrected", reader.text(metric::ecc_uncorrected));
  return line;
}

std::string state_text(const Reader& reader) {
  std::string line = reader.text(metric::power_state);
  append(line, "", reader.text(metric::performance_state));
  return line;
}

std::vector<Label> labels(const Reader& reader) {
  const auto reasons = reader.value(metric::throttle);
  const Tone throttled = reasons && !reasons->empty() ? Tone::warning : Tone::plain;
  std::vector<Label> all{{"Utilization", utilization_text(reader), Tone::strong},
                         {"Memory", memory_text(reader), Tone::strong},
                         {"Temperature", temperature_text(reader), Tone::strong},
                         {"Power", power_text(reader), Tone::strong},
                         {"Clocks", clocks_text(reader)},
                         {"Fans", fans_text(reader)},
                         {"Throttled", reader.text(metric::throttle), throttled},
                         {"State", state_text(reader)},
                         {"PCI Express", link_text(reader)},
                         {"NVLink", links_text(reader, metric::link_up)},
                         {"xGMI", links_text(reader, metric::xgmi_up)},
                         {"ECC errors", ecc_text(reader)},
                         {"Energy", reader.text(metric::energy)}};
  std::erase_if(all, [](const Label& label) { return label.value.empty(); });
  return all;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

/// A dash for what is never told, else the reason in a word.
template <class T, class Show>
std::string or_word(const Reading<T>& reading, const Show& show) {
  if (reading) return show(*reading);
  if (reading.status() == ReadingStatus::unsupported) return "-";
  return std::string(to_string(reading.status()));
}

/// What stands above as the reason of the device's state is not said again.
void put_processes(Page& page, const DeviceSample& sample) {
  const auto& processes = sample.processes;
  if (!processes) {
    // A device that never tells is not worth a line; one that refuses is.
    const Error& error = processes.error();
    if (error.code == Errc::operation_not_supported || error.message == sample.state_reason) return;
    page.label(kIndent, kColumn, {"Processes", error.message, Tone::faint});
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& process : processes->processes) {
    rows.push_back(
        {std::to_string(process.pid), std::string(to_string(process.type)),
         or_dash(process.user.optional().value_or("")),
         or_word(process.memory, [](Bytes size) { return size_text(size); }),
         or_word(process.utilization, [](Ratio share) { return share_text(share.value); }),
         or_dash(process.name.optional().value_or(""))});
  }
  if (!rows.empty()) page.table(kIndent, {"PID", "TYPE", "USER", "MEMORY", "BUSY", "NAME"}, rows);
  for (const Error& problem : processes->problems) {
    if (problem.message != sample.state_reason) page.line(kIndent, problem.message, Tone::faint);
  }
  const std::string hidden = hidden_text(processes->hidden);
  if (!hidden.empty()) page.line(kIndent, hidden, Tone::faint);
}

/// More names than a person reads; JSON has them.
constexpr std::size_t kManyReadings = 24;

bool is_same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void put_missing(Page& page, const DeviceSample& sample) {
  for (const MissingGroup& group : missing_groups(sample.readings)) {
    std::string text = group.count > kManyReadings
                           ? std::to_string(group.count) + " readings, named in --json"
                           : group.names;
    std::string name(spoken(group.status));
    const bool said_of_device = sample.state != DeviceState::ok &&
                                std::string_view(sample.state_reason).ends_with(group.why);
    const bool says_more = !group.why.empty() && !is_same_word(group.why, name) && !said_of_device;
    if (says_more) text.insert(0, ": ").insert(0, group.why);
    const bool helps_more = !group.remedy.empty() && group.remedy != sample.state_remedy;
    if (helps_more) text.append(" (").append(group.remedy).append(")");
    name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    page.label(kIndent, kIndent + 2, {name + ":", text, Tone::faint});
  }
}

void put_device(Page& page, const DeviceSample& sample) {
  const AcceleratorInfo& info = *sample.info;
  const std::string model = model_text(info);
  std::string title = device_number(info) + " ";
  // "NVIDIA NVIDIA H100": many models begin with their maker.
  if (!model.starts_with(info.vendor)) title += info.vendor + " ";
  title += model;
  if (info.pci_address) title += "  " + info.pci_address->text();
  page.line(0, title, Tone::strong);
  page.line(kIndent, info.uuid, Tone::faint);
  if (sample.state != DeviceState::ok) {
    std::string text(to_string(sample.state));
    if (!sample.state_reason.empty()) text += ": " + sample.state_reason;
    page.label(kIndent, kColumn, {"Device", text, Tone::warning});
    if (!sample.state_remedy.empty()) {
      page.label(kIndent, kColumn, {"Remedy", sample.state_remedy, Tone::warning});
    }
  }
  const Reader reader(sample.readings);
  const bool anything_read =
      std::ranges::any_of(sample.readings.entries(),
                          [](const ReadingSet::Entry& entry) { return entry.reading.has_value(); });
  if (anything_read) page.grid(kIndent, labels(reader));
  put_processes(page, sample);
  put_missing(page, sample);
}

}  // namespace

std::string status_text(const StatusReport& report, Look look) {
  Page page(look);
  page.simulated(report.simulated);
  for (const auto& problem : report.problems) {
    page.line(0, "Accelerator detection failed: " + problem.message, Tone::bad);
  }
  if (report.devices.empty() && report.problems.empty()) page.line(0, "No accelerators detected");
  bool first = true;
  for (const auto& sample : report.devices) {
    if (!first) page.blank();
    put_device(page, sample);
    first = false;
  }
  return page.take();
}

}  // namespace accel::render
