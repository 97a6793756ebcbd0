#include "backends/nvidia/sampling.hpp"

namespace accel::nvidia {

Reading<bool> Sampling::flag(const Result<std::uint32_t>& raw, const char* source) {
  if (!raw) return reading<bool>(raw.error(), source);
  note(*raw);
  if (is_all_ones(*raw)) return reading<bool>(all_ones(source), source);
  if (*raw > kEnabled) return reading<bool>(implausible(source, *raw, 0, kEnabled, ""), source);
  return reading<bool>(*raw == kEnabled, source);
}

}  // namespace accel::nvidia
