// Starts a program and gathers what it says.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/fake_tree.hpp"

namespace accel::testing {

struct Ended {
  int code = -1;   ///< exit status; -1 when a signal ended it
  int signal = 0;  ///< the signal that ended it; 0 when it exited
  std::string out;
  std::string err;
};

class Program {
 public:
  explicit Program(std::string path) : path_(std::move(path)) {}

  Program& with(std::string name, std::string value) {
    environment_.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  /// Where standard output goes instead of into Ended::out; "" closes it.
  Program& out_to(std::string path) {
    out_ = std::move(path);
    redirected_ = true;
    return *this;
  }
  Program& in_directory(std::filesystem::path directory) {
    directory_ = std::move(directory);
    return *this;
  }

  /// Runs until it ends.
  [[nodiscard]] Ended run(const std::vector<std::string>& words) const {
    return finish(start(words));
  }

  /// For several at once.
  struct Started {
    pid_t pid = -1;
    std::unique_ptr<FakeTree> files;
  };
  [[nodiscard]] Started start(const std::vector<std::string>& words) const {
    Started started{-1, std::make_unique<FakeTree>()};
    const std::string out = redirected_ ? out_ : (started.files->root() / "out").string();
    const std::string err = (started.files->root() / "err").string();
    started.pid = ::fork();
    if (started.pid == 0) become(words, out, err);
    return started;
  }
  [[nodiscard]] static Ended finish(const Started& started) {
    int status = 0;
    ::waitpid(started.pid, &status, 0);
    Ended ended;
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
    ended.out = content(started.files->root() / "out");
    ended.err = content(started.files->root() / "err");
    return ended;
  }

 private:
  static std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  [[noreturn]] void become(const std::vector<std::string>& words, const std::string& out,
                           const std::string& err) const {
    for (const auto& [name, value] : environment_) ::setenv(name.c_str(), value.c_str(), 1);
    if (!directory_.empty() && ::chdir(directory_.c_str()) != 0) ::_exit(126);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    ::close(STDOUT_FILENO);
    if (!out.empty()) {
      const int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      if (file != STDOUT_FILENO) ::dup2(file, STDOUT_FILENO);
    }
    std::vector<char*> arguments{const_cast<char*>(path_.c_str())};
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(path_.c_str(), arguments.data());
    ::_exit(127);
  }

  std::string path_;
  std::vector<std::pair<std::string, std::string>> environment_;
  std::filesystem::path directory_;
  std::string out_;
  bool redirected_ = false;
};

}  // namespace accel::testing
