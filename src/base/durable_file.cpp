#include "base/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/dir.hpp"

namespace accel::base {
namespace {

constexpr mode_t kMode = 0600;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

Result<void> write_all(const Descriptor& file, const std::string& path, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file.number(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error(path, errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.number()) != 0) return system_error(path, errno);
  return {};
}

/// So that a name that came or went stays so.
Result<void> sync_directory(const std::filesystem::path& file) {
  const std::string directory = file.has_parent_path() ? file.parent_path().string() : ".";
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0) return system_error(directory, errno);
  return {};
}

}  // namespace

Result<void> write_durably(const std::filesystem::path& file, std::string_view text) {
  const std::string beside = file.string() + ".new";
  {
    const Descriptor opened(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kMode));
    if (opened.number() < 0) return system_error(beside, errno);
    if (auto written = write_all(opened, beside, text); !written) return written;
  }
  if (::rename(beside.c_str(), file.c_str()) != 0) return system_error(file.string(), errno);
  return sync_directory(file);
}

Result<void> append_durably(const std::filesystem::path& file, std::string_view text) {
  const bool is_new = ::access(file.c_str(), F_OK) != 0;
  const Descriptor opened(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, kMode));
  if (opened.number() < 0) return system_error(file.string(), errno);
  if (auto written = write_all(opened, file.string(), text); !written) return written;
  return is_new ? sync_directory(file) : Result<void>();
}

Result<void> remove_durably(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) return system_error(file.string(), errno);
  return sync_directory(file);
}

}  // namespace accel::base
