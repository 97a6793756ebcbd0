#include "accel/lspci.hpp"

#include <optional>

#include "base/number.hpp"

namespace accel {
namespace {

/// A bracketed hexadecimal number "[0300]" or "[10de:2684]" and where it stands.
struct Bracket {
  std::size_t begin;
  std::string_view inside;
};

std::optional<Bracket> find_bracket(std::string_view line, std::size_t inside_size,
                                    std::size_t from) {
  for (auto at = line.find('[', from); at != std::string_view::npos; at = line.find('[', at + 1)) {
    const auto end = line.find(']', at);
    if (end == std::string_view::npos) return std::nullopt;
    const auto inside = line.substr(at + 1, end - at - 1);
    if (inside.size() != inside_size) continue;
    if (inside_size == 9 && inside[4] != ':') continue;
    if (base::parse_hex(inside.substr(0, 4)) && base::parse_hex(inside.substr(inside_size - 4))) {
      return Bracket{at, inside};
    }
  }
  return std::nullopt;
}

/// "01:00.0", with a domain of any length or none. A message of lspci's is none.
bool is_slot(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
         text.find(':') != std::string_view::npos && text.find('.') != std::string_view::npos;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::uint16_t hex16(std::string_view text) {
  return static_cast<std::uint16_t>(base::parse_hex(text).value_or(0));
}

/// "01:00.0 VGA compatible controller [0300]: NVIDIA Corporation AD102 [...] [10de:2684] (rev a1)"
std::optional<LspciEntry> parse_line(std::string_view line) {
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || !is_slot(line.substr(0, blank))) return std::nullopt;
  const auto class_code = find_bracket(line, 4, blank);
  if (!class_code) return std::nullopt;
  const auto colon = line.find(':', class_code->begin);
  if (colon == std::string_view::npos) return std::nullopt;
  const auto ids = find_bracket(line, 9, colon);
  if (!ids) return std::nullopt;

  LspciEntry entry;
  entry.slot = line.substr(0, blank);
  entry.class_name = trimmed(line.substr(blank, class_code->begin - blank));
  entry.class_code = hex16(class_code->inside);
  entry.name = trimmed(line.substr(colon + 1, ids->begin - colon - 1));
  entry.vendor_id = hex16(ids->inside.substr(0, 4));
  entry.device_id = hex16(ids->inside.substr(5));
  return entry;
}

}  // namespace

bool LspciEntry::is_accelerator() const {
  const int base_class = class_code >> 8;
  return base_class == 0x03 || base_class == 0x12;
}

std::vector<LspciEntry> parse_lspci(std::string_view text) {
  std::vector<LspciEntry> entries;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (auto entry = parse_line(line)) entries.push_back(std::move(*entry));
  }
  return entries;
}

}  // namespace accel
