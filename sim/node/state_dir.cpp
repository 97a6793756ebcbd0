#include "state_dir.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "environment.hpp"

namespace accel::sim {
namespace {

/// A directory that nobody but its owner can prepare or change.
Problem check_private(const std::string& dir, bool root_may_own) {
  struct stat status {};
  if (::lstat(dir.c_str(), &status) != 0) return system_problem(dir, errno);
  if (!S_ISDIR(status.st_mode)) return {Fail::denied, dir + ": not a directory"};
  const bool mine = status.st_uid == ::geteuid() || (root_may_own && status.st_uid == 0);
  if (!mine) return {Fail::denied, dir + ": belongs to another user"};
  if ((status.st_mode & 022) != 0) return {Fail::denied, dir + ": others may write to it"};
  return {};
}

Problem make_private(const std::string& dir, bool root_may_own) {
  if (::mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) return system_problem(dir, errno);
  return check_private(dir, root_may_own);
}

/// An empty directory or one that the simulator made before.
bool ours(const std::string& dir) {
  std::error_code error;
  std::filesystem::directory_iterator entries(dir, error);
  if (error || entries == std::filesystem::directory_iterator()) return true;
  return ::access((dir + "/model").c_str(), F_OK) == 0 ||
         ::access((dir + "/lock").c_str(), F_OK) == 0;
}

}  // namespace

Problem default_state_dir(const std::string& name, std::string& dir) {
  std::string parent;
  const std::string runtime = environment("XDG_RUNTIME_DIR");
  if (runtime.starts_with('/') && ::access(runtime.c_str(), W_OK) == 0) {
    parent = runtime + "/accel-sim";
  } else {
    parent = "/tmp/accel-sim-" + std::to_string(::geteuid());
  }
  dir = parent + '/' + name;
  return make_private(parent, false);
}

Problem prepare_state_dir(const std::string& dir) {
  if (Problem problem = make_private(dir, true)) return problem;
  if (!ours(dir)) {
    return {Fail::invalid, dir + ": not empty and not the state of a simulated node"};
  }
  return {};
}

void remove_all(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Problem remove_state(const std::string& dir) {
  if (const Problem problem = check_private(dir, true)) return problem;
  if (!ours(dir)) {
    return {Fail::invalid, dir + ": not empty and not the state of a simulated node"};
  }
  std::error_code ignored;
  // A simulated run keeps its journals, audit and history here too: they belong to the state.
  for (const auto& entry : std::filesystem::directory_iterator(dir, ignored)) {
    if (entry.path().filename() != "lock") remove_all(entry.path().string());
  }
  ::unlink((dir + "/lock").c_str());
  ::rmdir(dir.c_str());
  return {};
}

}  // namespace accel::sim
