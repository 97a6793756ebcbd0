#include "cli/top/keys.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace accel::cli::top {
namespace {

using std::chrono::milliseconds;

constexpr std::array kSignals{
    Signal{SIGTERM, "SIGTERM", "asks it to end"},
    Signal{SIGINT, "SIGINT", "as Ctrl-C does"},
    Signal{SIGHUP, "SIGHUP", "as when its terminal closes"},
    Signal{SIGQUIT, "SIGQUIT", "ends it and leaves a core file"},
    Signal{SIGKILL, "SIGKILL", "ends it at once; it cannot clean up"},
    Signal{SIGSTOP, "SIGSTOP", "stops it until SIGCONT"},
    Signal{SIGCONT, "SIGCONT", "lets it go on"},
    Signal{SIGUSR1, "SIGUSR1", "means what the program says"},
    Signal{SIGUSR2, "SIGUSR2", "means what the program says"},
};

constexpr std::array kKeyRows{
    KeyRow{"Up Down", "select a row; Page Up, Page Down, Home, End: go further"},
    KeyRow{"Tab", "go to the other list: devices, programs"},
    KeyRow{"Enter F5", "everything about the selected device, with the reason for what is absent"},
    KeyRow{"Space", "mark the selected device: only the programs of marked devices are shown"},
    KeyRow{"U", "no device is marked any more"},
    KeyRow{"F3 /", "search: select the next row that contains a text; n: the one after"},
    KeyRow{"F4 \\", "filter: show only rows that contain a text"},
    KeyRow{"F6 s", "choose the column to sort by"},
    KeyRow{"I", "sort the other way round"},
    KeyRow{"P M N T", "sort by busy, memory, number, temperature (programs: type)"},
    KeyRow{"F9 k", "send a signal to the selected program, after a question"},
    KeyRow{"g", "show or hide the graphs of the selected device"},
    KeyRow{"p Z", "pause and go on"},
    KeyRow{"+ -", "sample less or more often"},
    KeyRow{"R", "look for devices again"},
    KeyRow{"Ctrl-L", "draw the screen anew"},
    KeyRow{"F1 ? h", "this help"},
    KeyRow{"F10 q", "quit"},
};

constexpr std::array kIntervals{milliseconds(100),  milliseconds(250),  milliseconds(500),
                                milliseconds(1000), milliseconds(2000), milliseconds(5000),
                                milliseconds(10000)};

constexpr char32_t kControlL = 0x0C;

bool is(const Key& key, char32_t character) {
  return key.code == KeyCode::character && key.character == character;
}

bool is_function(const Key& key, int number) {
  return key.code == KeyCode::function && key.number == number;
}

void move_to(ListView& list, std::size_t place) {
  list.place = place;
  // settle() takes the row that is there now.
  list.selected.clear();
}

/// Moves a place by a key that all lists and menus share. False for any other key.
bool moved(const Key& key, std::size_t rows, std::size_t page, std::size_t& place) {
  const std::size_t last = rows == 0 ? 0 : rows - 1;
  page = std::max<std::size_t>(page, 1);
  const auto back = [&](std::size_t by) { place -= std::min(place, by); };
  const auto on = [&](std::size_t by) { place = std::min(last, place + by); };
  if (key.code == KeyCode::up) {
    back(1);
  } else if (key.code == KeyCode::down) {
    on(1);
  } else if (key.code == KeyCode::page_up) {
    back(page);
  } else if (key.code == KeyCode::page_down) {
    on(page);
  } else if (key.code == KeyCode::home) {
    place = 0;
  } else if (key.code == KeyCode::end) {
    place = last;
  } else {
    return false;
  }
  return true;
}

/// The columns that can be sorted by, as numbers.
std::vector<std::size_t> sortable(Pane pane) {
  std::vector<std::size_t> numbers;
  const auto columns = columns_of(pane);
  numbers.reserve(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].is_sortable()) numbers.push_back(i);
  }
  return numbers;
}

void sort_by(View& view, std::size_t column) {
  view.list().sort = column;
  view.list().descending = columns_of(view.pane)[column].falls;
}

void sort_by(View& view, std::string_view heading) {
  const auto columns = columns_of(view.pane);
  const auto found = std::ranges::find(columns, heading, &Column::heading);
  if (found != columns.end()) sort_by(view, static_cast<std::size_t>(found - columns.begin()));
}

