#include "render/amount.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "base/number.hpp"

namespace accel::render {
namespace {

struct Step {
  double from;  ///< applies to amounts of at least this many base units
  std::string_view symbol;
  int decimals;
};

/// `steps` from the largest down; the last one takes what is left.
template <std::size_t N>
std::string stepped(double amount, const std::array<Step, N>& steps) {
  for (const Step& step : steps) {
    if (std::fabs(amount) >= step.from || &step == &steps.back()) {
      return rounded(amount / step.from, step.decimals).append(step.symbol);
    }
  }
  return {};
}

constexpr double kKibi = 1024;

std::string size_text(double size, std::string_view after) {
  constexpr std::array<Step, 5> steps{{{kKibi * kKibi * kKibi * kKibi, " TiB", 1},
                                       {kKibi * kKibi * kKibi, " GiB", 1},
                                       {kKibi * kKibi, " MiB", 1},
                                       {kKibi, " KiB", 1},
                                       {1, " B", 0}}};
  return stepped(size, steps).append(after);
}

std::string time_text(double seconds) {
  constexpr std::array<Step, 5> steps{
      {{86400, " d", 1}, {3600, " h", 1}, {1, " s", 1}, {1e-3, " ms", 1}, {1e-6, " µs", 1}}};
  return seconds == 0 ? "0 s" : stepped(seconds, steps);
}

std::string energy_text(double joules) {
  constexpr std::array<Step, 4> steps{
      {{3.6e9, " MWh", 2}, {3.6e6, " kWh", 2}, {3.6e3, " Wh", 2}, {1, " J", 1}}};
  return stepped(joules, steps);
}

std::string quantity_text(const MetricRow& metric, double shown) {
  if (metric.unit == RatioUnit::name) return share_text(shown);
  if (metric.unit == ByteUnit::name) return size_text(shown, "");
  if (metric.unit == ByteRateUnit::name) return size_text(shown, "/s");
  if (metric.unit == FrequencyUnit::name) return rounded(shown / 1e6, 0).append(" MHz");
  if (metric.unit == TransferUnit::name) return rounded(shown / 1e9, 1).append(" GT/s");
  if (metric.unit == LaneUnit::name) return "x" + rounded(shown, 0);
  if (metric.unit == DurationUnit::name) return time_text(shown);
  if (metric.unit == EnergyUnit::name) return energy_text(shown);
  const int decimals = metric.unit == VoltageUnit::name ? 3 : 1;
  std::string text = rounded(shown, decimals);
  if (!metric.symbol.empty()) text.append(" ").append(metric.symbol);
  return text;
}

std::string joined(const TextList& texts) {
  if (texts.empty()) return "none";
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += ", ";
    all += text;
  }
  return all;
}

}  // namespace

std::string rounded(double number, int decimals) {
  if (!std::isfinite(number)) return base::number_text(number);
  std::array<char, 340> digits{};  // The largest double has 309 digits before the point.
  const auto [end, status] = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                           std::chars_format::fixed, decimals);
  std::string text(digits.data(), end);
  if (decimals > 0) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string size_text(Bytes size) { return size_text(static_cast<double>(size.value), ""); }

std::string share_text(double share) { return rounded(share * 100.0, 1).append(" %"); }

std::string clock_text(Frequency clock) {
  return rounded(static_cast<double>(clock.value) / 1e6, 0).append(" MHz");
}

std::string amount(const MetricRow& metric, const ReadingValue& value) {
  if (const auto* base = std::get_if<std::int64_t>(&value)) {
    return quantity_text(metric,
                         static_cast<double>(*base) / static_cast<double>(metric.per_shown));
  }
  if (const auto* number = std::get_if<double>(&value)) return quantity_text(metric, *number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "on" : "off";
  if (const auto* texts = std::get_if<TextList>(&value)) return joined(*texts);
  return std::get<Text>(value);
}

}  // namespace accel::render
