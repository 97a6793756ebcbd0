#include "base/dir.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <memory>
#include <span>
#include <system_error>

#include "base/number.hpp"

namespace accel::base {
namespace {

Errc to_errc(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
    case EOPNOTSUPP: return Errc::operation_not_supported;
    case EACCES:
    case EPERM: return Errc::permission_denied;
    case EAGAIN:
    case EBUSY:
    case ENODATA: return Errc::unavailable;  // The driver has no value at the moment.
    case ENODEV:
    case ENXIO: return Errc::device_lost;  // Unplugged since we listed it.
    default: return Errc::io_error;
  }
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

struct CloseDirectory {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

bool by_number(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Descriptor open_file(const std::string& path) {
  // O_NONBLOCK: a recorded tree may hold a pipe where the machine had a file.
  return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
}

ssize_t read_once(const Descriptor& fd, std::span<char> room) {
  ssize_t size = 0;
  do {
    size = ::read(fd.get(), room.data(), room.size());
  } while (size < 0 && errno == EINTR);
  return size;
}

/// Without blanks, newlines and NULs at its end.
std::string_view trimmed(std::string_view text) {
  return text.substr(0, text.find_last_not_of(std::string_view(" \t\r\n\0", 5)) + 1);
}

/// The text of a file that holds a single number. The kernel gives an attribute whole with the
/// first read (Documentation/filesystems/sysfs.rst), so one that left room needs no second.
Result<std::string> number_text(const std::string& path) {
  const Descriptor fd = open_file(path);
  if (fd.get() < 0) return system_error(path, errno);
  char room[64];
  const ssize_t size = read_once(fd, room);
  if (size < 0) return system_error(path, errno);
  std::string text(room, static_cast<std::size_t>(size));
  if (text.size() == sizeof room) {
    auto whole = read_file(path);
    if (!whole) return whole;
    text = std::move(*whole);
  }
  text.resize(trimmed(text).size());
  return text;
}

}  // namespace

Error system_error(const std::string& path, int error_number) {
  const Errc code = to_errc(error_number);
  std::string remedy = code == Errc::permission_denied
                           ? "run as root, or as a user who may read " + path
                           : std::string{};
  return {code, path + ": " + std::generic_category().message(error_number), std::move(remedy), {}};
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const Descriptor fd = open_file(path);
  if (fd.get() < 0) return system_error(path, errno);

  std::string text;
  char page[4096];
  while (text.size() < limit) {
    const ssize_t size = read_once(fd, page);
    if (size < 0) return system_error(path, errno);
    if (size == 0) break;
    text.append(page, std::min(static_cast<std::size_t>(size), limit - text.size()));
  }
  return text;
}

Error write_error(const std::string& path, int error_number) {
  Error error = system_error(path, error_number);
  // So a driver refuses a value: out of range, of another form, or not now.
  if (error_number == EINVAL || error_number == ERANGE) error.code = Errc::invalid_argument;
  if (error.code == Errc::permission_denied) {
    error.remedy = "run as root; a file that root may not write either is for reading only";
  }
  return error;
}

Result<void> write_file(const std::string& path, std::string_view text) {
  const Descriptor fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (fd.get() < 0) return write_error(path, errno);
  ssize_t size = 0;
  do {
    size = ::write(fd.get(), text.data(), text.size());
  } while (size < 0 && errno == EINTR);
  if (size < 0) return write_error(path, errno);
  if (static_cast<std::size_t>(size) == text.size()) return {};
  return Error{Errc::io_error, path + ": the driver took only a part of the value", "", {}};
}

std::string Dir::source(std::string_view file) const {
  std::string path;
  path.reserve(path_.size() + 1 + file.size());
  path = path_;
  if (!path.empty() && path.back() != '/') path += '/';
  return path.append(file);
}

bool Dir::exists() const {
  struct stat status {};
  return ::stat(path_.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool Dir::has(std::string_view file) const {
  struct stat status {};
  return ::stat(source(file).c_str(), &status) == 0;
}

Result<std::string> Dir::text(std::string_view file) const {
  auto text = read_file(source(file));
  if (text) text->resize(trimmed(*text).size());
  return text;
}

Result<std::int64_t> Dir::integer(std::string_view file) const {
  const auto path = source(file);
  const auto raw = number_text(path);
  if (!raw) return raw.error();
  auto value = parse_integer(*raw);
  if (!value) return annotate(path, value.error());
  return value;
}

Result<std::int64_t> Dir::scaled_integer(std::string_view file, std::int64_t scale) const {
  const auto raw = integer(file);
  if (!raw) return raw.error();
  std::int64_t scaled = 0;
  if (__builtin_mul_overflow(*raw, scale, &scaled)) {
    return Error{
        Errc::malformed, source(file) + ": " + std::to_string(*raw) + " is too large", "", {}};
  }
  return scaled;
}

Result<std::uint64_t> Dir::hex(std::string_view file) const {
  const auto path = source(file);
  const auto raw = number_text(path);
  if (!raw) return raw.error();
  auto value = parse_hex(*raw);
  if (!value) return annotate(path, value.error());
  return value;
}

std::vector<Dir> Dir::children(std::string_view prefix) const {
  const std::unique_ptr<DIR, CloseDirectory> stream(::opendir(path_.c_str()));
  if (stream == nullptr) return {};
  std::vector<std::string> names;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread has this stream
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name(entry->d_name);
    if (name != "." && name != ".." && name.starts_with(prefix)) names.emplace_back(name);
  }
  std::ranges::sort(names, by_number);
  std::vector<Dir> found;
  found.reserve(names.size());
  for (const std::string& name : names) found.push_back(child(name));
  return found;
}

Result<std::string> Dir::link_name(std::string_view link) const {
  const auto path = source(link);
  char room[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), room, sizeof room);
  if (size < 0) return system_error(path, errno);
  const std::string_view target(room, static_cast<std::size_t>(size));
  return std::string(target.substr(target.rfind('/') + 1));
}

}  // namespace accel::base
