#include "host/fstab.hpp"

#include "host/field.hpp"

namespace accel::host {
namespace {

std::string_view take_word(std::string_view& line) {
  line = trimmed(line);
  const auto word = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

std::vector<Mount> parse_fstab(std::string_view text) {
  std::vector<Mount> entries;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    Mount entry;
    entry.source = unescaped(take_word(line));
    entry.mount_point = unescaped(take_word(line));
    entry.type = take_word(line);
    entry.options = take_word(line);
    if (entry.mount_point.starts_with('/') && !entry.type.empty()) {
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

}  // namespace accel::host
