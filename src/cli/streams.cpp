#include "cli/streams.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>
#include <string>
#include <system_error>

#include "base/environment.hpp"
#include "base/number.hpp"

namespace accel::cli {
namespace {

Error file_error(std::string_view what, int error_number) {
  const Errc code = error_number == EACCES || error_number == EPERM || error_number == EROFS
                        ? Errc::permission_denied
                        : Errc::io_error;
  return {code, std::string(what) + ": " + std::generic_category().message(error_number), "", {}};
}

/// mkstemp() gives 0600; a file that people asked for has the permissions that they chose.
void apply_umask(int file) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(file, 0666 & ~mask);
}

/// Writes and closes: a full disk may show itself only then. 0, or the error number.
int write_and_close(int file, std::string_view text) {
  const int written = write_all(file, text);
  const int closed = ::close(file) == 0 ? 0 : errno;
  return written != 0 ? written : closed;
}

/// The same to a file just made by mkstemp(), which is removed when that fails.
int fill_new_file(int file, const std::string& name, std::string_view text) {
  apply_umask(file);
  const int why = write_and_close(file, text);
  if (why != 0) ::unlink(name.c_str());
  return why;
}

Result<void> write_in_place(const std::filesystem::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return file_error(path.string(), errno);
  const int why = write_and_close(file, text);
  if (why != 0) return file_error(path.string(), why);
  return {};
}

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const auto columns = base::environment_integer("COLUMNS");
  if (columns && *columns && **columns > 0) return static_cast<std::size_t>(**columns);
  return 80;
}

}  // namespace

void occupy_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
    // Reading only: what is written there must fail, not vanish.
    const int opened = ::open("/dev/null", O_RDONLY);
    if (opened >= 0 && opened != stream) ::close(opened);
  }
}

int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(file, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return 0;
}

render::Look terminal_look() {
  if (::isatty(STDOUT_FILENO) == 0) return {};
  const bool dumb = base::environment_text("TERM").value_or("dumb") == "dumb";
  return {terminal_width(), !dumb && !base::environment_text("NO_COLOR")};
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return write_in_place(path, text);
  }
  // Behind a symbolic link it is the file that changes, not the link.
  std::filesystem::path target = std::filesystem::weakly_canonical(path, ignored);
  if (target.empty()) target = path;
  std::string name = target.string() + ".XXXXXX";
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return file_error(path.string(), errno);
  if (const int why = fill_new_file(file, name, text); why != 0) {
    return file_error(path.string(), why);
  }
  if (::rename(name.c_str(), target.c_str()) != 0) {
    const int why = errno;
    ::unlink(name.c_str());
    return file_error(path.string(), why);
  }
  return {};
}

Result<std::filesystem::path> write_export(const std::filesystem::path& directory,
                                           std::string_view text, std::chrono::nanoseconds wall) {
  const std::time_t moment = std::chrono::floor<std::chrono::seconds>(wall).count();
  std::tm local{};
  ::localtime_r(&moment, &local);
  char stamp[64];
  const auto size = std::strftime(stamp, sizeof stamp, "accel_list_%Y%m%d_%H%M%S_", &local);
  constexpr std::string_view kSuffix = ".json";
  std::string name = (directory / std::string(stamp, size)).string() + "XXXXXX";
  name += kSuffix;
  const int file = ::mkostemps(name.data(), kSuffix.size(), O_CLOEXEC);
  if (file < 0) return file_error(directory.string(), errno);
  if (const int why = fill_new_file(file, name, text); why != 0) return file_error(name, why);
  return std::filesystem::path(name);
}

}  // namespace accel::cli
