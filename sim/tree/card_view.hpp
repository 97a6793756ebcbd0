// What a writer of a card's files looks at, and where the files go.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "../model/node.hpp"

namespace accel::sim {

/// One card at one moment. The caller holds the node's lock.
struct CardView {
  CardView(const Node& where, const Card& which)
      : node(where),
        card(which),
        gpu(which.gpu),
        board(board_of(where, which.gpu)),
        product(product_of(where, which)) {}

  const Node& node;
  const Card& card;
  const Gpu& gpu;
  const Board& board;
  const CardProduct& product;

  /// ns since the scenario began
  [[nodiscard]] std::int64_t elapsed() const { return gpu.advanced_to - node.clock.started; }
};

/// Takes files that change. Names are relative to the folder of the PCI function.
class FileSink {
 public:
  FileSink() = default;
  virtual ~FileSink() = default;
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  virtual void put(const std::string& name, std::string_view content) = 0;

  void put(const std::string& name, std::int64_t number) {
    put(name, std::to_string(number) + '\n');
  }
};

/// A row of a table of files that hold one number each.
struct NumberFile {
  std::string_view name;
  std::int64_t (*value)(const CardView& view);
};

/// The nearest whole number.
inline std::int64_t whole(double value) { return std::llround(value); }

/// Millidegrees, in whole degrees as most firmware counts.
inline std::int64_t millidegrees(double celsius) { return whole(celsius) * 1000; }

}  // namespace accel::sim
