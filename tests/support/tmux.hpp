// A real terminal of any size for the program under test: tmux, with a shell in it. It can be typed
// into, looked at and made larger.
#pragma once

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/fake_tree.hpp"

namespace accel::testing {

class Tmux {
 public:
  [[nodiscard]] static bool is_installed() { return ::access("/usr/bin/tmux", X_OK) == 0; }

  /// `locale` as in LC_ALL.
  Tmux(int columns, int rows, const std::string& locale = "C.UTF-8") {
    // A prompt that nothing else on the screen looks like, and no settings of the user.
    files_.file("sh", "PS1='shell> '; stty sane\n");
    run("-u -f /dev/null new-session -d -s t -x " + std::to_string(columns) + " -y " +
        std::to_string(rows) + " \"env -i PATH=$PATH HOME=" + files_.root().string() +
        " TERM=tmux-256color LC_ALL=" + locale + " ENV=" + (files_.root() / "sh").string() +
        " sh -i\"");
    run("set -g status off");
    wait_for("shell>");
  }
  ~Tmux() { run("kill-server"); }
  Tmux(const Tmux&) = delete;
  Tmux& operator=(const Tmux&) = delete;

  /// A command line for the shell.
  void type(const std::string& line) {
    run("send-keys -t t -l -- '" + line + "'");
    key("Enter");
  }
  /// Keys by tmux's names: "F1", "Down", "C-z", "q".
  void key(const std::string& name) { run("send-keys -t t " + name); }
  void resize(int columns, int rows) {
    run("resize-window -t t -x " + std::to_string(columns) + " -y " + std::to_string(rows));
  }

  [[nodiscard]] std::string screen() { return run("capture-pane -p -t t"); }
  /// With the escape sequences of its styles.
  [[nodiscard]] std::string styled_screen() { return run("capture-pane -e -p -t t"); }
  /// What tmux knows of the terminal: "alternate_on", "cursor_flag", "keypad_flag".
  [[nodiscard]] std::string fact(const std::string& name) {
    std::string text = run("display-message -p -t t '#{" + name + "}'");
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }

  /// The screen once it holds the text; "" where that does not happen within `patience`.
  std::string wait_for(const std::string& text) {
    return wait_until([&](const std::string& now) { return now.find(text) != now.npos; });
  }
  std::string wait_until_gone(const std::string& text) {
    return wait_until([&](const std::string& now) { return now.find(text) == now.npos; });
  }

 private:
  template <class Done>
  std::string wait_until(const Done& done) {
    constexpr std::chrono::seconds patience{20};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
      std::string now = screen();
      if (done(now)) return now;
      // Another program draws, and tells nobody when: there is nothing to wait on.
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    std::fputs(screen().c_str(), stderr);
    return {};
  }

  std::string run(const std::string& words) {
    const std::string line =
        "tmux -S '" + (files_.root() / "socket").string() + "' " + words + " 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("popen failed");
    std::string text;
    std::array<char, 4096> piece{};
    while (std::fgets(piece.data(), piece.size(), pipe) != nullptr) text += piece.data();
    ::pclose(pipe);
    return text;
  }

  FakeTree files_;
};

}  // namespace accel::testing
