// Fields of the inventory out of files: each with its source and time, or with the reason why it
// is absent. Knows nothing of what the files mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "base/dir.hpp"

namespace accel::host {

[[nodiscard]] inline base::Dir directory(const Machine& machine, std::string_view absolute) {
  return base::Dir(machine.path(absolute));
}

[[nodiscard]] inline Absence unsupported(std::string reason, std::string remedy = {}) {
  return {ReadingStatus::unsupported, std::move(reason), std::move(remedy)};
}
/// The source answered nonsense.
[[nodiscard]] inline Absence nonsense(std::string reason) {
  return {ReadingStatus::error, std::move(reason), {}};
}

/// Whether people and JSON can take it: valid UTF-8 without control characters. Firmware and
/// broken devices also answer 0xff and worse.
[[nodiscard]] bool is_plain_text(std::string_view text);

/// Without blanks and NULs at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// For use inside a reason: at most 80 characters, each byte that is no printable ASCII a '?'.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The text itself where it is plain, else with a '?' for each byte that is not.
[[nodiscard]] std::string printable(std::string_view text);

/// A text of at least one character; unsupported where the file is empty.
[[nodiscard]] Reading<std::string> text_field(const Machine& machine, const base::Dir& dir,
                                              std::string_view file);
[[nodiscard]] Reading<std::int64_t> integer_field(const Machine& machine, const base::Dir& dir,
                                                  std::string_view file);

/// value * scale, for a value that is a quantity; nonsense when negative or too large.
[[nodiscard]] Result<std::int64_t> scaled(std::int64_t value, std::int64_t scale);

/// An amount that is never negative.
template <AnyQuantity Q>
[[nodiscard]] Reading<Q> quantity_field(const Machine& machine, const base::Dir& dir,
                                        const base::Attribute<Q>& attribute) {
  const auto raw = integer_field(machine, dir, attribute.file);
  if (!raw) return {raw.absence(), raw.source(), raw.time()};
  const auto amount = scaled(*raw, attribute.scale);
  if (!amount) return {nonsense(raw.source() + ": " + amount.error().message), raw.source()};
  return {Q{*amount}, raw.source(), raw.time()};
}

/// The same reading with `remedy` where it lacks permission and the file's mode is no advice.
template <class T>
[[nodiscard]] Reading<T> with_remedy(Reading<T> reading, std::string remedy) {
  if (reading.status() != ReadingStatus::no_permission) return reading;
  return {Absence{reading.status(), reading.reason(), std::move(remedy)}, reading.source(),
          reading.time()};
}

}  // namespace accel::host
