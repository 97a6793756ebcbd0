#include "core/open_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

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

/// What all programs have open.
struct Walk {
  std::vector<OpenFile> files;  ///< in the order of pids
  HiddenPrograms hidden;
};

/// Kernel threads have no command line; their open files are nobody's business.
bool is_kernel_thread(const Dir& program) {
  const auto words = base::read_file(program.source("cmdline"), 1);
  return words && words->empty();
}

bool is_denial(int error_number) { return error_number == EACCES || error_number == EPERM; }

/// Adds the files of a program. Whether all of it may be seen. A program that ends meanwhile has
/// nothing open any more.
bool see(const Dir& program, std::int64_t pid, std::vector<OpenFile>& seen) {
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
    if (!target.starts_with("/dev/") || target == "/dev/null") continue;
    seen.push_back({pid, std::string(target), program.source("fdinfo/" + std::string(name))});
  }
  return all;
}

std::shared_ptr<const Walk> walk(const Machine& machine) {
  auto found = std::make_shared<Walk>();
  found->hidden.uncounted = proc_view(machine).uncounted;
  for (const Dir& program : Dir(machine.path("/proc")).children()) {
    const auto pid = base::parse_integer(program.name());
    if (!pid || !is_process_number(*pid)) continue;
    if (!see(program, *pid, found->files) && !is_kernel_thread(program)) found->hidden.add(*pid);
  }
  return found;
}

using SharedWalk = std::shared_future<std::shared_ptr<const Walk>>;

/// A walk that another device's thread is at, or one of our own: a machine's devices are sampled at
/// the same time, and all would walk through the same files. None is kept for later.
std::shared_ptr<const Walk> walk_with_others(const Machine& machine) {
  static std::mutex mutex;
  static std::map<std::string, SharedWalk> under_way;  // by the machine's root
  const std::string root = machine.root.string();
  std::packaged_task<std::shared_ptr<const Walk>()> own([&] { return walk(machine); });
  bool is_own = false;
  SharedWalk shared;
  {
    const std::scoped_lock lock(mutex);
    auto found = under_way.find(root);
    is_own = found == under_way.end();
    if (is_own) found = under_way.emplace(root, own.get_future().share()).first;
    shared = found->second;
  }
  if (is_own) {
    own();
    const std::scoped_lock lock(mutex);
    under_way.erase(root);
  }
  return shared.get();
}

}  // namespace

HiddenPrograms for_each_open_node(const Machine& machine,
                                  const std::function<bool(const OpenFile&)>& look) {
  const auto seen = walk_with_others(machine);
  HiddenPrograms hidden = seen->hidden;
  for (const OpenFile& file : seen->files) {
    if (!look(file)) hidden.add(file.pid);
  }
  return hidden;
}

}  // namespace accel
