#include "backends/nvidia/plausible.hpp"

#include <string>

namespace accel::nvidia {
namespace {

std::string with_unit(std::int64_t value, std::string_view unit) {
  std::string text = std::to_string(value);
  if (!unit.empty()) text.append(" ").append(unit);
  return text;
}

}  // namespace

Error implausible(std::string_view source, std::int64_t value, std::int64_t low, std::int64_t high,
                  std::string_view unit) {
  std::string message = std::string(source) + ": " + with_unit(value, unit) + " is outside " +
                        std::to_string(low) + ".." + with_unit(high, unit);
  return {Errc::malformed, std::move(message), "", {}};
}

Error all_ones(std::string_view source) {
  return {Errc::malformed,
          std::string(source) + ": answered with all bits set, which is no value",
          "",
          {}};
}

}  // namespace accel::nvidia
