#include "core/open_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <memory>
#include <string_view>

#include "base/dir.hpp"
#include "base/file_watch.hpp"
#include "base/number.hpp"
#include "base/place.hpp"
#include "core/proc_view.hpp"

namespace accel {
namespace {

using base::Dir;

struct CloseDirectory {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

/// Kernel threads have no command line; their open files are nobody's business.
bool is_kernel_thread(const Dir& program) {
  const auto words = base::read_file(program.source("cmdline"), 1);
  return words && words->empty();
}

bool is_denial(int error_number) { return error_number == EACCES || error_number == EPERM; }

/// Whether all of it may be seen. A program that ends meanwhile has nothing open any more.
bool see(const Dir& program, std::int64_t pid, const std::function<bool(const OpenFile&)>& look) {
  // By system calls, because a machine has tens of thousands of open files.
  const std::string path = program.source("fd");
  const std::unique_ptr<DIR, CloseDirectory> files(::opendir(path.c_str()));
  const int why = files == nullptr ? base::meant_error(path.c_str(), errno) : 0;
  if (const auto watch = base::file_watch()) watch->listed(path, why);
  if (files == nullptr) return !is_denial(why);
  const int folder = ::dirfd(files.get());
  bool all = true;
  std::array<char, PATH_MAX> room{};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread has this stream
  while (const dirent* entry = ::readdir(files.get())) {
    const std::string_view name(entry->d_name);
    if (name == "." || name == "..") continue;
    const ssize_t size = ::readlinkat(folder, entry->d_name, room.data(), room.size());
    if (size < 0 && is_denial(errno)) all = false;
    if (size < 0) continue;
    const std::string_view target(room.data(), static_cast<std::size_t>(size));
    if (!target.starts_with("/dev/")) continue;
    const std::string fdinfo = program.source("fdinfo/" + std::string(name));
    if (!look({pid, std::string(target), fdinfo})) all = false;
  }
  return all;
}

}  // namespace

HiddenPrograms for_each_open_node(const Machine& machine,
                                  const std::function<bool(const OpenFile&)>& look) {
  HiddenPrograms hidden;
  hidden.uncounted = proc_view(machine).uncounted;
  for (const Dir& program : Dir(machine.path("/proc")).children()) {
    const auto pid = base::parse_integer(program.name());
    if (!pid || !is_process_number(*pid)) continue;
    if (!see(program, *pid, look) && !is_kernel_thread(program)) hidden.add(*pid);
  }
  return hidden;
}

}  // namespace accel
