// Which rows of a sample the lists show, and in what order.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/top/columns.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

/// Positions in the sample, from top to bottom.
struct Arranged {
  std::vector<std::size_t> devices;
  std::vector<std::size_t> programs;

  [[nodiscard]] const std::vector<std::size_t>& of(Pane pane) const {
    return pane == Pane::devices ? devices : programs;
  }
};

[[nodiscard]] Arranged arrange(const Sample& sample, const View& view);

[[nodiscard]] std::span<const Column> columns_of(Pane pane);
/// The row at a position of the sample, for columns to look at.
[[nodiscard]] Subject subject(const Sample& sample, Pane pane, std::size_t position);
/// Names a row over samples.
[[nodiscard]] std::string key_of(const Sample& sample, Pane pane, std::size_t position);
/// Whether a row contains the text, in any case, in one of the columns that hold words.
[[nodiscard]] bool contains(const Subject& subject, const std::string& text);

/// Brings the selection of both lists back onto rows that there are, and these onto the screen.
void settle(View& view, const Sample& sample, const Arranged& arranged);

}  // namespace accel::cli::top
