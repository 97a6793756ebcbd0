#include "host/device_node.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/dir.hpp"

namespace accel::host {

Result<DeviceNode> DeviceNode::open(const std::filesystem::path& path, std::string_view number) {
  // O_NONBLOCK: neither wait for a medium nor, at a pipe in the node's place, for a writer.
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    auto error = base::system_error(path, errno);
    if (error.code == Errc::permission_denied) {
      error.remedy = "run as root; in a container, allow the device as well";
    }
    return error;
  }
  DeviceNode node(fd, path.string());
  struct stat status {};
  if (::fstat(fd, &status) != 0) return base::system_error(path, errno);
  if (!S_ISBLK(status.st_mode) && !S_ISCHR(status.st_mode)) {
    return Error{Errc::io_error, path.string() + ": not a device node", {}, {}};
  }
  const std::string found =
      std::to_string(major(status.st_rdev)) + ":" + std::to_string(minor(status.st_rdev));
  if (found != number) {
    return Error{
        Errc::io_error,
        path.string() + ": is device " + found + ", the kernel says " + std::string(number),
        {},
        {}};
  }
  return node;
}

DeviceNode::DeviceNode(DeviceNode&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

DeviceNode::~DeviceNode() {
  if (fd_ >= 0) ::close(fd_);
}

Error question_failed(const DeviceNode& node, std::string_view question, int error_number,
                      std::string_view capability) {
  auto error = base::system_error(node.path(), error_number);
  error.message = node.path() + ": " + std::string(question) + ": " +
                  std::generic_category().message(error_number);
  if (error.code == Errc::permission_denied) {
    error.remedy = "run as root or with " + std::string(capability);
  }
  return error;
}

}  // namespace accel::host
