#include "cli/top/columns.hpp"

#include <algorithm>
#include <array>

#include "render/amount.hpp"

namespace accel::cli::top {
namespace {

// The default rules of alerts: from here on a figure is worth a look.
constexpr double kWarm = 80;  // degrees
constexpr double kHot = 90;
constexpr double kNearPowerLimit = 0.90;
constexpr double kNearlyFull = 0.85;

std::string rounded(double number) { return render::rounded(number, 0); }

/// A text with the sign that it is not fresh, where it is not.
Entry known(std::string text, const Figure& figure, Style style = Style::plain) {
  if (figure.status == ReadingStatus::stale) return {text + "*", Style::faint};
  return {std::move(text), style};
}

Entry absent(const Figure& figure) {
  return {std::string(absence_word(figure.status)), Style::faint};
}

Entry clock(const Figure& figure) {
  if (!figure.is_known()) return absent(figure);
  return known(rounded(figure.value / 1e6) + " MHz", figure);
}

/// "62.1/79.6 GiB": both in the unit of the second.
Entry memory(const DeviceRow& row) {
  const Figure& used = row[Gauge::memory_used];
  const Figure& total = row[Gauge::memory_total];
  if (!used.is_known() || !total.is_known()) return size(used);
  const std::string whole = render::size_text(bytes(static_cast<std::int64_t>(total.value)));
  constexpr std::array<std::pair<std::string_view, double>, 5> units{
      {{" TiB", 1024.0 * 1024 * 1024 * 1024},
       {" GiB", 1024.0 * 1024 * 1024},
       {" MiB", 1024.0 * 1024},
       {" KiB", 1024.0},
       {" B", 1.0}}};
  for (const auto& [symbol, factor] : units) {
    if (!whole.ends_with(symbol)) continue;
    return known(render::rounded(used.value / factor, 1) + "/" + whole, used,
                 used.value >= kNearlyFull * total.value ? Style::warning : Style::plain);
  }
  return size(used);
}

Entry memory_part(const DeviceRow& row) {
  const Figure part = memory_share(row);
  Entry entry = share(part);
  if (part.is_known() && part.value >= kNearlyFull) entry.style = Style::warning;
  return entry;
}

/// The model without its maker's name, which has a column of its own.
std::string_view short_model(const DeviceRow& row) {
  std::string_view model = row.model;
  if (model.starts_with(row.vendor + " ")) model.remove_prefix(row.vendor.size() + 1);
  return model;
}

std::string number(const DeviceRow& row) {
  std::string text = std::to_string(row.number);
  if (row.partition >= 0) text += "." + std::to_string(row.partition);
  return text;
}

/// Only for sorting: a partition follows its device.
Figure number_figure(const Subject& s) {
  return {s.device.number + (s.device.partition + 1) / 1e6, ReadingStatus::ok};
}

Entry throttle(const DeviceRow& row) {
  if (row.throttle.empty()) {
    const bool none = row.throttle_status == ReadingStatus::ok;
    return {none ? "no" : std::string(absence_word(row.throttle_status)), Style::faint};
  }
  std::string text;
  for (const auto& reason : row.throttle) text += (text.empty() ? "" : ", ") + reason;
  return {std::move(text), Style::warning};
}

std::string_view first_throttle(const Subject& s) {
  return s.device.throttle.empty() ? std::string_view() : std::string_view(s.device.throttle[0]);
}

Entry text_or_dash(const std::string& text) {
  return text.empty() ? Entry{"-", Style::faint} : Entry{text};
}

std::string_view type_word(ProcessType type) {
  switch (type) {
    case ProcessType::compute: return "compute";
    case ProcessType::graphics: return "graphics";
    case ProcessType::compute_and_graphics: return "both";
    case ProcessType::mps: return "mps";
    case ProcessType::unknown: return "-";
  }
  return "";
}

/// The whole command line where it can be seen.
std::string_view command(const ProgramRow& row) {
  return row.command.empty() ? row.name : row.command;
}

template <Gauge Which>
Figure device_figure(const Subject& s) {
  return s.device[Which];
}
template <Gauge Which>
Entry device_share(const Subject& s) {
  return share(s.device[Which]);
}
template <Figure ProgramRow::*Which>
Figure program_figure(const Subject& s) {
  return s.program->*Which;
}
template <Figure ProgramRow::*Which>
Entry program_share(const Subject& s) {
  return share(s.program->*Which);
}

/// Memory of a program as a share of the device's.
Figure program_part(const Subject& s) {
  const Figure& used = s.program->memory;
  const Figure& total = s.device[Gauge::memory_total];
  if (!used.is_known()) return used;
  if (!total.is_known()) return total;
  if (total.value <= 0) return {};
  return {used.value / total.value, used.status};
}

using S = const Subject&;

// clang-format off
constexpr std::array kDeviceColumns{
    Column{"ID", "number, as --device takes it", 3, 5, 0, true,
           [](S s) { return Entry{number(s.device), Style::strong}; }, number_figure},
    Column{"DEVICE", "model", 14, 26, 0, false,
           [](S s) { return Entry{std::string(short_model(s.device))}; }, nullptr,
           [](S s) { return short_model(s.device); }},
    Column{"BUSY", "share of time in which work ran", 5, 5, 1, true,
           device_share<Gauge::busy>, device_figure<Gauge::busy>, nullptr, true},
    Column{"TREND", "busy over the last samples, the latest at the right", 5, 80, 6, false,
           nullptr},
    Column{"MEMORY", "device memory in use, of what there is", 13, 15, 4, true,
           [](S s) { return memory(s.device); }, device_figure<Gauge::memory_used>, nullptr, true},
    Column{"MEM", "the same as a share", 5, 5, 2, true,
           [](S s) { return memory_part(s.device); },
           [](S s) { return memory_share(s.device); }, nullptr, true},
    Column{"TEMP", "temperature", 5, 5, 2, true,
           [](S s) { return degrees(s.device[Gauge::temperature]); },
           device_figure<Gauge::temperature>, nullptr, true},
    Column{"POWER", "power, of its limit", 10, 12, 3, true,
           [](S s) { return watts(s.device[Gauge::power], s.device[Gauge::power_limit]); },
           device_figure<Gauge::power>, nullptr, true},
    Column{"THROTTLED", "what reduces performance now", 12, 28, 5, false,
           [](S s) { return throttle(s.device); }, nullptr, first_throttle, true},
    Column{"CLOCK", "clock of the engines", 8, 8, 7, true,
           [](S s) { return clock(s.device[Gauge::clock]); }, device_figure<Gauge::clock>, nullptr,
           true},
    Column{"FAN", "fan speed, of the fastest", 5, 5, 8, true,
           device_share<Gauge::fan>, device_figure<Gauge::fan>, nullptr, true},
    Column{"TRAFFIC", "share of time in which memory was read or written", 7, 7, 9, true,
           device_share<Gauge::memory_controller>, device_figure<Gauge::memory_controller>, nullptr,
           true},
    Column{"ENC", "video encoder busy", 5, 5, 10, true,
           device_share<Gauge::encoder>, device_figure<Gauge::encoder>, nullptr, true},
    Column{"DEC", "video decoder busy", 5, 5, 10, true,
           device_share<Gauge::decoder>, device_figure<Gauge::decoder>, nullptr, true},
    Column{"PCIE RX", "received over PCI Express", 12, 12, 11, true,
           [](S s) { return rate(s.device[Gauge::pcie_rx]); }, device_figure<Gauge::pcie_rx>,
           nullptr, true, true},
    Column{"PCIE TX", "sent over PCI Express", 12, 12, 11, true,
           [](S s) { return rate(s.device[Gauge::pcie_tx]); }, device_figure<Gauge::pcie_tx>,
           nullptr, true, true},
    Column{"MEM CLK", "clock of the memory", 8, 8, 12, true,
           [](S s) { return clock(s.device[Gauge::clock_memory]); },
           device_figure<Gauge::clock_memory>, nullptr, true},
    Column{"MEM TEMP", "temperature of the memory", 8, 8, 13, true,
           [](S s) { return degrees(s.device[Gauge::temperature_memory]); },
           device_figure<Gauge::temperature_memory>, nullptr, true},
    Column{"ADDRESS", "place on the PCI bus", 12, 12, 14, false,
           [](S s) { return text_or_dash(s.device.address); }, nullptr,
           [](S s) { return std::string_view(s.device.address); }},
    Column{"VENDOR", "maker", 6, 12, 15, false,
           [](S s) { return Entry{s.device.vendor}; }, nullptr,
           [](S s) { return std::string_view(s.device.vendor); }},
};

constexpr std::array kProgramColumns{
    Column{"PID", "process number, as the host counts", 7, 10, 0, true,
           [](S s) { return Entry{std::to_string(s.program->pid), Style::strong}; },
           [](S s) { return Figure{static_cast<double>(s.program->pid), ReadingStatus::ok}; }},
    Column{"USER", "whose it is", 8, 14, 3, false,
           [](S s) { return text_or_dash(s.program->user); }, nullptr,
           [](S s) { return std::string_view(s.program->user); }},
    Column{"ID", "the device", 3, 5, 1, true,
           [](S s) { return Entry{number(s.device)}; }, number_figure},
    Column{"TYPE", "what it uses the device for", 8, 8, 6, false,
           [](S s) { return Entry{std::string(type_word(s.program->type))}; }, nullptr,
           [](S s) { return type_word(s.program->type); }},
    Column{"BUSY", "share of the device's compute time", 5, 5, 1, true,
           program_share<&ProgramRow::busy>, program_figure<&ProgramRow::busy>, nullptr, true},
    Column{"MEMORY", "device memory that it holds", 10, 10, 1, true,
           [](S s) { return size(s.program->memory); }, program_figure<&ProgramRow::memory>, nullptr,
           true},
    Column{"MEM", "the same as a share of the device's", 5, 5, 4, true,
           [](S s) { return share(program_part(s)); }, program_part, nullptr, true},
    Column{"ENC", "share of the video encoder", 5, 5, 7, true,
           program_share<&ProgramRow::encoder>, program_figure<&ProgramRow::encoder>, nullptr, true},
    Column{"DEC", "share of the video decoder", 5, 5, 7, true,
           program_share<&ProgramRow::decoder>, program_figure<&ProgramRow::decoder>, nullptr, true},
    Column{"CONTAINER", "the container it runs in", 12, 14, 8, false,
           [](S s) { return text_or_dash(s.program->container); }, nullptr,
           [](S s) { return std::string_view(s.program->container); }},
    Column{"POD", "the pod of Kubernetes it runs in", 12, 24, 9, false,
           [](S s) { return text_or_dash(s.program->pod); }, nullptr,
           [](S s) { return std::string_view(s.program->pod); }},
    Column{"JOB", "the job of Slurm it belongs to", 8, 12, 10, false,
           [](S s) { return text_or_dash(s.program->job); }, nullptr,
           [](S s) { return std::string_view(s.program->job); }},
    Column{"COMMAND", "the program with its arguments", 16, 400, 0, false,
           [](S s) { return text_or_dash(std::string(command(*s.program))); }, nullptr,
           [](S s) { return command(*s.program); }},
};
// clang-format on

constexpr std::size_t kGap = 1;

}  // namespace

std::span<const Column> device_columns() { return kDeviceColumns; }

std::span<const Column> program_columns() { return kProgramColumns; }

std::string_view absence_word(ReadingStatus status) {
  switch (status) {
    case ReadingStatus::no_permission: return "perm";
    case ReadingStatus::asleep: return "sleep";
    case ReadingStatus::hung: return "hung";
    case ReadingStatus::lost: return "lost";
    case ReadingStatus::error: return "error";
    case ReadingStatus::pending: return "wait";
    default: return "-";
  }
}

Entry share(const Figure& figure) {
  if (!figure.is_known()) return absent(figure);
  return known(rounded(figure.value * 100) + "%", figure);
}

Entry degrees(const Figure& figure) {
  if (!figure.is_known()) return absent(figure);
  const Style style = figure.value >= kHot    ? Style::bad
                      : figure.value >= kWarm ? Style::warning
                                              : Style::plain;
  return known(rounded(figure.value) + "°C", figure, style);
}

Entry watts(const Figure& figure, const Figure& limit) {
  if (!figure.is_known()) return absent(figure);
  if (!limit.is_known()) return known(rounded(figure.value) + " W", figure);
  const bool near = figure.value >= kNearPowerLimit * limit.value;
  return known(rounded(figure.value) + "/" + rounded(limit.value) + " W", figure,
               near ? Style::warning : Style::plain);
}

Entry size(const Figure& figure) {
  if (!figure.is_known()) return absent(figure);
  return known(render::size_text(bytes(static_cast<std::int64_t>(figure.value))), figure);
}

Entry rate(const Figure& figure) {
  if (!figure.is_known()) return absent(figure);
  return known(render::size_text(bytes(static_cast<std::int64_t>(figure.value))) + "/s", figure);
}

bool has_room_for_slow(std::size_t width) {
  std::array<const Column*, kDeviceColumns.size()> all{};
  std::ranges::transform(kDeviceColumns, all.begin(), [](const Column& column) { return &column; });
  const auto places = placed(all, width);
  return std::ranges::any_of(places, [](const Placed& place) { return place.column->slow; });
}

std::vector<Placed> placed(std::span<const Column* const> columns, std::size_t width) {
  std::vector<Placed> places;
  places.reserve(columns.size());
  std::size_t taken = 0;
  // The first that does not fit ends it: what is left out is always the least important.
  std::vector<const Column*> wanted(columns.begin(), columns.end());
  std::ranges::stable_sort(wanted, {}, &Column::rank);
  std::size_t count = 0;
  while (count < wanted.size()) {
    const std::size_t more = wanted[count]->least + (count == 0 ? 0 : kGap);
    if (count > 0 && taken + more > width) break;
    taken += more;
    ++count;
  }
  wanted.resize(count);
  for (const Column* column : columns) {
    if (std::ranges::find(wanted, column) == wanted.end()) continue;
    places.push_back({column, 0, column->least});
  }
  std::size_t spare = width > taken ? width - taken : 0;
  for (const Column* column : wanted) {
    const auto place = std::ranges::find(places, column, &Placed::column);
    const std::size_t more = std::min(spare, column->most - column->least);
    place->width += more;
    spare -= more;
  }
  std::size_t start = 0;
  for (Placed& place : places) {
    place.start = start;
    start += place.width + kGap;
  }
  return places;
}

}  // namespace accel::cli::top
