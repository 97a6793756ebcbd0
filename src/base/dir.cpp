#include "base/dir.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
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

bool by_number(const Dir& a, const Dir& b) {
  const auto x = a.name();
  const auto y = b.name();
  return x.size() != y.size() ? x.size() < y.size() : x < y;
}

}  // namespace

Error system_error(const std::filesystem::path& path, int error_number) {
  const Errc code = to_errc(error_number);
  std::string remedy = code == Errc::permission_denied
                           ? "run as root, or as a user who may read " + path.string()
                           : std::string{};
  return {code,
          path.string() + ": " + std::generic_category().message(error_number),
          std::move(remedy),
          {}};
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  // O_NONBLOCK: a recorded tree may hold a pipe where the machine had a file.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (fd.get() < 0) return system_error(path, errno);

  std::string text;
  std::array<char, 4096> page{};
  while (text.size() < limit) {
    const ssize_t size = ::read(fd.get(), page.data(), page.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error(path, errno);
    if (size == 0) break;
    text.append(page.data(), std::min(static_cast<std::size_t>(size), limit - text.size()));
  }
  return text;
}

bool Dir::exists() const {
  struct stat status {};
  return ::stat(path_.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool Dir::has(std::string_view file) const {
  struct stat status {};
  return ::stat((path_ / file).c_str(), &status) == 0;
}

Result<std::string> Dir::text(std::string_view file) const {
  auto text = read_file(path_ / file);
  if (!text) return text;
  const auto last = text->find_last_not_of(std::string_view(" \t\r\n\0", 5));
  text->resize(last == std::string::npos ? 0 : last + 1);
  return text;
}

Result<std::int64_t> Dir::integer(std::string_view file) const {
  const auto raw = text(file);
  if (!raw) return raw.error();
  auto value = parse_integer(*raw);
  if (!value) return annotate(source(file), value.error());
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
  const auto raw = text(file);
  if (!raw) return raw.error();
  auto value = parse_hex(*raw);
  if (!value) return annotate(source(file), value.error());
  return value;
}

std::vector<Dir> Dir::children(std::string_view prefix) const {
  std::vector<Dir> found;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(path_, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->path().filename().string().starts_with(prefix)) found.emplace_back(entry->path());
  }
  std::ranges::sort(found, by_number);
  return found;
}

Result<std::string> Dir::link_name(std::string_view link) const {
  std::error_code failure;
  const auto target = std::filesystem::read_symlink(path_ / link, failure);
  if (failure) return system_error(path_ / link, failure.value());
  return target.filename().string();
}

}  // namespace accel::base
