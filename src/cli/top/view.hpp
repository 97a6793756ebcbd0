// How the screen of `accel top` is being looked at: what is selected, sorted, filtered, open. Keys
// change it, and nothing else.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "cli/top/history.hpp"
#include "cli/top/sample.hpp"

namespace accel::cli::top {

/// The two lists; keys go to one of them.
enum class Pane : std::size_t { devices, programs };

/// What the keys mean at the moment.
enum class Mode {
  lists,
  help,
  details,  ///< everything about one device
  sort,     ///< choosing the column to sort by
  filter,   ///< typing what rows must contain
  search,   ///< typing what to select
  signal,   ///< choosing what to send
  confirm,  ///< the question before it is sent
};

/// Where a list stands. The selection follows the row, not its place: rows are named by key.
struct ListView {
  std::string selected;   ///< key of the row
  std::size_t place = 0;  ///< its place when it was last there
  std::size_t first = 0;  ///< place of the row at the top
  std::size_t rows = 1;   ///< how many the screen has room for
  std::size_t sort = 0;   ///< number of the column
  bool descending = false;
  std::string filter;
};

/// A program that a signal is to be sent to, as it was when it was chosen.
struct Target {
  std::int64_t pid = 0;
  std::int64_t started = 0;  ///< by which a later program of the same number is told apart
  std::string name;
  std::string user;
};

struct View {
  Mode mode = Mode::lists;
  Pane pane = Pane::devices;
  std::array<ListView, 2> lists = {};
  std::set<std::string, std::less<>> marked;  ///< devices; none: the programs of all are shown
  bool paused = false;
  bool graphs = true;
  std::chrono::nanoseconds interval = std::chrono::seconds(1);
  std::uint32_t rescans = 0;  ///< how often devices were to be looked for again

  std::string typed;           ///< while a filter or a search is being typed
  std::string searched;        ///< what was searched for last
  std::size_t menu = 0;        ///< place in the menu that is open
  std::size_t scroll = 0;      ///< of help and details
  std::size_t scroll_end = 0;  ///< the last place that there is
  Target target;
  std::string message;  ///< stands in the last line until the next key

  [[nodiscard]] ListView& list() { return lists[static_cast<std::size_t>(pane)]; }
  [[nodiscard]] ListView& list(Pane which) { return lists[static_cast<std::size_t>(which)]; }
  [[nodiscard]] const ListView& list(Pane which) const {
    return lists[static_cast<std::size_t>(which)];
  }
};

/// What there is to look at.
struct Model {
  Sample sample;
  History history;
  bool has_sample = false;
  bool late = false;   ///< no sample came for longer than it should take
  std::string notice;  ///< what happened to the process that reads devices
  std::string hostname;
  std::string time;  ///< of the sample, as people write it
};

/// A view as it is when the program starts.
[[nodiscard]] View first_view(std::chrono::nanoseconds interval);

}  // namespace accel::cli::top
