#include "capture/output.hpp"

#include <fcntl.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is of POSIX
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "base/dir.hpp"
#include "capture/gzip.hpp"
#include "capture/tar.hpp"

namespace accel::capture {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";

Error failed(const fs::path& path) {
  Error error = base::system_error(path.string(), errno);
  if (error.code == Errc::permission_denied) error.remedy = "choose another place with -o";
  if (error.code != Errc::permission_denied) error.code = Errc::io_error;
  return error;
}

bool is_compressed(const fs::path& path) {
  const std::string name = path.filename();
  return name.ends_with(".tar.gz") || name.ends_with(".tgz");
}

Result<void> write_all(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(file, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failed(path);
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return {};
}

/// A file that has no name yet, or where the file system cannot do that, another one; it vanishes
/// if it is not given its own.
class Unfinished {
 public:
  explicit Unfinished(fs::path path) : path_(std::move(path)) {
    const fs::path folder = path_.has_parent_path() ? path_.parent_path() : fs::path(".");
    file_ = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (file_ < 0) name_it();
  }
  ~Unfinished() {
    if (file_ >= 0) ::close(file_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  [[nodiscard]] int get() const { return file_; }

  Result<void> publish(bool replace) {
    // Whatever makes that fail, a link from its temporary name gives the same.
    if (temporary_.empty() && link(path_)) return {};
    if (temporary_.empty() && errno != EEXIST) return failed(path_);
    if (temporary_.empty() && !(replace && link_to_temporary())) return failed(path_);
    if (replace) {
      if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failed(path_);
      temporary_.clear();
      return {};
    }
    if (::link(temporary_.c_str(), path_.c_str()) != 0) return failed(path_);
    return {};
  }

 private:
  void name_it() {
    std::string name = path_.string() + ".XXXXXX";
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file_ >= 0) temporary_ = name;
  }
  [[nodiscard]] bool link(const fs::path& to) const {
    // open(2) has this way for those without CAP_DAC_READ_SEARCH.
    const std::string self = "/proc/self/fd/" + std::to_string(file_);
    return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }
  [[nodiscard]] bool link_to_temporary() {
    const std::string name = path_.string() + ".new" + std::to_string(::getpid());
    if (!link(name)) return false;
    temporary_ = name;
    return true;
  }

  fs::path path_;
  int file_ = -1;
  std::string temporary_;
};

/// "bundle" of "bundle.tar.gz": what the archive unpacks to.
std::string stem_of(const fs::path& path) {
  const std::string name = path.filename();
  const auto end =
      is_compressed(path) && name.ends_with(".tgz") ? name.size() - 4 : name.rfind(".tar");
  return end == 0 ? "bundle" : name.substr(0, end);
}

Result<void> write_archive(const Tree& tree, const Output& output) {
  Unfinished file(output.path);
  if (file.get() < 0) return failed(output.path);
  if (is_compressed(output.path)) {
    auto gzip = GzipFile::open(file.get());
    if (!gzip) return gzip.error();
    const auto sink = [&](std::string_view bytes) { return gzip->write(bytes); };
    auto written = write_tar(tree, stem_of(output.path), output.modified, sink);
    if (written) written = gzip->close();
    if (!written) return written;
  } else {
    const auto sink = [&](std::string_view bytes) {
      return write_all(file.get(), bytes, output.path);
    };
    if (auto written = write_tar(tree, stem_of(output.path), output.modified, sink); !written) {
      return written;
    }
  }
  return file.publish(output.replace);
}

Result<void> write_node(const fs::path& path, const Node& node) {
  if (std::holds_alternative<Folder>(node)) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return failed(path);
    return {};
  }
  if (const auto* link = std::get_if<Link>(&node)) {
    if (::symlink(link->target.c_str(), path.c_str()) != 0) return failed(path);
    return {};
  }
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const int file = ::open(path.c_str(), flags, 0600);
  if (file < 0) return failed(path);
  auto written = write_all(file, std::get<File>(node).bytes, path);
  if (::close(file) != 0 && written) written = failed(path);
  return written;
}

/// Whether all that leads to it are folders: nothing is written through a link of the tree.
bool is_reachable(const Tree& tree, const std::string& path) {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const auto above = tree.find(path.substr(0, slash));
    if (above == tree.end() || !std::holds_alternative<Folder>(above->second)) return false;
  }
  return true;
}

fs::path without_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

bool is_bundle_or_empty(const fs::path& path) {
  std::error_code failure;
  const bool empty = fs::is_empty(path, failure);
  return (!failure && empty) || fs::is_regular_file(path / kManifest, failure);
}

/// Puts the folder `made` in the place of `path`.
Result<void> take_place(const fs::path& made, const fs::path& path, bool replace) {
  // An empty folder gives way to another one.
  if (::rename(made.c_str(), path.c_str()) == 0) return {};
  if (!replace || (errno != ENOTEMPTY && errno != EEXIST)) return failed(path);
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) != 0) {
    return failed(path);
  }
  std::error_code ignored;
  fs::remove_all(made, ignored);
  return {};
}

Result<void> write_folder(const Tree& tree, const Output& output) {
  const fs::path path = without_slash(output.path);
  std::string made = path.string() + ".XXXXXX";
  if (::mkdtemp(made.data()) == nullptr) return failed(path);
  Result<void> written;
  for (const auto& [name, node] : tree) {
    if (!written) break;
    if (is_reachable(tree, name)) written = write_node(fs::path(made) / name, node);
  }
  if (written) written = take_place(made, path, output.replace);
  if (!written) {
    std::error_code ignored;
    fs::remove_all(made, ignored);
  }
  return written;
}

}  // namespace

bool is_folder(const fs::path& path) {
  std::error_code failure;
  return !path.has_filename() || fs::is_directory(path, failure);
}

Result<void> check(const Output& output) {
  const fs::path path = without_slash(output.path);
  const std::string name = path.filename();
  if (!is_folder(output.path) && !is_compressed(path) && !name.ends_with(".tar")) {
    return Error{Errc::invalid_argument,
                 output.path.string() + ": is no name of an archive",
                 "end it in .tar.gz or .tar, or in / for a folder",
                 {}};
  }
  std::error_code failure;
  if (path.has_parent_path() && !fs::is_directory(path.parent_path(), failure)) {
    return Error{Errc::invalid_argument,
                 path.parent_path().string() + ": is no folder",
                 "make it, or give another name with -o",
                 {}};
  }
  const auto status = fs::symlink_status(path, failure);
  if (!fs::exists(status)) return {};
  const bool empty_folder = fs::is_directory(status) && fs::is_empty(path, failure);
  if (empty_folder && !failure) return {};
  if (!output.replace) {
    return Error{Errc::invalid_argument,
                 path.string() + ": is there already",
                 "give another name with -o, or --force to replace it",
                 {}};
  }
  if (fs::is_directory(status) ? is_bundle_or_empty(path) : fs::is_regular_file(status)) return {};
  return Error{Errc::invalid_argument,
               path.string() + ": is no bundle, and is not replaced",
               "give another name with -o",
               {}};
}

Result<void> write(const Tree& tree, const Output& output) {
  return is_folder(output.path) ? write_folder(tree, output) : write_archive(tree, output);
}

}  // namespace accel::capture
