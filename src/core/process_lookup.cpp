#include "core/process_lookup.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "base/place.hpp"
#include "core/container_place.hpp"

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

/// More than any command line that a person reads to its end.
constexpr std::size_t kLongestCommand = 4096;

Absence nothing(const std::string& source, std::string_view what) {
  return {ReadingStatus::unsupported, source + ": " + std::string(what), ""};
}

void describe_command(AcceleratorProcess& process, const Dir& program) {
  const std::string source = program.source("cmdline");
  const auto words = base::read_file(source, kLongestCommand);
  std::string_view text = words ? std::string_view(*words) : std::string_view();
  const auto first = text.substr(0, text.find('\0'));
  while (text.ends_with('\0')) text.remove_suffix(1);
  std::string command(text);
  std::ranges::replace(command, '\0', ' ');
  if (!words) {
    process.command = {absence_of(words.error()), source};
  } else if (command.empty()) {
    process.command = {nothing(source, "it is empty"), source};
  } else {
    process.command = {printable(command), source};
  }
  if (!first.empty()) {
    process.name = {printable(first), source};
    return;
  }
  const auto comm = program.text("comm");
  process.name = comm ? Reading<std::string>(printable(*comm), program.source("comm"))
                      : Reading<std::string>(hidden(comm.error()), program.source("comm"));
}

/// Says of everything that would tell who the program is why it is not known.
void file_unknown(AcceleratorProcess& process, const Absence& why) {
  for (auto* field : {&process.name, &process.user, &process.command, &process.container,
                      &process.container_runtime, &process.pod, &process.pod_namespace,
                      &process.pod_uid, &process.job}) {
    *field = why;
  }
  process.container_pid = why;
}

bool has_open(const Dir& program, std::string_view node) {
  std::error_code failure;
  const Dir open = program.child("fd");
  for (const std::string& descriptor : base::names_in(open.path(), failure)) {
    std::error_code unread;
    const auto target = base::read_symlink(open.source(descriptor), unread).string();
    if (!unread && target.starts_with(node)) return true;
  }
  return false;
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

void ProcessLookup::describe_place(AcceleratorProcess& process) {
  const Dir program(machine_.path("/proc/" + std::to_string(process.pid)));
  const std::string source = program.source("cgroup");
  const auto told = program.text("cgroup");
  const auto place = told ? container_place(*told) : ContainerPlace();
  const auto field = [&](const std::string& value, std::string_view what) -> Reading<std::string> {
    if (!told) return {absence_of(told.error()), source};
    if (value.empty()) return {nothing(source, what), source};
    return {printable(value), source};
  };
  process.container = field(place.container, "names no container");
  process.container_runtime =
      field(place.runtime, place.container.empty() ? "names no container"
                                                   : "names no engine with the container's id");
  process.pod_uid = field(place.pod_uid, "names no pod");
  process.job = field(place.job, "names no job of Slurm");
  if (!process.pod_uid) {
    process.pod = {process.pod_uid.absence(), source};
    process.pod_namespace = {process.pod_uid.absence(), source};
    return;
  }
  PodNames::Pod pod = pods_.pod(place.pod_uid);
  process.pod = std::move(pod.name);
  process.pod_namespace = std::move(pod.name_space);
}

void ProcessLookup::describe(AcceleratorProcess& process, Numbering numbering,
                             std::string_view node) {
  const Dir program(machine_.path("/proc/" + std::to_string(process.pid)));
  if (numbering == Numbering::driver && view_.is_namespace && !has_open(program, node)) {
    return file_unknown(process, *view_.uncounted);
  }
  const auto status = program.text("status");
  if (!status) return file_unknown(process, hidden(status.error()));
  describe_command(process, program);
  const std::string source = program.source("status");
  const auto uid = status_word(*status, "Uid", false);
  process.user = uid.empty()
                     ? Reading<std::string>(
                           Absence{ReadingStatus::error, source + ": no line 'Uid:'", ""}, source)
                     : Reading<std::string>(user_name(uid), source);
  process.container_pid = container_pid_of(*status, process.pid, source);
  describe_place(process);
}

}  // namespace accel
