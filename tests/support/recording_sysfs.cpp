#include "support/recording_sysfs.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#ifdef ACCEL_HAS_FUSE
#define FUSE_USE_VERSION 35
#include <fuse.h>
#endif

namespace accel::testing {

namespace fs = std::filesystem;

struct RecordingSysfs::State {
  std::string root;
  DriverRules rules;
  mutable std::mutex lock;
  ServedFiles files;
  std::vector<RecordedWrite> writes;
#ifdef ACCEL_HAS_FUSE
  struct fuse* fuse = nullptr;
  std::thread loop;
#endif
};

namespace {

ServedFiles files_of(const fs::path& tree) {
  ServedFiles files;
  for (const auto& entry : fs::recursive_directory_iterator(tree)) {
    const std::string path = "/" + entry.path().lexically_relative(tree).string();
    if (entry.is_symlink()) {
      files[path] = {fs::read_symlink(entry.path()).string(), 0777, true};
    } else if (entry.is_regular_file()) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      files[path] = {text.str(), static_cast<unsigned>(entry.status().permissions()), false};
    }
  }
  return files;
}

#ifdef ACCEL_HAS_FUSE

RecordingSysfs::State& state() {
  return *static_cast<RecordingSysfs::State*>(fuse_get_context()->private_data);
}

bool is_folder(const ServedFiles& files, const std::string& path) {
  if (path == "/") return true;
  const auto below = files.lower_bound(path + "/");
  return below != files.end() && below->first.starts_with(path + "/");
}

int get_attributes(const char* path, struct stat* out, fuse_file_info* /*file*/) {
  RecordingSysfs::State& served = state();
  const std::lock_guard guard(served.lock);
  *out = {};
  out->st_uid = ::geteuid();
  out->st_gid = ::getegid();
  out->st_nlink = 1;
  const auto found = served.files.find(path);
  if (found != served.files.end()) {
    out->st_mode = (found->second.is_link ? S_IFLNK : S_IFREG) | found->second.mode;
    out->st_size = 4096;  // as sysfs says of every attribute
    return 0;
  }
  if (!is_folder(served.files, path)) return -ENOENT;
  out->st_mode = S_IFDIR | 0755;
  return 0;
}

int read_link(const char* path, char* room, std::size_t size) {
  RecordingSysfs::State& served = state();
  const std::lock_guard guard(served.lock);
  const auto found = served.files.find(path);
  if (found == served.files.end()) return -ENOENT;
  if (!found->second.is_link) return -EINVAL;
  const std::size_t length = std::min(found->second.content.size(), size - 1);
  std::memcpy(room, found->second.content.data(), length);
  room[length] = '\0';
  return 0;
}

int read_folder(const char* path, void* out, fuse_fill_dir_t fill, off_t /*from*/,
                fuse_file_info* /*file*/, fuse_readdir_flags /*flags*/) {
  RecordingSysfs::State& served = state();
  const std::lock_guard guard(served.lock);
  const std::string prefix = std::string(path) == "/" ? "/" : std::string(path) + "/";
  std::string before;
  for (auto at = served.files.lower_bound(prefix);
       at != served.files.end() && at->first.starts_with(prefix); ++at) {
    const auto name =
        at->first.substr(prefix.size(), at->first.find('/', prefix.size()) - prefix.size());
    if (name != before) fill(out, name.c_str(), nullptr, 0, static_cast<fuse_fill_dir_flags>(0));
    before = name;
  }
  return 0;
}

/// An attribute that nobody may write is refused even to root (kernfs_fop_open).
int open_file(const char* path, fuse_file_info* file) {
  RecordingSysfs::State& served = state();
  const std::lock_guard guard(served.lock);
  const auto found = served.files.find(path);
  if (found == served.files.end()) return -ENOENT;
  if ((file->flags & O_ACCMODE) != O_RDONLY && (found->second.mode & 0222U) == 0) return -EACCES;
  file->direct_io = 1;
  return 0;
}

int read_file(const char* path, char* room, std::size_t size, off_t from,
              fuse_file_info* /*file*/) {
  RecordingSysfs::State& served = state();
  const std::lock_guard guard(served.lock);
  const auto found = served.files.find(path);
  if (found == served.files.end()) return -ENOENT;
  const std::string& content = found->second.content;
  const auto at = std::min(static_cast<std::size_t>(from), content.size());
  const std::size_t length = std::min(size, content.size() - at);
  std::memcpy(room, content.data() + at, length);
  return static_cast<int>(length);
}

int write_file(const char* path, const char* text, std::size_t size, off_t /*at*/,
               fuse_file_info* /*file*/) {
  RecordingSysfs::State& served = state();
  const std::lock_guard guard(served.lock);
  const std::string value(text, size);
  const long answer = served.rules(served.files, path, value);
  served.writes.push_back({path, value, answer});
  return static_cast<int>(answer);
}

/// The shell's `>` cuts a file before it writes; sysfs takes no notice.
int cut_file(const char* /*path*/, off_t /*size*/, fuse_file_info* /*file*/) { return 0; }

fuse_operations operations() {
  fuse_operations all{};
  all.getattr = get_attributes;
  all.readlink = read_link;
  all.readdir = read_folder;
  all.open = open_file;
  all.read = read_file;
  all.write = write_file;
  all.truncate = cut_file;
  return all;
}

/// Mounts of this process alone go with it, whatever ends it. Once, before other threads begin;
/// false where this user may not, and the mount needs somebody who stays behind.
bool has_own_mounts() {
  static const bool own = ::unshare(CLONE_NEWNS) == 0 &&
                          ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return own;
}

#endif

}  // namespace

