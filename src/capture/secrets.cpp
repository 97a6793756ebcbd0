#include "capture/secrets.hpp"

#include <algorithm>
#include <set>

namespace accel::capture {
namespace {

constexpr std::size_t kStart = 3;         // Bytes by which patterns are looked up.
constexpr std::size_t kUnmistakable = 8;  // Letters and digits that are nothing else by chance.

constexpr std::array<std::string_view, kSecretKinds> kNames{
    "serial", "uuid", "mac", "ip", "container", "credential", "host", "user", "process"};

// Default accounts and host names of distributions and clouds, and the folders of every root.
constexpr std::string_view kCommon[] = {
    "root",      "nobody", "localhost", "localdomain", "ubuntu", "debian", "fedora",  "centos",
    "rocky",     "alma",   "rhel",      "arch",        "suse",   "alpine", "nvidia",  "jetson",
    "amd",       "intel",  "pi",        "admin",       "user",   "guest",  "test",    "ec2-user",
    "azureuser", "linux",  "host",      "node",        "server", "none",   "default", "bin",
    "boot",      "dev",    "etc",       "home",        "lib",    "lib64",  "media",   "mnt",
    "opt",       "proc",   "run",       "sbin",        "srv",    "sys",    "tmp",     "usr",
    "var",       "data",   "bus",       "class",       "pci",    "drm",    "driver",  "device"};

std::string lowered(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(), lower);
  return made;
}

bool is_anybodys(std::string_view name) {
  return std::ranges::find(kCommon, lowered(name)) != std::end(kCommon);
}

bool is_name(SecretKind kind) {
  return kind == SecretKind::host || kind == SecretKind::user || kind == SecretKind::process;
}

std::uint32_t start_of(std::string_view text) {
  std::uint32_t start = 0;
  for (std::size_t i = 0; i < kStart; ++i) {
    start = start << 8U | static_cast<unsigned char>(lower(text[i]));
  }
  return start;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks(" \t\r\n\0\"'", 7);
  const auto first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

/// "GPU-1f…" and "1f…-xcp2" are the number of one thing, which elsewhere stands alone.
std::string_view bare_number(std::string_view text) {
  if (const auto part = text.rfind("-xcp"); part != std::string_view::npos) {
    text = text.substr(0, part);
  }
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || dash < 2 || dash > 8) return text;
  const auto is_letter = [](char c) { return is_letter_or_digit(c) && (c < '0' || c > '9'); };
  const bool is_word = std::ranges::all_of(text.substr(0, dash), is_letter);
  const auto hex = [](char c) { return lower(c) >= 'a' && lower(c) <= 'f'; };
  return is_word && !std::ranges::all_of(text.substr(0, dash), hex) ? text.substr(dash + 1) : text;
}

/// A number that tells one thing from another: no placeholder, and no address of the PCI bus.
bool tells_apart(SecretKind kind, std::string_view text, const std::string& core) {
  if (text.starts_with("PCI-") || text.starts_with("SOC-") || text.starts_with("NVML-")) {
    return false;
  }
  const std::size_t least = kind == SecretKind::ip ? 4 : 5;
  if (core.size() < least) return false;
  const bool has_digit = core.find_first_of("0123456789") != std::string::npos;
  const std::set<char> different(core.begin(), core.end());
  return has_digit && (different.size() >= 3 || kind == SecretKind::ip);
}

}  // namespace

std::string_view to_string(SecretKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

bool is_common_name(std::string_view name) { return name.size() < kStart || is_anybodys(name); }

void Secrets::add(SecretKind kind, std::string_view text) {
  text = trimmed(text);
  if (is_name(kind)) {
    // A user without a name goes by a number, which is many other things.
    const bool is_number = text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_number && !is_common_name(text)) add_pattern(kind, lowered(text));
    return;
  }
  if (kind == SecretKind::serial || kind == SecretKind::uuid) {
    if (!tells_apart(kind, text, core_of(text))) return;
    text = bare_number(text);
  }
  const std::string core = core_of(text);
  if (!tells_apart(kind, text, core) || text.size() < kStart) return;
  add_pattern(kind, lowered(text));
  if (core.size() >= kUnmistakable) add_pattern(kind, core);
}

void Secrets::add_pattern(SecretKind kind, std::string text) {
  const auto count = static_cast<std::size_t>(kind);
  known_[count].insert(is_name(kind) ? text : core_of(text));
  auto& same = by_start_[start_of(text)];
  const auto longer = std::ranges::find_if(
      same, [&](std::size_t index) { return patterns_[index].text.size() <= text.size(); });
  if (longer != same.end() && patterns_[*longer].text == text) return;
  const bool is_known =
      std::ranges::any_of(same, [&](std::size_t index) { return patterns_[index].text == text; });
  if (is_known) return;
  same.insert(longer, patterns_.size());
  patterns_.push_back({std::move(text), kind});
}

/// The longest secret that begins there. A short one, a name and a plain number must stand alone.
const Secrets::Pattern* Secrets::at(std::string_view text, std::size_t position) const {
  if (position + kStart > text.size()) return nullptr;
  const auto found = by_start_.find(start_of(text.substr(position)));
  if (found == by_start_.end()) return nullptr;
  for (const std::size_t index : found->second) {
    const Pattern& pattern = patterns_[index];
    const auto here = text.substr(position, pattern.text.size());
    const bool same =
        std::ranges::equal(here, pattern.text, [](char a, char b) { return lower(a) == b; });
    if (!same) continue;
    const std::size_t end = position + here.size();
    const bool hex_mark = position >= 2 && text[position - 2] == '0' && text[position - 1] == 'x';
    const bool begins = position == 0 || hex_mark || !is_letter_or_digit(text[position - 1]);
    const bool alone = begins && (end == text.size() || !is_letter_or_digit(text[end]));
    const bool only_digits = pattern.text.find_first_not_of("0123456789") == std::string::npos;
    const bool short_or_plain = pattern.text.size() < kUnmistakable || only_digits;
    if (alone || (!is_name(pattern.kind) && !short_or_plain)) return &pattern;
  }
  return nullptr;
}

std::string Secrets::hidden(std::string_view text, bool keep_length) const {
  std::string made;
  made.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Pattern* secret = at(text, i);
    if (secret == nullptr) {
      made += text[i++];
      continue;
    }
    const auto original = text.substr(i, secret->text.size());
    const bool by_name = is_name(secret->kind) && !keep_length;
    made += by_name ? pseudonyms_.named(to_string(secret->kind), secret->text)
                    : pseudonyms_.alike(original);
    i += original.size();
  }
  return made;
}

std::string Secrets::process(std::string_view name) {
  const auto base = name.substr(name.rfind('/') + 1);
  if (base.empty()) return {};
  // By it readers tell whether they see the programs of the whole machine.
  if (base == "kthreadd") return std::string(base);
  known_[static_cast<std::size_t>(SecretKind::process)].emplace(base);
  return pseudonyms_.named("process", base);
}

std::string Secrets::host(std::string_view name) {
  if (name.empty() || is_anybodys(name)) return std::string(name);
  known_[static_cast<std::size_t>(SecretKind::host)].insert(lowered(name));
  return pseudonyms_.named("host", lowered(name));
}

std::string Secrets::credential(std::string_view value) {
  if (core_of(value).size() >= kUnmistakable) add(SecretKind::credential, value);
  known_[static_cast<std::size_t>(SecretKind::credential)].insert(core_of(value));
  return pseudonyms_.named("credential", value);
}

std::size_t Secrets::count(SecretKind kind) const {
  return known_[static_cast<std::size_t>(kind)].size();
}

}  // namespace accel::capture
