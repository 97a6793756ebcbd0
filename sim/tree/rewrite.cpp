#include "rewrite.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace accel::sim {

void replace_content(int fd, std::string_view content) {
  // Written before it is cut.
  const ssize_t length = ::pwrite(fd, content.data(), content.size(), 0);
  if (length == static_cast<ssize_t>(content.size())) {
    [[maybe_unused]] const int cut = ::ftruncate(fd, length);
  }
}

void rewrite(const std::string& path, std::string_view content) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return;
  replace_content(fd, content);
  ::close(fd);
}

}  // namespace accel::sim
