#include "cli/top/graphs.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/top/columns.hpp"
#include "render/amount.hpp"

namespace accel::cli::top {
namespace {

constexpr std::size_t kLeastWidth = 38;
constexpr char32_t kLine = 0x2500;

struct Graph {
  const Series& series;
  std::string_view name;
  std::string now;
  double full;  ///< what the top of the graph stands for
  std::string full_text;
};

double highest(const Series& series) {
  double most = 0;
  for (std::size_t ago = 0; ago < series.size(); ++ago) {
    if (!std::isnan(series.at(ago))) most = std::max(most, series.at(ago));
  }
  return most;
}

/// The device's own limit, where it tells one; else the next hundred above what was seen.
double top_of(const Figure& limit, const Series& series) {
  if (limit.is_known() && limit.value > 0) return limit.value;
  constexpr double step = 100;
  return std::max(step, std::ceil(highest(series) / step) * step);
}

std::string whole(double number) { return render::rounded(number, 0); }

Graph graph(Trend trend, const DeviceRow& device, const Series& series) {
  switch (trend) {
    case Trend::busy: return {series, "BUSY", share(device[Gauge::busy]).text, 1, "100%"};
    case Trend::memory:
      return {
          series, "MEMORY", share(memory_share(device)).text, 1,
          device[Gauge::memory_total].is_known() ? size(device[Gauge::memory_total]).text : "100%"};
    case Trend::power: {
      const double full = top_of(device[Gauge::power_limit], series);
      return {series, "POWER", watts(device[Gauge::power], {}).text, full, whole(full) + " W"};
    }
    case Trend::temperature: break;
  }
  const double full = top_of(device[Gauge::temperature_limit], series);
  return {series, "TEMPERATURE", degrees(device[Gauge::temperature]).text, full,
          whole(full) + "°C"};
}

/// Height of the bar at `value`, within one row of the graph; row 0 is the lowest.
char32_t block(double value, double full, std::size_t row, std::size_t rows) {
  const double height = std::clamp(value / full, 0.0, 1.0) * static_cast<double>(rows) * kBlocks;
  const double here = height - static_cast<double>(row) * kBlocks;
  // Zero is a value: it shows as the lowest line, and a gap as nothing.
  if (row == 0 && here < 1) return kLowestBlock;
  if (here < 1) return U' ';
  return kLowestBlock + static_cast<char32_t>(std::min(here, kBlocks) - 1);
}

void draw(const Graph& graph, const Band& band, std::size_t column, std::size_t width,
          Frame& frame) {
  for (std::size_t i = 0; i < width; ++i) {
    frame.put_glyph(band.first, column + i, kLine, Style::faint);
  }
  std::size_t at =
      frame.put(band.first, column + 1, std::string(" ") + std::string(graph.name) + " ",
                Style::strong, width - 1);
  frame.put(band.first, at, graph.now + " ", Style::plain, column + width - at);
  const std::string top = " top is " + graph.full_text + " ";
  if (text_width(top) + 24 < width) {
    frame.put_right(band.first, column + width - 1, top, Style::faint, width);
  }
  const std::size_t rows = band.rows - 1;
  const std::size_t count = std::min(width, graph.series.size());
  for (std::size_t ago = 0; ago < count; ++ago) {
    const double value = graph.series.at(ago);
    if (std::isnan(value)) continue;
    for (std::size_t row = 0; row < rows; ++row) {
      frame.put_glyph(band.first + band.rows - 1 - row, column + width - 1 - ago,
                      block(value, graph.full, row, rows), Style::trace);
    }
  }
}

}  // namespace

void draw_graphs(const DeviceRow& device, const History& history, const Band& band, Frame& frame) {
  if (band.rows < 2) return;
  constexpr std::array order{Trend::busy, Trend::memory, Trend::power, Trend::temperature};
  const std::size_t columns = frame.size().columns;
  const std::size_t count = std::clamp<std::size_t>(columns / kLeastWidth, 1, order.size());
  const std::size_t width = columns / count;
  for (std::size_t i = 0; i < count; ++i) {
    const Series* series = history.find(device.key(), order[i]);
    if (series == nullptr) continue;
    // One column stays between two graphs.
    const std::size_t own = i + 1 == count ? columns - i * width : width - 1;
    draw(graph(order[i], device, *series), band, i * width, own, frame);
  }
}

}  // namespace accel::cli::top
