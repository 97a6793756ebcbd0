#include "cli/top/arrange.hpp"

#include <algorithm>
#include <cctype>

namespace accel::cli::top {
namespace {

bool is_same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

bool holds(std::string_view text, const std::string& part) {
  return part.empty() || std::search(text.begin(), text.end(), part.begin(), part.end(),
                                     is_same_letter) != text.end();
}

template <class T>
int order(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

/// Below 0 where `a` stands before `b`. What is not known stands last either way.
int order(const Column& column, bool descending, const Subject& a, const Subject& b) {
  const int sign = descending ? -1 : 1;
  if (column.number != nullptr) {
    const Figure x = column.number(a);
    const Figure y = column.number(b);
    if (x.is_known() != y.is_known()) return x.is_known() ? -1 : 1;
    return x.is_known() ? sign * order(x.value, y.value) : 0;
  }
  if (column.word == nullptr) return 0;
  const std::string_view x = column.word(a);
  const std::string_view y = column.word(b);
  if (x.empty() != y.empty()) return x.empty() ? 1 : -1;
  return sign * order(x, y);
}

void sort(std::vector<std::size_t>& rows, const Sample& sample, const View& view, Pane pane) {
  const ListView& list = view.list(pane);
  const auto columns = columns_of(pane);
  const Column& column = columns[std::min(list.sort, columns.size() - 1)];
  std::ranges::stable_sort(rows, [&](std::size_t a, std::size_t b) {
    return order(column, list.descending, subject(sample, pane, a), subject(sample, pane, b)) < 0;
  });
}

bool is_shown(const Sample& sample, const View& view, Pane pane, std::size_t position) {
  const Subject row = subject(sample, pane, position);
  const bool of_marked =
      pane == Pane::devices || view.marked.empty() || view.marked.contains(row.device.key());
  return of_marked && contains(row, view.list(pane).filter);
}

void settle(View& view, Pane pane, const Sample& sample, const std::vector<std::size_t>& rows) {
  ListView& list = view.list(pane);
  if (rows.empty()) {
    list.first = 0;
    return;
  }
  const auto found = std::ranges::find_if(
      rows, [&](std::size_t position) { return key_of(sample, pane, position) == list.selected; });
  if (found != rows.end()) list.place = static_cast<std::size_t>(found - rows.begin());
  list.place = std::min(list.place, rows.size() - 1);
  list.selected = key_of(sample, pane, rows[list.place]);
  const std::size_t room = std::max<std::size_t>(list.rows, 1);
  if (list.place < list.first) list.first = list.place;
  if (list.place >= list.first + room) list.first = list.place - room + 1;
  // No empty lines at the end of a list that goes on above.
  list.first = std::min(list.first, rows.size() - std::min(room, rows.size()));
}

}  // namespace

std::span<const Column> columns_of(Pane pane) {
  return pane == Pane::devices ? device_columns() : program_columns();
}

Subject subject(const Sample& sample, Pane pane, std::size_t position) {
  if (pane == Pane::devices) return {sample, sample.devices[position], nullptr};
  const ProgramRow& program = sample.programs[position];
  return {sample, sample.devices[program.device], &program};
}

std::string key_of(const Sample& sample, Pane pane, std::size_t position) {
  if (pane == Pane::devices) return sample.devices[position].key();
  const ProgramRow& program = sample.programs[position];
  return sample.devices[program.device].key() + "/" + std::to_string(program.pid);
}

bool contains(const Subject& subject, const std::string& text) {
  if (text.empty()) return true;
  const auto columns = subject.program == nullptr ? device_columns() : program_columns();
  const bool in_words = std::ranges::any_of(columns, [&](const Column& column) {
    return column.word != nullptr && holds(column.word(subject), text);
  });
  if (in_words) return true;
  return subject.program == nullptr ? holds(subject.device.uuid, text)
                                    : holds(std::to_string(subject.program->pid), text);
}

Arranged arrange(const Sample& sample, const View& view) {
  Arranged arranged;
  for (std::size_t i = 0; i < sample.devices.size(); ++i) {
    if (is_shown(sample, view, Pane::devices, i)) arranged.devices.push_back(i);
  }
  for (std::size_t i = 0; i < sample.programs.size(); ++i) {
    if (is_shown(sample, view, Pane::programs, i)) arranged.programs.push_back(i);
  }
  sort(arranged.devices, sample, view, Pane::devices);
  sort(arranged.programs, sample, view, Pane::programs);
  return arranged;
}

void settle(View& view, const Sample& sample, const Arranged& arranged) {
  settle(view, Pane::devices, sample, arranged.devices);
  settle(view, Pane::programs, sample, arranged.programs);
}

}  // namespace accel::cli::top
