#include "base/dir.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <span>
#include <system_error>

#include "base/file_watch.hpp"
#include "base/number.hpp"
#include "base/place.hpp"

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

/// Drivers end a number with a newline (sysfs_emit(..., "%d\n")): without one it has been cut.
Result<std::string> uncut(std::string_view text, const std::string& path) {
  if (!text.empty() && text.find('\n') == std::string_view::npos) {
    return Error{
        Errc::malformed, path + ": it does not end with a newline: it has been cut", "", {}};
  }
  return std::string(trimmed(text));
}

/// The text of a file that holds a single number. The kernel gives an attribute whole with the
/// first read (Documentation/filesystems/sysfs.rst), so one that left room needs no second.
Result<std::string> number_text(const std::string& path) {
  const auto watch = file_watch();
  if (watch != nullptr) watch->started(path);
  char room[64];
  int why = 0;
  std::size_t size = 0;
  {
    const Descriptor fd = open_file(path);
    const ssize_t got = fd.get() < 0 ? -1 : read_once(fd, room);
    if (got < 0) why = meant_error(path.c_str(), errno);
    if (got > 0) size = static_cast<std::size_t>(got);
  }
  if (why == 0 && size == sizeof room) {
    const auto whole = read_file(path);
    if (!whole) return whole.error();
    return uncut(*whole, path);
  }
  if (watch != nullptr) watch->finished(path, why, {room, size}, true);
  if (why != 0) return system_error(path, why);
  return uncut({room, size}, path);
}

/// Adds to `text` what the file holds. 0, or the error number.
int append_file(const std::string& path, std::size_t limit, std::string& text) {
  const Descriptor fd = open_file(path);
  if (fd.get() < 0) return meant_error(path.c_str(), errno);
  char page[4096];
  while (text.size() < limit) {
    const ssize_t size = read_once(fd, page);
    if (size < 0) return errno;
    if (size == 0) break;
    text.append(page, std::min(static_cast<std::size_t>(size), limit - text.size()));
  }
  return 0;
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
  const auto watch = file_watch();
  if (watch != nullptr) watch->started(path);
  std::string text;
  const int why = append_file(path, limit, text);
  if (watch != nullptr) watch->finished(path, why, text, text.size() < limit);
  if (why != 0) return system_error(path, why);
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
  if (const auto watch = file_watch()) watch->looked_at(path_);
  struct stat status {};
  return ::stat(path_.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool Dir::has(std::string_view file) const { return base::exists(source(file)); }

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
  std::error_code ignored;
  auto names = names_in(path_, ignored);
  std::erase_if(names, [&](const std::string& name) { return !name.starts_with(prefix); });
  std::ranges::sort(names, by_number);
  std::vector<Dir> found;
  found.reserve(names.size());
  for (const std::string& name : names) found.push_back(child(name));
  return found;
}

Result<std::string> Dir::link_name(std::string_view link) const {
  const auto path = source(link);
  if (const auto watch = file_watch()) watch->looked_at(path);
  char room[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), room, sizeof room);
  if (size < 0) return system_error(path, errno);
  const std::string_view target(room, static_cast<std::size_t>(size));
  if (target.starts_with(kRecordedError)) {
    return system_error(path, recorded_error(path.c_str()).value_or(ENOENT));
  }
  return std::string(target.substr(target.rfind('/') + 1));
}

}  // namespace accel::base
