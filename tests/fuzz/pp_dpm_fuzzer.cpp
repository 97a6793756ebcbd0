// The clock levels of pp_dpm_*, and the counters below ras/: no text makes a clock or a count that
// is negative or absurd.
#include <cstdint>
#include <string_view>

#include "backends/amd/dpm_table.hpp"
#include "backends/amd/kfd.hpp"
#include "backends/amd/ras.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto table = accel::amd::parse_dpm_table(text)) {
    for (const auto& level : table->levels) {
      require(level.megahertz >= 0 && level.megahertz <= 100'000);
      require(!level.index || *level.index >= 0);
    }
    require(table->highest().value_or(1) > 0);
  }
  if (const auto counts = accel::amd::parse_ras_counts(text)) {
    require(counts->corrected >= 0 && counts->uncorrected >= 0);
  }
  if (const auto pages = accel::amd::parse_bad_pages(text)) {
    require(pages->retired >= 0 && pages->pending >= 0);
  }
  require(accel::amd::parse_kfd_properties(text).values.size() <= 256);
  return 0;
}