RecordingSysfs::RecordingSysfs(std::unique_ptr<State> state) : state_(std::move(state)) {}

std::unique_ptr<RecordingSysfs> RecordingSysfs::mount(const std::string& tree, DriverRules rules,
                                                      std::string& why_not) {
#ifdef ACCEL_HAS_FUSE
  if (::access("/dev/fuse", R_OK | W_OK) != 0) {
    why_not = std::string("/dev/fuse: ") + std::strerror(errno);
    return nullptr;
  }
  auto state = std::make_unique<State>();
  std::string folder = (fs::temp_directory_path() / "accel-sysfs-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    why_not = "no temporary folder";
    return nullptr;
  }
  state->root = folder;
  state->rules = std::move(rules);
  state->files = files_of(tree);
  std::vector<std::string> words{"accel", "-ofsname=accel-test"};
  if (!has_own_mounts()) words.emplace_back("-oauto_unmount");
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  fuse_args arguments = FUSE_ARGS_INIT(static_cast<int>(pointers.size()), pointers.data());
  const fuse_operations served = operations();
  state->fuse = ::fuse_new(&arguments, &served, sizeof served, state.get());
  ::fuse_opt_free_args(&arguments);
  if (state->fuse == nullptr || ::fuse_mount(state->fuse, folder.c_str()) != 0) {
    if (state->fuse != nullptr) ::fuse_destroy(state->fuse);
    ::rmdir(folder.c_str());
    why_not = "no file system may be mounted on " + folder;
    return nullptr;
  }
  state->loop = std::thread([fuse = state->fuse] { ::fuse_loop(fuse); });
  return std::unique_ptr<RecordingSysfs>(new RecordingSysfs(std::move(state)));
#else
  static_cast<void>(tree);
  static_cast<void>(rules);
  why_not = "built without libfuse3 (Debian: libfuse3-dev)";
  return nullptr;
#endif
}

RecordingSysfs::~RecordingSysfs() {
#ifdef ACCEL_HAS_FUSE
  // The kernel then ends the loop's read. Closing its descriptor from here would not.
  if (::umount2(state_->root.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe,cert-env33-c): nobody changes the environment
    static_cast<void>(std::system(("fusermount3 -u -z " + state_->root).c_str()));
  }
  state_->loop.join();
  ::fuse_unmount(state_->fuse);
  ::fuse_destroy(state_->fuse);
  ::rmdir(state_->root.c_str());
#endif
}

const std::string& RecordingSysfs::root() const { return state_->root; }

std::vector<RecordedWrite> RecordingSysfs::writes() const {
  const std::lock_guard guard(state_->lock);
  return state_->writes;
}

std::vector<std::string> RecordingSysfs::taken() const {
  std::vector<std::string> all;
  for (const RecordedWrite& write : writes()) {
    if (write.answer == static_cast<long>(write.text.size())) {
      all.push_back(fs::path(write.path).filename().string() + " " + write.text);
    }
  }
  return all;
}

void RecordingSysfs::forget() {
  const std::lock_guard guard(state_->lock);
  state_->writes.clear();
}

std::string RecordingSysfs::content(const std::string& path) const {
  const std::lock_guard guard(state_->lock);
  const auto found = state_->files.find(path);
  return found == state_->files.end() ? std::string() : found->second.content;
}

void RecordingSysfs::change(const std::string& path,
                            const std::function<void(ServedFile&)>& change) {
  const std::lock_guard guard(state_->lock);
  change(state_->files[path]);
}

SimulatedDrivers RecordingSysfs::drivers() {
  return {.refresh = nullptr, .write = [](const fs::path& file, std::string_view text) {
            const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
            if (fd < 0) return errno;
            const ssize_t size = ::write(fd, text.data(), text.size());
            const int error = size < 0 ? errno : 0;
            ::close(fd);
            return error != 0 || size == static_cast<ssize_t>(text.size()) ? error : EIO;
          }};
}

}  // namespace accel::testing
