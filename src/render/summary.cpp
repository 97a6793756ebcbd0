#include "accel/summary.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace accel {
namespace {

/// The value, if it is fresh: a summary has no room to say how old a stale one is.
template <class T>
std::optional<T> fresh(const ReadingSet& readings, const Metric<T>& metric) {
  const Reading<T> reading = readings.get(metric);
  return reading.status() == ReadingStatus::ok ? reading.optional() : std::nullopt;
}

template <class T>
std::string whole(const std::optional<T>& quantity) {
  return quantity ? std::to_string(static_cast<std::int64_t>(std::trunc(shown(*quantity)))) : "N/A";
}

std::string whole_percent(const std::optional<Ratio>& share) {
  // 0.29 * 100 is 28.999999999999996; the nudge is far below what any source can tell.
  return share ? std::to_string(static_cast<std::int64_t>(share->value * 100.0 + 1e-9)) : "N/A";
}

std::string size_text(const std::optional<Bytes>& size) {
  return size && size->value >= 0 ? format_bytes(static_cast<std::uint64_t>(size->value)) : "N/A";
}

std::optional<Ratio> share_used(const std::optional<Bytes>& used,
                                const std::optional<Bytes>& total) {
  if (!used || !total || total->value <= 0) return std::nullopt;
  return ratio(static_cast<double>(used->value) / static_cast<double>(total->value));
}

}  // namespace

std::string format_bytes(std::uint64_t size) {
  constexpr std::array<std::string_view, 5> units{" B", " KiB", " MiB", " GiB", " TiB"};
  auto amount = static_cast<double>(size);
  std::size_t unit = 0;
  while (amount >= 1024.0 && unit + 1 < units.size()) {
    amount /= 1024.0;
    ++unit;
  }
  std::array<char, 48> digits{};  // 2^64 B is 16777216.00 TiB.
  const auto [end, status] = std::to_chars(digits.data(), digits.data() + digits.size(), amount,
                                           std::chars_format::fixed, 2);
  return std::string(digits.data(), end).append(units[unit]);
}

std::string gpu_summary(std::string_view name, const ReadingSet& readings) {
  const auto used = fresh(readings, metric::memory_used);
  const auto total = fresh(readings, metric::memory_total);
  return std::string(name)
      .append(": ")
      .append(whole(fresh(readings, metric::temperature)))
      .append("°C, ")
      .append(whole(fresh(readings, metric::power)))
      .append("W/")
      .append(whole(fresh(readings, metric::power_limit)))
      .append("W, GPU: ")
      .append(whole_percent(fresh(readings, metric::utilization)))
      .append("%, VRAM: ")
      .append(size_text(used))
      .append("/")
      .append(size_text(total))
      .append(" (")
      .append(whole_percent(share_used(used, total)))
      .append("%)");
}

}  // namespace accel
