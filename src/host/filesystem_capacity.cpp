#include "host/filesystem_capacity.hpp"

#include <sys/statvfs.h>

#include <cerrno>
#include <limits>

#include "base/dir.hpp"

namespace accel::host {

Result<Bytes> filesystem_capacity(const std::filesystem::path& mount_point) {
  struct statvfs status {};
  if (::statvfs(mount_point.c_str(), &status) != 0) return base::system_error(mount_point, errno);
  std::int64_t size = 0;
  // Object stores have no size and answer 0 or nearly all the numbers there are.
  if (status.f_blocks == 0 || status.f_blocks > std::uint64_t{INT64_MAX} ||
      __builtin_mul_overflow(static_cast<std::int64_t>(status.f_blocks),
                             static_cast<std::int64_t>(status.f_frsize), &size)) {
    return Error{Errc::operation_not_supported,
                 mount_point.string() + ": the file system states no size",
                 {},
                 {}};
  }
  return Bytes{size};
}

}  // namespace accel::host
