// Overdrive tables: no text makes a row without values, a value with a strange unit, or a table
// larger than the page that it stands in.
#include <cstdint>
#include <string_view>

#include "backends/amd/overdrive.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const auto table = accel::amd::parse_overdrive({reinterpret_cast<const char*>(bytes), size});
  if (!table) return 0;
  for (const auto& section : table->sections) {
    require(!section.name.empty());
    for (const auto& row : section.rows) {
      require(!row.values.empty());
      for (const auto& value : row.values) require(value.unit.size() <= 4);
    }
  }
  for (const auto& range : table->ranges) require(!range.name.empty());
  return 0;
}
