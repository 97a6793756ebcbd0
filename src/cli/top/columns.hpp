// The columns of the two lists, one row each: what they are called, show and sort by, and which of
// them give way when the screen is narrow.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/top/frame.hpp"
#include "cli/top/history.hpp"
#include "cli/top/sample.hpp"

namespace accel::cli::top {

/// What one cell of a list says.
struct Entry {
  std::string text;
  Style style = Style::plain;
};

/// A row with what its columns may look at.
struct Subject {
  const Sample& sample;
  const DeviceRow& device;
  const ProgramRow* program;  ///< null in the list of devices
};

inline constexpr unsigned kLastUsualRank = 6;

struct Column {
  std::string_view heading;
  std::string_view meaning;  ///< for help and the sort menu
  std::size_t least;         ///< columns of the screen, where it is shown at all
  std::size_t most;
  unsigned rank;  ///< the highest goes first when there is not room for all
  bool right;     ///< numbers stand at the right
  /// Null for the column that holds history.
  Entry (*show)(const Subject& subject);
  // What it is sorted by: one of these; neither where nobody sorts by it.
  Figure (*number)(const Subject& subject) = nullptr;
  std::string_view (*word)(const Subject& subject) = nullptr;
  bool falls = false;  ///< sorted by it, the largest stands first unless asked otherwise
  bool slow = false;   ///< of some devices takes long to read, and is not read where nobody sees it

  /// Whether it is there even when it says nothing of any row.
  [[nodiscard]] bool is_always_there() const { return rank <= kLastUsualRank; }
  [[nodiscard]] bool is_sortable() const { return number != nullptr || word != nullptr; }
};

[[nodiscard]] std::span<const Column> device_columns();
[[nodiscard]] std::span<const Column> program_columns();

/// A column with the place it got.
struct Placed {
  const Column* column;
  std::size_t start;
  std::size_t width;
};

/// Those of the columns that fit into `width`, from left to right, wider where there is room.
[[nodiscard]] std::vector<Placed> placed(std::span<const Column* const> columns, std::size_t width);

/// Whether the columns of what takes long to read fit into a list of devices that wide.
[[nodiscard]] bool has_room_for_slow(std::size_t width);

/// The figure with its unit, or a word for why there is none.
[[nodiscard]] Entry share(const Figure& figure);
[[nodiscard]] Entry degrees(const Figure& figure);
[[nodiscard]] Entry watts(const Figure& figure, const Figure& limit);
[[nodiscard]] Entry size(const Figure& figure);
[[nodiscard]] Entry rate(const Figure& figure);
/// "-", "perm", "hung": at most five letters.
[[nodiscard]] std::string_view absence_word(ReadingStatus status);

}  // namespace accel::cli::top
