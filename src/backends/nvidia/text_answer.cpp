#include "backends/nvidia/text_answer.hpp"

#include <algorithm>

namespace accel::nvidia {

Result<std::string> TextBuffer::text(std::string_view function) const {
  const auto end = std::ranges::find(room_, '\0');
  const auto fail = [&](Errc code, const char* why) {
    return Error{code, std::string(function) + ": " + why, "", {}};
  };
  if (end == room_.end()) return fail(Errc::malformed, "the text it gave does not end");
  if (end == room_.begin()) return fail(Errc::operation_not_supported, "the text it gave is empty");
  if (!std::all_of(room_.begin(), end, [](char c) { return c >= ' ' && c <= '~'; })) {
    return fail(Errc::malformed, "what it gave is no printable text");
  }
  return std::string(room_.begin(), end);
}

}  // namespace accel::nvidia
