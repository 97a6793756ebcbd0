// What keys do to the view: a pure step from one state to the next.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "cli/top/arrange.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

enum class KeyCode : std::uint8_t {
  none,
  character,
  up,
  down,
  left,
  right,
  page_up,
  page_down,
  home,
  end,
  enter,
  escape,
  backspace,
  tab,
  function,  ///< Key::number tells which
};

struct Key {
  KeyCode code = KeyCode::none;
  char32_t character = 0;
  int number = 0;  ///< 1 for F1
};

/// What a key asks for beyond a change of the view.
enum class Wish {
  nothing,
  quit,
  redraw,    ///< the whole screen anew: something else has written on it
  identify,  ///< look up View::target, whose pid is set, before a signal can be chosen
  send,      ///< send signal kSignals[View::menu] to View::target
};

struct Signal {
  int number;
  std::string_view name;
  std::string_view meaning;
};
[[nodiscard]] std::span<const Signal> signals();

/// A row of help: the keys, and what they do.
struct KeyRow {
  std::string_view keys;
  std::string_view meaning;
};
[[nodiscard]] std::span<const KeyRow> key_rows();

/// The intervals that + and - go through.
[[nodiscard]] std::span<const std::chrono::milliseconds> intervals();

/// `arranged` is what the lists show, of `sample`.
[[nodiscard]] Wish press(const Key& key, const Sample& sample, const Arranged& arranged,
                         View& view);

/// Opens the choice of signals for View::target, which has been identified.
void choose_signal(View& view);

}  // namespace accel::cli::top