void open_sort_menu(View& view) {
  const auto numbers = sortable(view.pane);
  const auto found = std::ranges::find(numbers, view.list().sort);
  view.menu = found == numbers.end() ? 0 : static_cast<std::size_t>(found - numbers.begin());
  view.mode = Mode::sort;
}

/// Selects the next row, that many behind the selected one or more, that contains what is sought.
void search(const Sample& sample, const Arranged& arranged, View& view, std::size_t from) {
  if (view.searched.empty()) return;
  const auto& rows = arranged.of(view.pane);
  for (std::size_t step = 0; step < rows.size(); ++step) {
    const std::size_t place = (view.list().place + from + step) % rows.size();
    if (!contains(subject(sample, view.pane, rows[place]), view.searched)) continue;
    move_to(view.list(), place);
    return;
  }
  view.message = "nothing contains '" + view.searched + "'";
}

void change_interval(View& view, bool longer) {
  if (longer) {
    const auto next = std::ranges::upper_bound(kIntervals, view.interval);
    if (next != kIntervals.end()) view.interval = *next;
  } else {
    const auto here = std::ranges::lower_bound(kIntervals, view.interval);
    if (here != kIntervals.begin()) view.interval = *std::prev(here);
  }
}

void toggle_mark(const Sample& sample, const Arranged& arranged, View& view) {
  const ListView& list = view.list(Pane::devices);
  if (list.place >= arranged.devices.size()) return;
  const std::string key = key_of(sample, Pane::devices, arranged.devices[list.place]);
  if (view.marked.erase(key) == 0) view.marked.insert(key);
}

Wish aim(const Sample& sample, const Arranged& arranged, View& view) {
  if (view.pane == Pane::devices) {
    // What is selected over there may be anything: it is to be looked at first.
    view.pane = Pane::programs;
    view.message = "select the program, then press F9";
    return Wish::nothing;
  }
  const ListView& list = view.list();
  if (list.place >= arranged.programs.size()) {
    view.message = "there is no program to send a signal to";
    return Wish::nothing;
  }
  const ProgramRow& row = sample.programs[arranged.programs[list.place]];
  view.target = {row.pid, 0, row.name, row.user};
  return Wish::identify;
}

void open(View& view, Mode mode) {
  view.mode = mode;
  view.scroll = 0;
  view.typed = mode == Mode::filter ? view.list().filter : std::string();
}

/// Keys that open something; nothing else is open.
bool opened(const Key& key, View& view) {
  if (is_function(key, 1) || is(key, U'?') || is(key, U'h')) {
    open(view, Mode::help);
  } else if (is_function(key, 3) || is(key, U'/')) {
    open(view, Mode::search);
  } else if (is_function(key, 4) || is(key, U'\\')) {
    open(view, Mode::filter);
  } else if (is_function(key, 5) || key.code == KeyCode::enter) {
    open(view, Mode::details);
  } else if (is_function(key, 6) || is(key, U's') || is(key, U'>')) {
    open_sort_menu(view);
  } else {
    return false;
  }
  return true;
}

/// Keys that change how the lists are shown.
void changed(const Key& key, const Sample& sample, const Arranged& arranged, View& view) {
  const bool devices = view.pane == Pane::devices;
  if (key.code == KeyCode::tab || key.code == KeyCode::left || key.code == KeyCode::right) {
    view.pane = devices ? Pane::programs : Pane::devices;
    return;
  }
  if (key.code != KeyCode::character) return;
  switch (key.character) {
    case U' ': toggle_mark(sample, arranged, view); break;
    case U'U': view.marked.clear(); break;
    case U'n': search(sample, arranged, view, 1); break;
    case U'I': view.list().descending = !view.list().descending; break;
    case U'P': sort_by(view, "BUSY"); break;
    case U'M': sort_by(view, "MEMORY"); break;
    case U'N': sort_by(view, devices ? "ID" : "PID"); break;
    case U'T': sort_by(view, devices ? "TEMP" : "TYPE"); break;
    case U'g': view.graphs = !view.graphs; break;
    case U'p':
    case U'Z': view.paused = !view.paused; break;
    case U'+': change_interval(view, true); break;
    case U'-': change_interval(view, false); break;
    case U'R': ++view.rescans; break;
    default: break;
  }
}

