#include "cli/top/lists.hpp"

#include <algorithm>
#include <cmath>

namespace accel::cli::top {
namespace {

constexpr char32_t kUp = 0x25B2;
constexpr char32_t kDown = 0x25BC;

void draw_heading(const View& view, const ListLook& look, std::span<const Placed> places,
                  Frame& frame) {
  if (look.heading.rows == 0) return;
  const std::size_t row = look.heading.first;
  const bool focused = look.lively && view.pane == look.pane;
  const Style style = focused ? Style::focus : Style::heading;
  frame.paint(row, style);
  const ListView& list = view.list(look.pane);
  const auto columns = columns_of(look.pane);
  const Column* sorted = &columns[std::min(list.sort, columns.size() - 1)];
  for (const Placed& place : places) {
    const bool marked = look.lively && place.column == sorted;
    // The arrow takes the place of the gap where the heading fills its column.
    if (place.column->right) {
      frame.put_right(row, place.start + place.width, place.column->heading, style, place.width);
    } else {
      frame.put(row, place.start, place.column->heading, style, place.width);
    }
    if (!marked) continue;
    const std::size_t after = place.column->right ? place.start + place.width
                                                  : place.start + place.column->heading.size();
    frame.put_glyph(row, after, list.descending ? kDown : kUp, style);
  }
}

bool says_something(const Column& column, const Subject& subject) {
  if (column.number != nullptr) return column.number(subject).is_known();
  return column.word != nullptr && !column.word(subject).empty();
}

/// The columns of a list but those that few people need and that no row fills.
std::vector<const Column*> useful_columns(const Sample& sample, const ListLook& look,
                                          const std::vector<std::size_t>& rows) {
  std::vector<const Column*> useful;
  for (const Column& column : columns_of(look.pane)) {
    const bool history = column.show == nullptr;
    const bool there =
        history ? look.lively
                : column.is_always_there() || std::ranges::any_of(rows, [&](std::size_t position) {
                    return says_something(column, subject(sample, look.pane, position));
                  });
    if (there) useful.push_back(&column);
  }
  return useful;
}

/// Whether there is anything to put into the columns of a device.
bool says_nothing(const DeviceRow& row) {
  return row.state != DeviceState::ok &&
         std::ranges::none_of(row.figures, [](const Figure& figure) { return figure.is_known(); });
}

std::string state_text(const DeviceRow& row) {
  std::string text(to_string(row.state));
  if (!row.reason.empty()) text += ": " + row.reason;
  return text;
}

/// The last shares of a series, the latest at the right. A gap stays empty.
void draw_trace(const Series& shares, std::size_t row, const Placed& place, Frame& frame) {
  const std::size_t count = std::min(place.width, shares.size());
  for (std::size_t ago = 0; ago < count; ++ago) {
    const double share = shares.at(ago);
    if (std::isnan(share)) continue;
    const double level = std::clamp(share * kBlocks, 0.0, kBlocks - 1);
    frame.put_glyph(row, place.start + place.width - 1 - ago,
                    kLowestBlock + static_cast<char32_t>(level), Style::trace);
  }
}

void draw_row(const Model& model, const Subject& subject, std::span<const Placed> places,
              std::size_t row, Frame& frame) {
  const bool silent = subject.program == nullptr && says_nothing(subject.device);
  for (const Placed& place : places) {
    const Column& column = *place.column;
    // A device that is asleep or hung says so in place of its figures.
    if (silent && column.heading == "BUSY") {
      frame.put(row, place.start, state_text(subject.device), Style::warning);
      return;
    }
    if (column.show == nullptr) {
      const Series* busy = model.history.find(subject.device.key(), Trend::busy);
      if (busy != nullptr) draw_trace(*busy, row, place, frame);
      continue;
    }
    const Entry entry = column.show(subject);
    if (column.right) {
      frame.put_right(row, place.start + place.width, entry.text, entry.style, place.width);
    } else {
      frame.put(row, place.start, entry.text, entry.style, place.width);
    }
  }
}

/// Why a list is empty.
std::string emptiness(const Model& model, const View& view, Pane pane) {
  if (!model.has_sample) return "looking for devices ...";
  if (!view.list(pane).filter.empty()) return "nothing contains '" + view.list(pane).filter + "'";
  if (pane == Pane::devices) return "No accelerators detected";
  const auto& devices = model.sample.devices;
  const bool none_tells = !devices.empty() && std::ranges::all_of(devices, [](const auto& row) {
    return !row.no_programs.empty();
  });
  if (none_tells) return "not told: " + devices.front().no_programs;
  return model.sample.hidden.empty() ? "no programs" : model.sample.hidden;
}

}  // namespace

void draw_list(const Model& model, const Arranged& arranged, const View& view, const ListLook& look,
               Frame& frame) {
  const auto& rows = arranged.of(look.pane);
  const auto places = placed(useful_columns(model.sample, look, rows), frame.size().columns);
  draw_heading(view, look, places, frame);
  const ListView& list = view.list(look.pane);
  const std::size_t first = look.lively ? list.first : 0;
  if (rows.empty() && look.rows.rows > 0) {
    frame.put(look.rows.first, 1, emptiness(model, view, look.pane), Style::faint);
  }
  std::size_t i = 0;
  for (; i < look.rows.rows && first + i < rows.size(); ++i) {
    const std::size_t row = look.rows.first + i;
    const Subject one = subject(model.sample, look.pane, rows[first + i]);
    draw_row(model, one, places, row, frame);
    const bool selected = look.lively && first + i == list.place;
    if (selected && view.pane == look.pane) frame.paint(row, Style::selected);
    const bool marked = look.pane == Pane::devices && view.marked.contains(one.device.key());
    if (marked) frame.put_glyph(row, 0, U'*', selected ? Style::selected : Style::mark);
  }
  const bool has_rest = look.pane == Pane::programs && !rows.empty() && i < look.rows.rows;
  if (has_rest) frame.put(look.rows.first + i, 1, model.sample.hidden, Style::faint);
}

}  // namespace accel::cli::top
