#include "accel/selector.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace accel {
namespace {

constexpr std::size_t kShortestUuid = 8;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return result;
}

std::string_view without_prefix(std::string_view uuid) {
  if (uuid.starts_with("gpu-") || uuid.starts_with("mig-")) uuid.remove_prefix(4);
  return uuid;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// A plain decimal without sign or blank. One that is larger than any number of devices is well
/// formed as well: the largest number.
bool take_decimal(std::string_view text, std::int64_t& value) {
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return false;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, value).ec != std::errc{}) {
    value = std::numeric_limits<std::int64_t>::max();
  }
  return true;
}

/// "3" or "3.1".
bool take_index(std::string_view text, Selector::Index& index) {
  const auto dot = text.find('.');
  if (!take_decimal(text.substr(0, dot), index.device)) return false;
  if (dot == std::string_view::npos) return true;
  std::int64_t partition = 0;
  if (!take_decimal(text.substr(dot + 1), partition)) return false;
  index.partition =
      static_cast<int>(std::min<std::int64_t>(partition, std::numeric_limits<int>::max()));
  return true;
}

/// Letters of a UUID, of "PCI-0000:01:00.0" and of "NET-host/name".
bool could_be_uuid(std::string_view text) {
  return text.size() >= kShortestUuid && std::ranges::all_of(text, [](char letter) {
           return is_digit(letter) || (letter >= 'a' && letter <= 'z') || letter == '-' ||
                  letter == ':' || letter == '.' || letter == '/' || letter == '_';
         });
}

/// "000:41:00.0": no UUID is made of hexadecimal digits, colons and dots alone.
bool could_be_address(std::string_view text) {
  return text.find(':') != std::string_view::npos &&
         text.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

}  // namespace

Result<Selector> Selector::parse(std::string_view text, Bare bare) {
  Selector selector{Index{}, std::string(text)};
  Index index;
  const bool marked = text.starts_with("GPU") || text.starts_with("gpu");
  if (marked && take_index(text.substr(3), index)) {
    selector.what = index;
    return selector;
  }
  // Eight digits and more are the beginning of a UUID, not an index.
  const bool short_enough = text.size() < kShortestUuid || text.find('.') < kShortestUuid;
  if (bare == Bare::allowed && short_enough && take_index(text, index)) {
    selector.what = index;
    return selector;
  }
  if (const auto address = PciAddress::parse(text)) {
    selector.what = *address;
    return selector;
  }
  const std::string folded = lower(text);
  const std::string_view bare_uuid = without_prefix(folded);
  // "GPUGPU000" is a botched index; no vendor's UUID starts with "gpu" but in its prefix "gpu-".
  const bool botched_index = folded.starts_with("gpu") && bare_uuid == folded;
  if (could_be_uuid(bare_uuid) && !botched_index && !could_be_address(folded)) {
    selector.what = Uuid{std::string(bare_uuid)};
    return selector;
  }
  return Error{Errc::invalid_argument,
               "Invalid device id: '" + std::string(text) + "'",
               "use GPU<n>, GPU<n>.<k>, a PCI address such as 0000:01:00.0, or a UUID or at "
               "least 8 characters of its beginning",
               {}};
}

bool matches(const Selector::Uuid& selector, std::string_view uuid) {
  const std::string folded = lower(uuid);
  return without_prefix(folded).starts_with(selector.text) || folded.starts_with(selector.text);
}

bool is_all_of(const Selector::Uuid& selector, std::string_view uuid) {
  const std::string folded = lower(uuid);
  return without_prefix(folded) == selector.text || folded == selector.text;
}

}  // namespace accel