Wish in_lists(const Key& key, const Sample& sample, const Arranged& arranged, View& view) {
  if (is_function(key, 10) || is(key, U'q')) return Wish::quit;
  if (is_function(key, 9) || is(key, U'k')) return aim(sample, arranged, view);
  if (opened(key, view)) return Wish::nothing;
  ListView& list = view.list();
  if (std::size_t place = list.place; moved(key, arranged.of(view.pane).size(), list.rows, place)) {
    move_to(list, place);
  } else {
    changed(key, sample, arranged, view);
  }
  return Wish::nothing;
}

/// Help and details: pages to read.
void in_page(const Key& key, View& view) {
  if (moved(key, view.scroll_end + 1, view.list().rows, view.scroll)) return;
  const bool closes = key.code == KeyCode::escape || key.code == KeyCode::enter ||
                      key.code == KeyCode::function || is(key, U'q') || is(key, U'?') ||
                      is(key, U'h');
  if (closes) view.mode = Mode::lists;
}

void append(char32_t character, std::string& text) {
  constexpr std::size_t longest = 64;
  const bool shows = character >= U' ' && (character < 0x7F || character >= 0xA0);
  if (shows && text.size() < longest) append_utf8(character, text);
}

/// The last code point with all its bytes.
void shorten(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) {
    text.pop_back();
  }
  if (!text.empty()) text.pop_back();
}

void in_line(const Key& key, const Sample& sample, const Arranged& arranged, View& view) {
  const bool filters = view.mode == Mode::filter;
  switch (key.code) {
    case KeyCode::character: append(key.character, view.typed); break;
    case KeyCode::backspace: shorten(view.typed); break;
    case KeyCode::escape:
      view.typed.clear();
      view.mode = Mode::lists;
      break;
    case KeyCode::enter: view.mode = Mode::lists; break;
    default: return;
  }
  // Both act while one types, as in htop.
  if (filters) {
    view.list().filter = view.typed;
  } else if (!view.typed.empty()) {
    view.searched = view.typed;
    search(sample, arranged, view, 0);
  }
}

bool leaves_menu(const Key& key, View& view) {
  if (key.code != KeyCode::escape && key.code != KeyCode::function && !is(key, U'q')) return false;
  view.mode = Mode::lists;
  return true;
}

void in_sort_menu(const Key& key, View& view) {
  const auto numbers = sortable(view.pane);
  if (moved(key, numbers.size(), numbers.size(), view.menu) || leaves_menu(key, view)) return;
  if (key.code != KeyCode::enter) return;
  sort_by(view, numbers[std::min(view.menu, numbers.size() - 1)]);
  view.mode = Mode::lists;
}

void in_signal_menu(const Key& key, View& view) {
  if (moved(key, kSignals.size(), kSignals.size(), view.menu)) return;
  if (key.code == KeyCode::enter) {
    view.mode = Mode::confirm;
  } else {
    leaves_menu(key, view);
  }
}

/// Nothing but a plain yes sends anything.
Wish in_question(const Key& key, View& view) {
  view.mode = Mode::lists;
  if (is(key, U'y') || is(key, U'Y')) return Wish::send;
  view.message = "nothing was sent";
  return Wish::nothing;
}

}  // namespace

std::span<const Signal> signals() { return kSignals; }

std::span<const KeyRow> key_rows() { return kKeyRows; }

std::span<const milliseconds> intervals() { return kIntervals; }

void choose_signal(View& view) {
  view.menu = 0;
  view.mode = Mode::signal;
}

View first_view(std::chrono::nanoseconds interval) {
  View view;
  view.interval = interval;
  view.pane = Pane::programs;
  sort_by(view, "BUSY");
  view.pane = Pane::devices;
  return view;
}

Wish press(const Key& key, const Sample& sample, const Arranged& arranged, View& view) {
  view.message.clear();
  if (is(key, kControlL)) return Wish::redraw;
  switch (view.mode) {
    case Mode::lists: return in_lists(key, sample, arranged, view);
    case Mode::help:
    case Mode::details: in_page(key, view); break;
    case Mode::sort: in_sort_menu(key, view); break;
    case Mode::filter:
    case Mode::search: in_line(key, sample, arranged, view); break;
    case Mode::signal: in_signal_menu(key, view); break;
    case Mode::confirm: return in_question(key, view);
  }
  return Wish::nothing;
}

}  // namespace accel::cli::top
