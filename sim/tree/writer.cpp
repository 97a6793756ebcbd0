#include "writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace accel::sim {

TreeWriter::TreeWriter(std::string root) : root_(std::move(root)) {
  if (::mkdir(root_.c_str(), 0755) != 0 && errno != EEXIST) {
    problem_ = system_problem(root_, errno);
    return;
  }
  fd_ = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (fd_ < 0) problem_ = system_problem(root_, errno);
}

TreeWriter::~TreeWriter() {
  if (fd_ >= 0) ::close(fd_);
}

void TreeWriter::folder(const std::string& path) {
  if (problem_ || path.empty() || !folders_.insert(path).second) return;
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos) folder(path.substr(0, slash));
  if (::mkdirat(fd_, path.c_str(), 0755) != 0 && errno != EEXIST && !problem_) {
    problem_ = system_problem(root_ + '/' + path, errno);
  }
}

void TreeWriter::file(const std::string& path, std::string_view content) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos) folder(path.substr(0, slash));
  if (problem_) return;
  const int fd = ::openat(fd_, path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool written = fd >= 0 && ::write(fd, content.data(), content.size()) ==
                                      static_cast<ssize_t>(content.size());
  if (!written) problem_ = system_problem(root_ + '/' + path, errno);
  if (fd >= 0) ::close(fd);
}

void TreeWriter::constant(const std::string& path, const std::string& content) {
  const auto [known, fresh] = constants_.try_emplace(content, path);
  if (fresh) return file(path, content);
  folder(path.substr(0, path.rfind('/')));
  if (problem_) return;
  // A file system may limit the names of one file; then it gets one of its own.
  if (::linkat(fd_, known->second.c_str(), fd_, path.c_str(), 0) != 0) file(path, content);
}

void TreeWriter::link(const std::string& path, const std::string& target) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos) folder(path.substr(0, slash));
  if (problem_) return;
  if (::symlinkat(target.c_str(), fd_, path.c_str()) != 0) {
    problem_ = system_problem(root_ + '/' + path, errno);
  }
}

void TreeWriter::link_to(const std::string& path, const std::string& other) {
  // Both paths share their beginning up to some slash; only the rest needs "..".
  std::size_t common = 0;
  for (std::size_t i = 0; i < path.size() && i < other.size() && path[i] == other[i]; ++i) {
    if (path[i] == '/') common = i + 1;
  }
  std::string target;
  for (std::size_t i = common; i < path.size(); ++i) {
    if (path[i] == '/') target += "../";
  }
  link(path, target + other.substr(common));
}

}  // namespace accel::sim
