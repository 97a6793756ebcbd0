#include "host/control_groups.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/number.hpp"
#include "host/cpu_list.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// Whether a list divided by commas holds the word.
bool lists(std::string_view list, std::string_view word) {
  const std::string padded = "," + std::string(list) + ",";
  return padded.find("," + std::string(word) + ",") != std::string::npos;
}

/// cgroups(7), /proc/[pid]/cgroup: "4:memory:/path"; of version 2 "0::/path". An empty controller
/// asks for the latter.
std::string_view group_path(std::string_view text, std::string_view controller) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto first = line.find(':');
    const auto second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    const bool is_it =
        controller.empty() ? line.starts_with("0::") : lists(controllers, controller);
    if (is_it) return line.substr(second + 1);
  }
  return {};
}

/// The group's path below the place where its tree is mounted, which may show only a part of it.
std::string below_mount(std::string_view path, std::string_view root) {
  if (root != "/" && path.starts_with(root)) path.remove_prefix(root.size());
  // A group outside of what this program's name space shows: only the top can be seen.
  if (path.find("..") != std::string_view::npos) return {};
  while (path.starts_with('/')) path.remove_prefix(1);
  return std::string(path);
}

/// What one group says: a limit, 0 for none, or why it cannot be told. Nothing where it has no such
/// file, as the top has none.
template <class T>
using Limit = std::optional<Result<T>>;

template <class T, class Parse>
Limit<T> limit_in(const base::Dir& group, std::string_view file, const Parse& parse) {
  const auto text = group.text(file);
  if (!text && text.error().code == Errc::operation_not_supported) return std::nullopt;
  if (!text) return Result<T>(text.error());
  Result<T> limit = parse(*text);
  if (!limit) limit = annotate(group.source(file), limit.error());
  return limit;
}

Result<std::int64_t> memory_limit(std::string_view text) {
  // Version 1 has no word for "none": it is the largest multiple of a page in 63 bits.
  constexpr std::int64_t kNone = std::int64_t{1} << 62;
  if (text == "max") return std::int64_t{0};
  const auto limit = base::parse_integer(text);
  if (!limit || *limit < 0) {
    return Error{Errc::malformed, "not a limit: " + in_quotes(text), {}, {}};
  }
  return *limit >= kNone ? std::int64_t{0} : *limit;
}

/// Version 1 keeps the two numbers of "cpu.max" in a file each; a quota of -1 is none.
Limit<double> old_cpu_time(const base::Dir& group) {
  const auto quota = group.text("cpu.cfs_quota_us");
  const auto period = group.text("cpu.cfs_period_us");
  if (!quota && quota.error().code == Errc::operation_not_supported) return std::nullopt;
  if (!quota || !period) return Result<double>(quota ? period.error() : quota.error());
  Result<double> limit = cpu_time_limit((*quota == "-1" ? "max" : *quota) + " " + *period);
  if (!limit) limit = annotate(group.source("cpu.cfs_quota_us"), limit.error());
  return limit;
}

/// The smallest limit of several groups, and the file it stands in.
template <class T>
class Tightest {
 public:
  void add(const Limit<T>& limit, const std::string& source) {
    if (!limit) return;
    last_asked_ = source;
    // A group that cannot be asked may allow less than any other.
    if (!*limit && !problem_) problem_ = limit->error();
    if (*limit && **limit > T{0} && (limit_ == T{0} || **limit < limit_)) {
      limit_ = **limit;
      source_ = source;
    }
  }
  [[nodiscard]] Reading<T> reading(std::string_view controller, SteadyTime time) const {
    if (problem_) return {absence_of(*problem_), last_asked_, time};
    if (limit_ > T{0}) return {limit_, source_, time};
    return {unsupported(last_asked_.empty() ? "no control group of the controller '" +
                                                  std::string(controller) + "' in sight"
                                            : last_asked_ + ": no limit"),
            last_asked_, time};
  }

 private:
  T limit_{0};
  std::string source_;
  std::string last_asked_;
  std::optional<Error> problem_;
};

