// Taking texts of the driver apart, piece by piece from the front.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace accel::amd {

/// The next line without blanks at its ends. NULs count as blanks: overdrive tables hold runs of
/// them (seen on Polaris and RDNA).
[[nodiscard]] std::string_view next_line(std::string_view& text);
/// The next word of a line; empty at its end.
[[nodiscard]] std::string_view next_word(std::string_view& line);
/// Whether the texts are the same but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view one, std::string_view other);
/// A whole decimal number with `unit` glued to it, in any case: "1500Mhz". Nothing else.
[[nodiscard]] std::optional<std::int64_t> number_with(std::string_view word, std::string_view unit);

}  // namespace accel::amd
