#include "cli/top/draw.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/number.hpp"
#include "cli/top/graphs.hpp"
#include "cli/top/keys.hpp"
#include "cli/top/layout.hpp"
#include "cli/top/lists.hpp"
#include "cli/top/overlay.hpp"
#include "render/amount.hpp"

namespace accel::cli::top {
namespace {

std::string counted(std::size_t count, std::string_view thing) {
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

/// What all devices draw together, and how many of them tell.
std::string power_text(const Sample& sample) {
  double sum = 0;
  std::size_t known = 0;
  for (const DeviceRow& row : sample.devices) {
    // A partition's power is its device's.
    if (row.partition >= 0 || !row[Gauge::power].is_known()) continue;
    sum += row[Gauge::power].value;
    ++known;
  }
  if (known == 0) return {};
  const auto whole = static_cast<std::size_t>(std::ranges::count_if(
      sample.devices, [](const DeviceRow& row) { return row.partition < 0; }));
  std::string text = render::rounded(sum, 0) + " W";
  if (known < whole) text += " (of " + std::to_string(known) + ")";
  return text;
}

std::string interval_text(std::chrono::nanoseconds interval) {
  const double seconds = std::chrono::duration<double>(interval).count();
  return "every " + base::number_text(seconds) + " s";
}

/// `pace`: how often it is renewed, where it is.
void draw_title(const Model& model, const View& view, const std::string& pace, const Band& band,
                Frame& frame) {
  if (band.rows == 0) return;
  const Sample& sample = model.sample;
  std::size_t at = frame.put(band.first, 1, "accel top", Style::strong);
  if (!model.hostname.empty()) at = frame.put(band.first, at + 2, model.hostname);
  if (!sample.simulated.empty()) {
    at = frame.put(band.first, at + 2, "SIMULATED " + sample.simulated, Style::mark);
  }
  if (view.paused) at = frame.put(band.first, at + 2, "PAUSED", Style::mark);
  if (!model.has_sample) return;
  const std::string right = pace + "  " + model.time;
  const std::size_t end = frame.size().columns;
  const std::size_t room = end > text_width(right) + 2 ? end - text_width(right) - 2 : 0;
  for (const std::string& part : {counted(sample.devices.size(), "device"),
                                  counted(sample.programs.size(), "program"), power_text(sample)}) {
    if (part.empty() || at + 2 + part.size() > room) continue;
    at = frame.put(band.first, at + 2, part);
  }
  if (at <= room) frame.put_right(band.first, end - 1, right, Style::faint, end);
}

std::string problem_text(const Model& model) {
  if (!model.notice.empty()) return model.notice;
  if (model.late) return "the drivers have not answered since " + model.time;
  if (model.sample.problems.empty()) return {};
  std::string text = model.sample.problems.front();
  const std::size_t more = model.sample.problems.size() - 1;
  if (more > 0) text += " (and " + std::to_string(more) + " more: see accel doctor)";
  return text;
}

const DeviceRow* selected_device(const Model& model, const Arranged& arranged, const View& view) {
  const std::size_t place = view.list(Pane::devices).place;
  if (place >= arranged.devices.size()) return nullptr;
  return &model.sample.devices[arranged.devices[place]];
}

void draw_about(const DeviceRow& device, const Band& band, Frame& frame) {
  if (band.rows == 0) return;
  std::size_t at = frame.put(band.first, 1, "[" + std::to_string(device.number), Style::strong);
  if (device.partition >= 0) {
    at = frame.put(band.first, at, "." + std::to_string(device.partition), Style::strong);
  }
  at = frame.put(band.first, at, "] " + device.model, Style::strong);
  if (!device.address.empty()) at = frame.put(band.first, at + 2, device.address);
  if (device.state != DeviceState::ok) {
    std::string why(to_string(device.state));
    if (!device.reason.empty()) why += ": " + device.reason;
    if (!device.remedy.empty()) why += " (" + device.remedy + ")";
    frame.put(band.first, at + 2, why, Style::warning);
    return;
  }
  frame.put(band.first, at + 2, device.uuid, Style::faint);
}

struct Shortcut {
  std::string_view key;
  std::string_view label;
};

constexpr std::array kShortcuts{
    Shortcut{"F1", "Help"},  Shortcut{"F3", "Search"},      Shortcut{"F4", "Filter"},
    Shortcut{"F5", "About"}, Shortcut{"F6", "Sort"},        Shortcut{"F9", "Signal"},
    Shortcut{"F10", "Quit"}, Shortcut{"Tab", "Other list"}, Shortcut{"p", "Pause"},
    Shortcut{"g", "Graphs"}, Shortcut{"Space", "Mark"},
};

void draw_shortcuts(std::size_t row, Frame& frame) {
  std::size_t at = 0;
  for (const Shortcut& shortcut : kShortcuts) {
    if (at + shortcut.key.size() + shortcut.label.size() + 1 > frame.size().columns) break;
    at = frame.put(row, at, shortcut.key, Style::key);
    at = frame.put(row, at, shortcut.label, Style::label);
    at = frame.put(row, at, " ", Style::label);
  }
}

std::string line_text(const View& view) {
  switch (view.mode) {
    case Mode::filter: return "Filter: " + view.typed + "_";
    case Mode::search: return "Search: " + view.typed + "_";
    case Mode::confirm: {
      const Signal& signal = signals()[std::min(view.menu, signals().size() - 1)];
      std::string text = "Send " + std::string(signal.name) + " to " +
                         std::to_string(view.target.pid) + " " + view.target.name;
      if (!view.target.user.empty()) text += " of " + view.target.user;
      return text + "? Only y sends it: ";
    }
    case Mode::help:
    case Mode::details: return "Esc: back   Up Down PgUp PgDn: scroll";
    case Mode::sort:
    case Mode::signal: return "Enter: choose   Esc: back";
    case Mode::lists: break;
  }
  return view.message;
}

void draw_keys(const View& view, const Band& band, Frame& frame) {
  if (band.rows == 0) return;
  const std::string line = line_text(view);
  if (line.empty()) {
    draw_shortcuts(band.first, frame);
  } else {
    frame.put(band.first, 0, line, view.mode == Mode::confirm ? Style::bad : Style::strong);
  }
}

/// Where no line is left for keys, a question must stand all the same.
void draw_last_line(const View& view, const Layout& all, Frame& frame) {
  Band band = all.keys;
  if (band.rows == 0 && frame.size().rows > 0 && !line_text(view).empty()) {
    band = {frame.size().rows - 1, 1};
    frame.clear(band.first, 0, {1, frame.size().columns});
  }
  draw_keys(view, band, frame);
}

}  // namespace

void draw(const Model& model, const Arranged& arranged, View& view, Frame& frame) {
  const std::string problem = problem_text(model);
  const Layout all = layout(frame.size().rows, {arranged.devices.size(), arranged.programs.size(),
                                                view.graphs, !problem.empty()});
  view.list(Pane::devices).rows = all.devices.rows;
  view.list(Pane::programs).rows = all.programs.rows;
  settle(view, model.sample, arranged);

  draw_title(model, view, interval_text(view.interval), all.title, frame);
  if (all.problem.rows > 0) frame.put(all.problem.first, 1, problem, Style::bad);
  draw_list(model, arranged, view, {Pane::devices, all.devices_heading, all.devices}, frame);
  if (const DeviceRow* device = selected_device(model, arranged, view)) {
    draw_about(*device, all.about, frame);
    draw_graphs(*device, model.history, all.graphs, frame);
  }
  draw_list(model, arranged, view, {Pane::programs, all.programs_heading, all.programs}, frame);
  draw_overlay(model, view, frame);
  draw_last_line(view, all, frame);
}

std::string text_of(const Model& model, std::size_t width, bool unicode) {
  const View view = first_view(std::chrono::seconds(1));
  const Arranged arranged = arrange(model.sample, view);
  const std::string problem = problem_text(model);
  const std::size_t devices = std::max<std::size_t>(arranged.devices.size(), 1);
  const std::size_t more = model.sample.hidden.empty() ? 0 : 1;
  const std::size_t programs = std::max<std::size_t>(arranged.programs.size() + more, 1);
  Layout all;
  std::size_t next = 0;
  const auto take = [&next](Band& band, std::size_t rows) {
    band = {next, rows};
    next += rows;
  };
  take(all.title, 1);
  take(all.problem, problem.empty() ? 0 : 1);
  take(all.devices_heading, 1);
  take(all.devices, devices);
  ++next;  // A blank line.
  take(all.programs_heading, 1);
  take(all.programs, programs);

  Frame frame;
  frame.reset({next, width}, unicode);
  draw_title(model, view, {}, all.title, frame);
  if (!problem.empty()) frame.put(all.problem.first, 1, problem);
  draw_list(model, arranged, view, {Pane::devices, all.devices_heading, all.devices, false}, frame);
  draw_list(model, arranged, view, {Pane::programs, all.programs_heading, all.programs, false},
            frame);
  return frame.text();
}

}  // namespace accel::cli::top
