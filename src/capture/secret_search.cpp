#include "capture/secret_search.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <span>

#include "base/number.hpp"

namespace accel::capture {
namespace {

constexpr std::string_view kHex = "0123456789abcdefABCDEF";
constexpr std::string_view kEnds = " \t\r\n,;\"'&<>(){}[]";

// Words of keys and file names, in lower case.
constexpr std::string_view kSecretWords[] = {
    "serial",     "uuid",       "guid",    "unique_id", "wwid",    "wwn",
    "machine-id", "machine_id", "boot_id", "asset",     "asic_id", "vpd_pg80",
    "vpd_pg83",   "uniq",       "nguid",   "device_sn", "eui64",   "mac_addr"};
constexpr std::string_view kCredentialWords[] = {"password", "passwd",     "passphrase", "secret",
                                                 "token",    "credential", "auth",       "api_key",
                                                 "apikey",   "private_key"};

bool is_hex(char c) { return kHex.find(c) != std::string_view::npos; }

std::size_t hex_run(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_hex(text[end])) ++end;
  return end - at;
}

/// Length of a UUID there; 0 for anything else.
std::size_t uuid_at(std::string_view text, std::size_t at) {
  constexpr std::array<std::size_t, 5> kGroups{8, 4, 4, 4, 12};
  std::size_t end = at;
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (hex_run(text, end) != kGroups[i]) return 0;
    end += kGroups[i];
    if (i + 1 == kGroups.size()) break;
    if (end >= text.size() || (text[end] != '-' && text[end] != '_')) return 0;
    ++end;
  }
  return end - at;
}

/// Length of "00:1b:21:3c:4d:5e", or of a longer address of that form.
std::size_t hardware_address_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  std::size_t pairs = 0;
  while (hex_run(text, end) == 2) {
    ++pairs;
    end += 2;
    if (end >= text.size() || text[end] != ':') break;
    ++end;
  }
  if (pairs < 6) return 0;
  return text[end - 1] == ':' ? end - 1 - at : end - at;
}

std::string_view word_at(std::string_view text, std::size_t at, std::string_view ends) {
  const auto rest = text.substr(std::min(at, text.size()));
  return rest.substr(0, rest.find_first_of(ends));
}

bool is_ipv4(std::string_view word) {
  int parts = 0;
  while (true) {
    const auto part = word.substr(0, word.find('.'));
    const auto number = base::parse_integer(part);
    if (!number || *number < 0 || *number > 255 || part.size() > 3) return false;
    ++parts;
    if (part.size() == word.size()) return parts == 4;
    word.remove_prefix(part.size() + 1);
  }
}

bool is_ipv6(std::string_view word) {
  const auto colons = std::ranges::count(word, ':');
  const bool plain = std::ranges::all_of(word, [](char c) { return is_hex(c) || c == ':'; });
  return plain && word.size() > 4 &&
         (colons == 7 || (colons >= 2 && word.find("::") != std::string_view::npos));
}

bool is_everywhere(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("255.") || address == "0.0.0.0" ||
         address == "::1";
}

/// Calls `found` with the key and the value of whatever looks like a key that holds one of the
/// words and its value.
void find_values(std::string_view text, std::span<const std::string_view> words,
                 const std::function<void(std::string_view, std::string_view)>& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char first = lower(text[at]);
    const auto here = text.substr(at);
    const auto same = [&](std::string_view word) {
      return first == word.front() && here.size() > word.size() &&
             std::ranges::equal(here.substr(0, word.size()), word,
                                [](char a, char b) { return lower(a) == b; });
    };
    const auto word = std::ranges::find_if(words, same);
    if (word == words.end()) continue;
    const auto line = here.substr(0, here.find('\n'));
    const auto separator = line.find_first_of(":=");
    // Between the word and the separator only the rest of the key may stand: "serial number".
    const bool is_key = separator != std::string_view::npos && separator < word->size() + 24 &&
                        line.substr(0, separator).find_first_of(",;/()") == std::string_view::npos;
    if (!is_key) continue;
    const auto begin = line.find_first_not_of(" \t\"'", separator + 1);
    if (begin == std::string_view::npos) continue;
    found(line.substr(0, separator), word_at(line, begin, kEnds));
    at += separator;
  }
}

}  // namespace

