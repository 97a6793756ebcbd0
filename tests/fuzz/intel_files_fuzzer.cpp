// What Intel's drivers write: no answer makes more memory used than there is, no text makes a
// throttle reason of two words.
#include <cstdint>
#include <span>
#include <string_view>

#include "backends/intel/memory_regions.hpp"
#include "backends/intel/throttle_reasons.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const auto answer = std::as_bytes(std::span(bytes, size));
  for (const auto& memory :
       {accel::intel::i915_memory(answer, "node"), accel::intel::xe_memory(answer, "node")}) {
    if (memory.total) require(memory.total->value > 0);
    if (memory.used) require(memory.used->value >= 0 && memory.used->value <= memory.total->value);
    if (memory.free) require(memory.free->value + memory.used->value == memory.total->value);
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto reasons = accel::intel::parse_throttle_reasons(text)) {
    for (const auto& name : *reasons) {
      require(!name.empty() && name != "none");
      require(name.find_first_of(" \t\n") == std::string::npos);
    }
    const auto normalised = accel::intel::normalised(*reasons);
    require(normalised.size() <= reasons->size());
  }
  return 0;
}
