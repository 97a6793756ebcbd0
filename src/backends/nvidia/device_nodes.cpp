#include "backends/nvidia/device_nodes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/node_access.hpp"

namespace accel::nvidia {
namespace {

constexpr const char* kControl = "/dev/nvidiactl";

}  // namespace

std::optional<Error> node_refusal(const Machine& machine, const std::string& node) {
  if (!machine.is_this_machine()) return std::nullopt;
  struct stat status {};
  if (::stat(node.c_str(), &status) != 0) {
    if (errno != ENOENT) return std::nullopt;
    return Error{Errc::permission_denied,
                 node + ": No such file or directory",
                 "in a container: give it this GPU; else: nvidia-modprobe -c 0",
                 {}};
  }
  return access_refusal(machine, node);
}

std::optional<Error> control_refusal(const Machine& machine) {
  if (auto refusal = node_refusal(machine, kControl)) return refusal;
  if (!machine.is_this_machine()) return std::nullopt;
  const int fd = ::open(kControl, O_RDWR | O_CLOEXEC);
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  if (fd >= 0 || reason != EPERM) return std::nullopt;
  return Error{Errc::permission_denied,
               std::string(kControl) + ": Operation not permitted: the device rules of this " +
                   "container do not allow it",
               "start the container again with the GPU; a reload of the service manager can take "
               "its rules away",
               {}};
}

}  // namespace accel::nvidia
