#include "host/mounts.hpp"

#include "base/number.hpp"

namespace accel::host {
namespace {

std::string_view take_word(std::string_view& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    text = {};
    return {};
  }
  text.remove_prefix(first);
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

bool is_device_number(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  return base::parse_integer(text.substr(0, colon)) && base::parse_integer(text.substr(colon + 1));
}

/// "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue"
bool parse_line(std::string_view line, Mount& mount) {
  take_word(line);  // mount id
  take_word(line);  // parent id
  mount.device_number = take_word(line);
  mount.root = unescaped(take_word(line));
  mount.mount_point = unescaped(take_word(line));
  take_word(line);  // options of the mount
  for (;;) {        // optional fields, none or many
    const auto word = take_word(line);
    if (word.empty()) return false;
    if (word == "-") break;
  }
  mount.type = unescaped(take_word(line));
  mount.source = unescaped(take_word(line));
  mount.options = take_word(line);
  return is_device_number(mount.device_number) && mount.mount_point.starts_with('/') &&
         !mount.type.empty();
}

}  // namespace

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '\\' && i + 3 < text.size() && text[i + 1] <= '3' &&
                           is_octal(text[i + 1]) && is_octal(text[i + 2]) && is_octal(text[i + 3]);
    if (!is_escape) {
      plain += text[i];
      continue;
    }
    plain +=
        static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
    i += 3;
  }
  return plain;
}

std::vector<Mount> parse_mountinfo(std::string_view text) {
  std::vector<Mount> mounts;
  while (!text.empty()) {
    const auto end = text.find('\n');
    Mount mount;
    if (parse_line(text.substr(0, end), mount)) mounts.push_back(std::move(mount));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return mounts;
}

}  // namespace accel::host
