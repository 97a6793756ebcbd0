#include "base/place.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <memory>

#include "base/file_watch.hpp"
#include "base/number.hpp"

namespace accel::base {
namespace {

struct CloseDirectory {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

void tell_of(const std::filesystem::path& path) {
  if (const auto watch = file_watch()) watch->looked_at(path.string());
}

/// The names, and the error number that ended the reading; 0 at its end.
int read_names(const char* folder, std::vector<std::string>& names) {
  const std::unique_ptr<DIR, CloseDirectory> stream(::opendir(folder));
  if (stream == nullptr) return meant_error(folder, errno);
  while (true) {
    errno = 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread has this stream
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) return errno;
    const std::string_view name(entry->d_name);
    if (name != "." && name != "..") names.emplace_back(name);
  }
}

}  // namespace

std::optional<int> recorded_error(const char* path) {
  char room[64];
  const ssize_t size = ::readlink(path, room, sizeof room);
  if (size <= 0) return std::nullopt;
  const std::string_view target(room, static_cast<std::size_t>(size));
  if (!target.starts_with(kRecordedError)) return std::nullopt;
  const auto number = parse_integer(target.substr(kRecordedError.size()));
  if (!number || *number <= 0 || *number > INT_MAX) return std::nullopt;
  return static_cast<int>(*number);
}

int meant_error(const char* path, int error_number) {
  return error_number == ENOENT ? recorded_error(path).value_or(ENOENT) : error_number;
}

bool is_there(const std::filesystem::path& path) {
  tell_of(path);
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

bool exists(const std::filesystem::path& path) {
  tell_of(path);
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return true;
  return errno == ENOENT && recorded_error(path.c_str()).has_value();
}

std::filesystem::path canonical(const std::filesystem::path& path, std::error_code& failure) {
  tell_of(path);
  return std::filesystem::canonical(path, failure);
}

std::filesystem::path read_symlink(const std::filesystem::path& path, std::error_code& failure) {
  tell_of(path);
  auto target = std::filesystem::read_symlink(path, failure);
  if (failure || !target.native().starts_with(kRecordedError)) return target;
  failure = {recorded_error(path.c_str()).value_or(ENOENT), std::generic_category()};
  return {};
}

std::vector<std::string> names_in(const std::filesystem::path& folder, std::error_code& failure) {
  std::vector<std::string> names;
  const int error_number = read_names(folder.c_str(), names);
  if (const auto watch = file_watch()) watch->listed(folder.string(), error_number);
  failure = {error_number, std::generic_category()};
  return names;
}

}  // namespace accel::base
