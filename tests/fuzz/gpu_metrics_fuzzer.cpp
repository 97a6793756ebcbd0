// The metrics table of amdgpu: whatever bytes come, no number is read from behind their end, and
// none of a field that the revision lacks.
#include <cstdint>
#include <string_view>

#include "backends/amd/gpu_metrics.hpp"
#include "fuzz/require.hpp"

namespace {

void look_at(const accel::amd::MetricsTable& table, std::size_t size) {
  using accel::amd::MetricsField;
  using accel::fuzz::require;
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < accel::amd::kMetricsFields; ++i) {
    const auto field = static_cast<MetricsField>(i);
    const std::size_t count = table.count(field);
    for (std::size_t k = 0; k < count; ++k) numbers += table.at(field, k) ? 1 : 0;
    require(!table.at(field, count));
  }
  require(numbers <= size);
  for (const auto& partition : table.partitions()) look_at(partition, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto table = accel::amd::parse_gpu_metrics(text, "t")) look_at(*table, size);
  if (const auto table = accel::amd::parse_partition_metrics(text, "p")) look_at(*table, size);
  return 0;
}
