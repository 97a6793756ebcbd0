#include "backends/intel/sampling.hpp"

namespace accel::intel {
namespace {

/// What a register of hardware that is gone reads as, whatever its width became on the way.
bool is_all_ones(std::int64_t raw) { return raw == -1 || raw == 0xFFFF'FFFF; }

}  // namespace

Result<std::int64_t> Sampling::number(const base::Dir& dir, std::string_view file) {
  auto raw = dir.integer(file);
  if (raw) {
    ++(is_all_ones(*raw) ? all_ones_ : others_);
  } else if (raw.error().code == Errc::device_lost) {
    gone_ = true;
  }
  return raw;
}

Result<std::int64_t> Sampling::believed(const Result<std::int64_t>& raw, const std::string& source,
                                        std::int64_t scale, Bounds bounds) {
  if (!raw) return raw;
  if (is_all_ones(*raw)) {
    return Error{Errc::malformed, source + ": has all bits set, which is no value", "", {}};
  }
  std::int64_t scaled = 0;
  const bool fits = !__builtin_mul_overflow(*raw, scale, &scaled);
  if (!fits || scaled < bounds.low || scaled > bounds.high) {
    return Error{Errc::malformed, source + ": " + std::to_string(*raw) + " cannot be true", "", {}};
  }
  return scaled;
}

}  // namespace accel::intel
