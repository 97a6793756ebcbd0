#include "core/open_files.hpp"

#include <filesystem>
#include <system_error>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/proc_view.hpp"

namespace accel {
namespace {

using base::Dir;

/// Kernel threads have no command line; their open files are nobody's business.
bool is_kernel_thread(const Dir& program) {
  const auto words = base::read_file(program.source("cmdline"), 1);
  return words && words->empty();
}

bool is_denial(const std::error_code& failure) {
  return failure == std::errc::permission_denied || failure == std::errc::operation_not_permitted;
}

/// Whether all of it may be seen. A program that ends meanwhile has nothing open any more.
bool see(const Dir& program, std::int64_t pid, const std::function<bool(const OpenFile&)>& look) {
  std::error_code failure;
  std::filesystem::directory_iterator entry(program.source("fd"), failure);
  bool all = !is_denial(failure);
  for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
    std::error_code unread;
    const std::string target = std::filesystem::read_symlink(entry->path(), unread).string();
    if (is_denial(unread)) all = false;
    if (unread || !target.starts_with("/dev/")) continue;
    const std::string fdinfo = program.source("fdinfo/" + entry->path().filename().string());
    if (!look({pid, target, fdinfo})) all = false;
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
