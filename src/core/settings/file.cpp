#include "core/settings/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/dir.hpp"
#include "base/place.hpp"

namespace accel::settings {
namespace {

std::string why(const std::string& path, int error_number) {
  return path + ": " + std::generic_category().message(error_number);
}

Error denied(const std::string& path, int error_number) {
  if (error_number == EROFS) {
    return {Errc::permission_denied,
            why(path, error_number),
            "mount sysfs for writing; a container gets it so with `--privileged`",
            {}};
  }
  return {Errc::permission_denied, "writing " + path + " needs root", "run as root", {}};
}

}  // namespace

Result<void> make(const Machine& machine, std::span<const FileCall> calls) {
  for (const FileCall& call : calls) {
    if (auto done = machine.write(call.path, call.text); !done) return done;
  }
  return {};
}

std::string shell_text(std::span<const FileCall> calls) {
  std::string text;
  for (const FileCall& call : calls) {
    if (!text.empty()) text += " && ";
    text += "echo " + call.text + " > " + call.path;
  }
  return text;
}

std::optional<Error> write_refusal(const Machine& machine, const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    const int missing = base::meant_error(path.c_str(), errno);
    return base::write_error(path, missing);
  }
  // The kernel lets nobody write a file without such a right, not even root
  // (fs/kernfs/file.c, kernfs_fop_open).
  if ((status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) {
    return Error{Errc::operation_not_supported, path + " is for reading only", "", {}};
  }
  if (!machine.is_this_machine()) return std::nullopt;
  if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0) return std::nullopt;
  return denied(path, errno);
}

}  // namespace accel::settings
