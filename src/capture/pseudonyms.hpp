// What stands in a bundle for what shall not be in it: the same for the same, so that one still
// sees which things belong together.
#pragma once

#include <string>
#include <string_view>

#include "capture/siphash.hpp"

namespace accel::capture {

class Pseudonyms {
 public:
  explicit Pseudonyms(Key key) : key_(key) {}

  /// A number or name of the same shape: digits for digits, hexadecimal digits where all of it is
  /// hexadecimal, letters for letters; everything else stays. So a reader that expects sixteen
  /// digits still finds them. Case and separators make no difference to what is chosen.
  [[nodiscard]] std::string alike(std::string_view secret) const;

  /// "process-5b1f0a93c2": for names whose shape does not matter.
  [[nodiscard]] std::string named(std::string_view kind, std::string_view secret) const;

 private:
  Key key_;
};

/// Only the letters and digits of it, in lower case: what makes two spellings the same.
[[nodiscard]] std::string core_of(std::string_view text);

[[nodiscard]] bool is_letter_or_digit(char c);
[[nodiscard]] char lower(char c);

}  // namespace accel::capture