Reading<double> cpu_time(const std::vector<base::Dir>& groups, SteadyTime time) {
  Tightest<double> tightest;
  for (const auto& group : groups) {
    tightest.add(limit_in<double>(group, "cpu.max", cpu_time_limit), group.source("cpu.max"));
    tightest.add(old_cpu_time(group), group.source("cpu.cfs_quota_us"));
  }
  return tightest.reading("cpu", time);
}

Reading<Bytes> memory(const std::vector<base::Dir>& groups, SteadyTime time) {
  Tightest<std::int64_t> tightest;
  for (const auto& group : groups) {
    for (const std::string_view file : {"memory.max", "memory.limit_in_bytes"}) {
      tightest.add(limit_in<std::int64_t>(group, file, memory_limit), group.source(file));
    }
  }
  const auto limit = tightest.reading("memory", time);
  if (!limit) return {limit.absence(), limit.source(), limit.time()};
  return {Bytes{*limit}, limit.source(), limit.time()};
}

/// proc(5), /proc/[pid]/status
Reading<std::string> processors(const Machine& machine) {
  constexpr std::string_view kKey = "Cpus_allowed_list:";
  const auto path = machine.path("/proc/self/status");
  const auto time = machine.clock->steady();
  const auto text = base::read_file(path);
  if (!text) return {absence_of(text.error()), path.string(), time};
  const auto at = text->find(kKey);
  if (at == std::string::npos) {
    return {unsupported(path.string() + ": no line 'Cpus_allowed_list'"), path.string(), time};
  }
  const auto rest = std::string_view(*text).substr(at + kKey.size());
  const auto list = trimmed(rest.substr(0, rest.find('\n')));
  if (const auto parsed = parse_cpu_list(list); !parsed || parsed->empty()) {
    return {nonsense(path.string() + ": Cpus_allowed_list is " + in_quotes(list)), path.string()};
  }
  return {std::string(list), path.string(), time};
}

}  // namespace

Result<double> cpu_time_limit(std::string_view text) {
  const Error malformed{Errc::malformed, "not a limit: " + in_quotes(text), {}, {}};
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return malformed;
  const auto period = base::parse_integer(text.substr(blank + 1));
  if (!period || *period <= 0) return malformed;
  if (text.substr(0, blank) == "max") return 0.0;
  const auto quota = base::parse_integer(text.substr(0, blank));
  if (!quota || *quota <= 0) return malformed;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::vector<base::Dir> control_groups(const Machine& machine, std::string_view text,
                                      const std::vector<Mount>& mounts,
                                      std::string_view controller) {
  std::vector<base::Dir> groups;
  for (const auto& mount : mounts) {
    const bool is_new = mount.type == "cgroup2";
    if (!is_new && !(mount.type == "cgroup" && lists(mount.options, controller))) continue;
    const auto path = group_path(text, is_new ? std::string_view{} : controller);
    if (path.empty() || mount.mount_point.find("..") != std::string::npos) continue;
    const auto top = machine.path(mount.mount_point);
    const std::filesystem::path below = below_mount(path, mount.root);
    auto place = top;
    groups.emplace_back(place);
    for (const auto& part : below) {
      if (part.empty()) continue;
      place /= part;
      groups.emplace_back(place);
    }
  }
  return groups;
}

Allowed allowed_to_this_program(const Machine& machine) {
  const auto time = machine.clock->steady();
  const auto path = machine.path("/proc/self/cgroup");
  const auto text = base::read_file(path);
  const auto mounts = base::read_file(machine.path("/proc/self/mountinfo"), std::size_t{8} << 20);
  if (!text || !mounts) {
    const auto why = absence_of(text ? mounts.error() : text.error());
    return {processors(machine), {why, path.string(), time}, {why, path.string(), time}};
  }
  const auto parsed = parse_mountinfo(*mounts);
  return {processors(machine), cpu_time(control_groups(machine, *text, parsed, "cpu"), time),
          memory(control_groups(machine, *text, parsed, "memory"), time)};
}

}  // namespace accel::host
