#include "capture/process_files.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/number.hpp"

namespace accel::capture {
namespace {

constexpr std::int64_t kFirstPerson = 1000;  // UID_MIN of /etc/login.defs, as shipped.
constexpr std::int64_t kNobody = 65534;

std::string_view next_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  while (true) {
    const auto field = line.substr(0, line.find(separator));
    fields.push_back(field);
    if (field.size() == line.size()) return fields;
    line.remove_prefix(field.size() + 1);
  }
}

bool is_person(const std::vector<std::string_view>& fields) {
  if (fields.size() < 4) return false;
  const auto number = base::parse_integer(fields[2]);
  return number && *number >= kFirstPerson && *number != kNobody;
}

std::string scrubbed_words(std::string_view words, Secrets& secrets) {
  std::string command(words.substr(0, words.find_last_not_of('\0') + 1));
  if (command.empty()) return std::string(words);
  const auto first = std::min(command.find('\0'), command.size());
  std::string name = secrets.process(std::string_view(command).substr(0, first)) + '\0';
  if (first == command.size()) return name;
  std::ranges::replace(command, '\0', ' ');
  return name + secrets.pseudonyms().named("arguments", command.substr(first + 1)) + '\0';
}

/// "Name:\tpython3" among the other lines of /proc/PID/status.
std::string scrubbed_lines(std::string_view text, std::string_view key, Secrets& secrets) {
  std::string made;
  while (!text.empty()) {
    const bool ends = text.find('\n') != std::string_view::npos;
    const auto line = next_line(text);
    const auto value = std::min(line.find_first_not_of(" \t", key.size()), line.size());
    if (line.starts_with(key) && value < line.size()) {
      made += line.substr(0, value);
      made += secrets.process(line.substr(value));
    } else {
      made += line;
    }
    if (ends) made += '\n';
  }
  return made;
}

/// "123 (python3) S 1 …"
std::string scrubbed_stat(std::string_view text, Secrets& secrets) {
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::string(text);
  }
  std::string made(text.substr(0, open + 1));
  made += secrets.process(text.substr(open + 1, close - open - 1));
  return made += text.substr(close);
}

// What systemd and container engines call their groups, after which an id may follow.
constexpr std::array<std::string_view, 19> kGroups{
    "kubepods",   "docker",         "system.slice", "user.slice", "machine.slice",
    "init.scope", "user-",          "session-",     "containerd", "libpod",
    "crio",       "cri-containerd", "lxc",          "slurm",      "uid_",
    "job_",       "step_",          "task_",        "pod"};

/// "0::/system.slice/NAME.service": what runs is named by its unit. Ids of containers stay, to be
/// hidden as such.
std::string scrubbed_cgroup(std::string_view text, Secrets& secrets) {
  std::string made;
  while (!text.empty()) {
    const bool ends = text.find('\n') != std::string_view::npos;
    auto line = next_line(text);
    const auto path = std::min(line.find('/'), line.size());
    made += line.substr(0, path);
    line.remove_prefix(path);
    bool first = true;
    for (const auto part : split(line, '/')) {
      if (!first) made += '/';
      first = false;
      const bool is_group = std::ranges::any_of(
          kGroups, [&](std::string_view group) { return part.starts_with(group); });
      const bool is_id = part.size() >= 64;
      if (part.empty() || is_group || is_id) {
        made += part;
      } else {
        const auto dot = std::min(part.rfind('.'), part.size());
        made += secrets.pseudonyms().named("unit", part.substr(0, dot));
        made += part.substr(dot);
      }
    }
    if (ends) made += '\n';
  }
  return made;
}

}  // namespace

std::string scrubbed_command(std::string_view command, Secrets& secrets) {
  const auto first = std::min(command.find(' '), command.size());
  std::string made = secrets.process(command.substr(0, first));
  if (first == command.size()) return made;
  return made + ' ' + secrets.pseudonyms().named("arguments", command.substr(first + 1));
}

void find_people(std::string_view passwd, Secrets& secrets) {
  while (!passwd.empty()) {
    const auto fields = split(next_line(passwd), ':');
    if (!is_person(fields)) continue;
    secrets.add(SecretKind::user, fields[0]);
  }
}

std::string scrubbed_passwd(std::string_view passwd, const Secrets& secrets) {
  std::string made;
  while (!passwd.empty()) {
    const auto fields = split(next_line(passwd), ':');
    if (fields.size() < 4) continue;
    std::string name(fields[0]);
    if (is_person(fields)) {
      // Also one that is too common to be looked for elsewhere is a person here.
      const std::string hidden = secrets.hidden(name);
      name = hidden == name && !is_common_name(name) ? secrets.pseudonyms().named("user", name)
                                                     : hidden;
    }
    made += name + ":x:" + std::string(fields[2]) + ":" + std::string(fields[3]) + ":::\n";
  }
  return made;
}

std::string scrubbed_process_file(std::string_view file, std::string_view text, Secrets& secrets) {
  if (file == "cmdline") return scrubbed_words(text, secrets);
  if (file == "comm") {
    const auto name = text.substr(0, text.find('\n'));
    return secrets.process(name) + "\n";
  }
  if (file == "status") return scrubbed_lines(text, "Name:", secrets);
  if (file == "stat") return scrubbed_stat(text, secrets);
  if (file == "cgroup") return scrubbed_cgroup(text, secrets);
  if (file.starts_with("fdinfo/")) return scrubbed_lines(text, "drm-client-name:", secrets);
  return std::string(text);
}

}  // namespace accel::capture
