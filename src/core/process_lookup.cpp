#include "core/process_lookup.hpp"

#include <algorithm>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel {
namespace {

using base::Dir;

/// Takes the next line off `text`.
std::string_view next_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

/// The blank-separated word at `position` (negative: from the end) behind "Key:".
std::string_view status_word(std::string_view status, std::string_view key, bool last) {
  while (!status.empty()) {
    auto line = next_line(status);
    if (!line.starts_with(key) || !line.substr(key.size()).starts_with(':')) continue;
    line.remove_prefix(key.size() + 1);
    std::string_view word;
    while (!line.empty()) {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
      const auto found = line.substr(0, line.find_first_of(" \t"));
      line.remove_prefix(found.size());
      if (!found.empty()) word = found;
      if (!last && !word.empty()) break;
    }
    return word;
  }
  return {};
}

Absence hidden(const Error& error) {
  Absence why = absence_of(error);
  why.status = ReadingStatus::no_permission;
  why.remedy =
      "it has ended, or this /proc does not show it: run outside of the container, or as "
      "root where /proc is mounted with hidepid";
  return why;
}

Reading<std::string> name_of(const Dir& process) {
  std::string source = process.source("cmdline");
  const auto words = base::read_file(source, 4096);
  const auto first =
      words ? std::string_view(*words).substr(0, words->find('\0')) : std::string_view();
  if (!first.empty()) return {printable(first), std::move(source)};
  const auto comm = process.text("comm");
  if (!comm) return {hidden(comm.error()), process.source("comm")};
  return {printable(*comm), process.source("comm")};
}

Reading<std::string> container_of(const Dir& process) {
  const std::string source = process.source("cgroup");
  const auto cgroup = process.text("cgroup");
  if (!cgroup) return {absence_of(cgroup.error()), source};
  std::string id = container_id(*cgroup);
  if (id.empty()) {
    return {Absence{ReadingStatus::unsupported, source + ": names no container", ""}, source};
  }
  return {std::move(id), source};
}

Reading<std::int64_t> container_pid_of(std::string_view status, std::int64_t pid,
                                       const std::string& source) {
  const auto inner = base::parse_integer(status_word(status, "NSpid", true));
  if (!inner || *inner == pid) {
    return {Absence{ReadingStatus::unsupported, source + ": no pid namespace of its own", ""},
            source};
  }
  return {*inner, source};
}

/// Length of the UTF-8 sequence at the start of `text`, 0 when there is none.
std::size_t utf8_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  const bool whole =
      std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length),
                  [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
  if (!whole) return 0;
  const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0;
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second >= 0xA0;
  const bool beyond = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const bool control = length == 1 && (text.front() < ' ' || text.front() == 0x7F);
    if (length == 0 || control) {
      clean += '?';
    } else {
      clean += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

std::string container_id(std::string_view cgroup) {
  constexpr std::size_t length = 64;
  constexpr std::string_view digits = "0123456789abcdef";
  while (!cgroup.empty()) {
    const std::string_view line = next_line(cgroup);
    for (std::size_t at = 0; at < line.size();) {
      const auto start = line.find_first_of(digits, at);
      if (start == std::string_view::npos) break;
      const auto end = std::min(line.find_first_not_of(digits, start), line.size());
      if (end - start == length) return std::string(line.substr(start, length));
      at = end;
    }
  }
  return {};
}

std::string ProcessLookup::user_name(std::string_view uid) {
  if (!users_) {
    users_.emplace();
    const auto passwd = base::read_file(machine_.path("/etc/passwd"));
    std::string_view text = passwd ? std::string_view(*passwd) : std::string_view();
    while (!text.empty()) {
      const auto line = next_line(text);
      const auto name_end = line.find(':');
      const auto uid_start =
          line.find(':', name_end == std::string_view::npos ? name_end : name_end + 1);
      if (uid_start == std::string_view::npos) continue;
      const auto rest = line.substr(uid_start + 1);
      users_->emplace(rest.substr(0, rest.find(':')), printable(line.substr(0, name_end)));
    }
  }
  const auto found = users_->find(uid);
  return found == users_->end() ? std::string(uid) : found->second;
}

Program ProcessLookup::program(std::int64_t pid) {
  const Dir process(machine_.path("/proc/" + std::to_string(pid)));
  const auto status = process.text("status");
  if (!status) {
    const Absence why = hidden(status.error());
    return {{why}, {why}, {why}, {why}, true};
  }
  Program program;
  program.name = name_of(process);
  const std::string source = process.source("status");
  const auto uid = status_word(*status, "Uid", false);
  program.user = uid.empty()
                     ? Reading<std::string>(
                           Absence{ReadingStatus::error, source + ": no line 'Uid:'", ""}, source)
                     : Reading<std::string>(user_name(uid), source);
  program.container = container_of(process);
  program.container_pid = container_pid_of(*status, pid, source);
  return program;
}

}  // namespace accel
