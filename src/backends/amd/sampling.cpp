#include "backends/amd/sampling.hpp"

namespace accel::amd {
namespace {

/// sysfs hands out a page; a table ends long before.
constexpr std::size_t kPage = 4096;

Result<MetricsTable> read_table(const Card& card) {
  const auto bytes = base::read_file(card.device().path() / "gpu_metrics", kPage);
  if (!bytes) return bytes.error();
  return parse_gpu_metrics(*bytes, card.device().source("gpu_metrics"));
}

}  // namespace

Sampling::Sampling(const Card& card, ReadingSet& out)
    : card_(card),
      out_(out),
      now_(card.machine().clock->steady()),
      sensors_(card.sensors()),
      table_(read_table(card)) {}

Result<std::string> Sampling::text(const base::Dir& dir, std::string_view name) {
  auto text = dir.text(name);
  if (!text) return text;
  if (text->find_first_not_of(std::string_view(" \t\n\0", 4)) == std::string::npos) {
    return Error{Errc::operation_not_supported, dir.source(name) + " is empty", "", {}};
  }
  return text;
}

Result<std::string> Sampling::rows(const base::Dir& dir, std::string_view name) {
  auto rows = base::read_file(dir.source(name));
  if (!rows) return rows;
  rows->resize(rows->find_last_not_of('\0') + 1);
  if (!rows->empty() && rows->back() != '\n') {
    return Error{Errc::malformed,
                 dir.source(name) + ": it does not end with a row: it has been cut",
                 "",
                 {}};
  }
  return text(dir, name);
}

Result<std::int64_t> Sampling::integer(const base::Dir& dir, std::string_view name) {
  auto value = dir.integer(name);
  if (value || value.error().code != Errc::malformed) return value;
  const auto said = text(dir, name);
  if (!said) return said.error();
  return value;
}

Error Sampling::no_sensors() const {
  return {Errc::operation_not_supported,
          device().source("hwmon") + ": no sensors of the driver " +
              card_.function().driver.optional().value_or("amdgpu"),
          "",
          {}};
}

Error implausible(std::string_view source, std::int64_t value, std::int64_t low, std::int64_t high,
                  std::string_view unit) {
  const auto with_unit = [unit](std::int64_t number) {
    return std::to_string(number) + (unit.empty() ? "" : " ") + std::string(unit);
  };
  return {Errc::malformed,
          std::string(source) + ": " + with_unit(value) + " is outside " + std::to_string(low) +
              ".." + with_unit(high),
          "",
          {}};
}

}  // namespace accel::amd