void find_shapes(std::string_view text, Secrets& secrets) {
  constexpr std::size_t kContainerId = 64;  // SHA-256 in hexadecimal digits.
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_hex(text[i])) continue;
    const std::size_t run = hex_run(text, i);
    const bool starts = i == 0 || !is_letter_or_digit(text[i - 1]);
    std::size_t length = 0;
    if (run == 8 && (length = uuid_at(text, i)) > 0) {
      secrets.add(SecretKind::uuid, text.substr(i, length));
    } else if (run == 2 && starts && (length = hardware_address_at(text, i)) > 0) {
      secrets.add(SecretKind::mac, text.substr(i, length));
    } else if (run == kContainerId) {
      secrets.add(SecretKind::container, text.substr(i, run));
    }
    i += std::max(length, run);
  }
}

void find_addresses(std::string_view text, Secrets& secrets) {
  constexpr std::string_view kInside = "0123456789abcdefABCDEF.:";
  for (std::size_t i = 0; i < text.size();) {
    const auto start = text.find_first_of(kInside, i);
    if (start == std::string_view::npos) return;
    auto end = std::min(text.find_first_not_of(kInside, start), text.size());
    auto word = text.substr(start, end - start);
    i = end;
    if (start > 0 && is_letter_or_digit(text[start - 1])) continue;
    // "10.0.0.1:/export" and "10.0.0.1:4420"
    const auto dotted = word.substr(0, word.find(':'));
    if (is_ipv4(dotted)) word = dotted;
    if (!is_ipv4(word) && !is_ipv6(word)) continue;
    if (!is_everywhere(word)) secrets.add(SecretKind::ip, word);
  }
}

void find_keys(std::string_view text, Secrets& secrets) {
  find_values(text, kSecretWords, [&](std::string_view key, std::string_view value) {
    const bool uuid = core_of(key).find("uid") != std::string::npos;
    secrets.add(uuid ? SecretKind::uuid : SecretKind::serial, value);
  });
  // "unique_id 123", as the KFD's tables have it.
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto key = line.substr(0, line.find(' '));
    const auto value = line.substr(std::min(key.size() + 1, line.size()));
    const bool is_pair = !value.empty() && value.find(' ') == std::string_view::npos;
    if (is_pair && names_a_secret(key)) secrets.add(SecretKind::serial, value);
  }
}

std::string without_credentials(std::string_view text, Secrets& secrets) {
  std::string made;
  std::size_t done = 0;
  find_values(text, kCredentialWords, [&](std::string_view, std::string_view value) {
    const auto at = static_cast<std::size_t>(value.data() - text.data());
    if (value.empty() || at < done) return;
    made += text.substr(done, at - done);
    made += secrets.credential(value);
    done = at + value.size();
  });
  return made += text.substr(done);
}

void find_servers(std::string_view text, Secrets& secrets) {
  const auto add = [&](std::string_view name) {
    const bool is_host = !name.empty() && name.find_first_of(" \t\n=,/") == std::string_view::npos;
    if (is_host && !is_ipv4(name)) secrets.add(SecretKind::host, name);
  };
  for (std::size_t at = 0; (at = text.find(":/", at)) != std::string_view::npos; at += 2) {
    const auto before = text.substr(0, at);
    const auto edge = before.find_last_of(" \t\n=,@/");
    const bool is_path = edge != std::string_view::npos && before[edge] == '/';
    if (!is_path) add(before.substr(edge + 1));  // Layers of a file system are joined by ':' too.
  }
  for (std::size_t at = 0; (at = text.find(" //", at)) != std::string_view::npos; at += 3) {
    add(word_at(text, at + 3, "/ \t\n"));
  }
  if (text.starts_with("//")) add(word_at(text, 2, "/ \t\n"));
}

void find_homes(std::string_view text, Secrets& secrets) {
  constexpr std::string_view kHome = "/home/";
  for (std::size_t at = 0; (at = text.find(kHome, at)) != std::string_view::npos;) {
    at += kHome.size();
    secrets.add(SecretKind::user, word_at(text, at, "/ \t\r\n,;:\"'\\"));
  }
}

void find_pods(std::string_view path, Secrets& secrets) {
  constexpr std::string_view kPods = "var/log/pods/";
  if (!path.starts_with(kPods)) return;
  const auto pod = word_at(path, kPods.size(), "/");
  const auto first = pod.find('_');
  const auto last = pod.rfind('_');
  if (first == std::string_view::npos || first == last) return;
  secrets.add(SecretKind::process, pod.substr(0, first));
  secrets.add(SecretKind::process, pod.substr(first + 1, last - first - 1));
}

bool names_a_secret(std::string_view key) {
  std::string small(key);
  std::ranges::transform(small, small.begin(), lower);
  const auto inside = [&](std::string_view word) { return small.find(word) != std::string::npos; };
  return std::ranges::any_of(kSecretWords, inside);
}

}  // namespace accel::capture
