#include "open.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdlib>
#include <functional>

#include "../tree/card_refresh.hpp"
#include "../tree/tree.hpp"
#include "build.hpp"
#include "environment.hpp"
#include "library_dir.hpp"
#include "locate.hpp"
#include "state_dir.hpp"

namespace accel::sim {
namespace {

/// A scenario as the user named it, taken apart.
struct Name {
  std::string text;   ///< As given, for display.
  std::string file;   ///< Absolute path of the TOML file.
  std::string state;  ///< Name of the default state directory.
  std::uint32_t count = 0;
};

/// Holds an advisory lock on the state directory while it is made.
class MakerLock {
 public:
  explicit MakerLock(const std::string& dir)
      : fd_(::open((dir + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (fd_ >= 0) ::flock(fd_, LOCK_EX);
  }
  ~MakerLock() {
    if (fd_ >= 0) ::close(fd_);
  }
  MakerLock(const MakerLock&) = delete;
  MakerLock& operator=(const MakerLock&) = delete;

  [[nodiscard]] bool held() const { return fd_ >= 0; }

 private:
  int fd_;
};

bool plain_name(const std::string& name) {
  constexpr char kAllowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !name.empty() && name.size() <= 40 &&
         name.find_first_not_of(kAllowed) == std::string::npos;
}

bool ends_with(const std::string& text, const std::string& tail) {
  return text.size() > tail.size() &&
         text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

Problem split_count(std::string& text, std::uint32_t& count) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || text.find('/', colon) != std::string::npos) return {};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, count);
  if (error != std::errc{} || stop != end || count == 0 || count > kMaxGpus) {
    return {Fail::invalid, "scenario '" + text + "': expected NAME or NAME:N with N from 1 to " +
                               std::to_string(kMaxGpus)};
  }
  text.resize(colon);
  return {};
}

/// A path: its state is told from that of another file of the same name by a hash of the path.
Problem resolve_file(const std::string& text, Name& name) {
  char resolved[PATH_MAX];
  if (::realpath(text.c_str(), resolved) == nullptr) return system_problem(text, errno);
  name.file = resolved;
  const std::size_t slash = name.file.rfind('/');
  std::string stem = name.file.substr(slash + 1);
  if (ends_with(stem, ".toml")) stem.resize(stem.size() - 5);
  for (char& c : stem) {
    if (!plain_name(std::string(1, c))) c = '_';
  }
  name.state = stem.substr(0, 40) + ".f" + std::to_string(std::hash<std::string>{}(name.file));
  return {};
}

Problem resolve(const OpenRequest& request, Name& name) {
  name.text = request.scenario;
  std::string text = request.scenario;
  if (Problem problem = split_count(text, name.count)) return problem;
  if (text.find('/') != std::string::npos || ends_with(text, ".toml")) {
    if (Problem problem = resolve_file(text, name)) return problem;
  } else {
    if (!plain_name(text)) return {Fail::invalid, "scenario '" + text + "': not a name"};
    const std::string dir =
        request.scenario_dir.empty() ? scenario_folder(own_folder()) : request.scenario_dir;
    name.file = dir + '/' + text + ".toml";
    name.state = text;
  }
  if (name.count > 0) name.state += '.' + std::to_string(name.count);
  return {};
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

Problem stat_origin(const Name& name, const std::string& library, Origin& origin) {
  struct stat file {};
  if (::stat(name.file.c_str(), &file) != 0) {
    if (errno != ENOENT) return system_problem(name.file, errno);
    return {Fail::not_found, "scenario '" + name.text + "': no file " + name.file};
  }
  struct stat object {};
  if (::stat(library.c_str(), &object) != 0) return system_problem(library, errno);
  if (name.file.size() >= sizeof origin.scenario_file.bytes ||
      library.size() >= sizeof origin.library.bytes) {
    return {Fail::invalid, name.file + ": path too long"};
  }
  origin.scenario_file.set(name.file);
  origin.file_time = nanoseconds(file.st_mtim);
  origin.file_size = static_cast<std::uint64_t>(file.st_size);
  origin.file_inode = file.st_ino;
  origin.gpu_count = name.count;
  origin.library.set(library);
  origin.library_time = nanoseconds(object.st_mtim);
  origin.library_size = static_cast<std::uint64_t>(object.st_size);
  origin.boot.set(boot_id());
  return {};
}

bool read_text(const std::string& path, std::string& text) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  char block[16384];
  ssize_t length = 0;
  while ((length = ::read(fd, block, sizeof block)) > 0) {
    text.append(block, static_cast<std::size_t>(length));
  }
  const int error = errno;
  ::close(fd);
  errno = error;
  return length == 0;
}

/// Retires the state that lies there, so that processes which still use it can notice.
void retire(const std::string& dir) {
  if (const auto old = Mapping::open(dir))
    __atomic_store_n(&old->node().retired, 1U, __ATOMIC_RELEASE);
}

Problem swap_tree(const std::string& dir) {
  const std::string root = dir + "/root";
  remove_all(dir + "/root.old");
  if (::rename(root.c_str(), (dir + "/root.old").c_str()) != 0 && errno != ENOENT) {
    return system_problem(root, errno);
  }
  if (::rename((dir + "/root.new").c_str(), root.c_str()) != 0) return system_problem(root, errno);
  remove_all(dir + "/root.old");
  return {};
}

/// Makes everything under temporary names; the model's comes last, since it is what opens find.
Problem make_state(const Name& name, const Origin& origin, OpenNode& opened) {
  std::string text;
  if (!read_text(name.file, text)) return system_problem(name.file, errno);
  Scenario scenario;
  if (Problem problem = parse_scenario(text, name.file, scenario)) return problem;
  const std::string& dir = opened.state_dir;
  auto mapping = Mapping::create(dir + "/model.new", gpu_total(scenario, name.count),
                                 card_total(scenario, name.count));
  if (!mapping) return system_problem(dir + "/model", errno);
  Node& node = mapping->node();
  node.origin = origin;
  node.scenario.set(name.text);
  build_node(scenario, node);
  remove_all(dir + "/root.new");
  if (Problem problem = write_tree(scenario, node, dir + "/root.new")) return problem;
  retire(dir);
  if (Problem problem = swap_tree(dir)) return problem;
  opened.mapping = std::move(mapping);
  if (Problem problem = place_libraries(opened)) return problem;
  if (::rename((dir + "/model.new").c_str(), (dir + "/model").c_str()) != 0) {
    return system_problem(dir + "/model", errno);
  }
  return {};
}

Problem open_existing(OpenNode& opened) {
  if (Problem problem = prepare_state_dir(opened.state_dir)) return problem;
  opened.mapping = Mapping::open(opened.state_dir);
  if (!opened.mapping) {
    return {Fail::not_found, opened.state_dir + ": no simulated node here; name a scenario"};
  }
  opened.scenario = opened.mapping->node().scenario.view();
  opened.library = opened.mapping->node().origin.library.view();
  return {};
}

Problem open_named(const OpenRequest& request, OpenNode& opened) {
  Name name;
  Origin origin{};
  if (Problem problem = resolve(request, name)) return problem;
  if (Problem problem = stat_origin(name, opened.library, origin)) return problem;
  if (opened.state_dir.empty()) {
    if (Problem problem = default_state_dir(name.state, opened.state_dir)) return problem;
  }
  if (Problem problem = prepare_state_dir(opened.state_dir)) return problem;
  opened.scenario = name.text;
  opened.mapping = Mapping::open(opened.state_dir);
  if (opened.mapping && same_origin(opened.mapping->node().origin, origin)) return {};
  opened.mapping.reset();
  const MakerLock lock(opened.state_dir);
  if (!lock.held()) return system_problem(opened.state_dir + "/lock", errno);
  // Another process may have made it in the meantime.
  opened.mapping = Mapping::open(opened.state_dir);
  if (opened.mapping && same_origin(opened.mapping->node().origin, origin)) return {};
  opened.mapping.reset();
  return make_state(name, origin, opened);
}

}  // namespace

bool same_origin(const Origin& a, const Origin& b) {
  return a.scenario_file.view() == b.scenario_file.view() && a.file_time == b.file_time &&
         a.file_size == b.file_size && a.file_inode == b.file_inode && a.gpu_count == b.gpu_count &&
         a.library.view() == b.library.view() && a.library_time == b.library_time &&
         a.library_size == b.library_size && a.boot.view() == b.boot.view();
}

Problem open_node(const OpenRequest& request, OpenNode& opened) {
  opened = {};
  opened.state_dir = request.state_dir;
  if (opened.state_dir.empty()) opened.state_dir = environment("ACCEL_SIM_STATE");
  opened.library = request.library.empty() ? own_folder() + "/libnvidia-ml.so.1" : request.library;
  if (request.scenario.empty() && opened.state_dir.empty()) {
    return {Fail::invalid, "no scenario and no state directory named"};
  }
  Problem problem = request.scenario.empty() ? open_existing(opened) : open_named(request, opened);
  if (problem) return problem;
  char resolved[PATH_MAX];
  if (::realpath(opened.state_dir.c_str(), resolved) != nullptr) opened.state_dir = resolved;
  opened.root = opened.state_dir + "/root";
  refresh_tree(opened.mapping->node(), opened.root);
  refresh_cards(opened.mapping->node(), opened.root);
  return choose_library_dir(opened);
}

}  // namespace accel::sim
