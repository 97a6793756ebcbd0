// The terminal: shows frames, gives keys, and is left as it was found, however the program ends.
#pragma once

#include <memory>

#include "accel/result.hpp"
#include "cli/top/frame.hpp"
#include "cli/top/keys.hpp"

namespace accel::cli::top {

/// Whether the locale writes UTF-8. Takes over LC_CTYPE from the environment.
[[nodiscard]] bool locale_is_unicode();

/// One at a time. Standard input and output must be a terminal.
class Screen {
 public:
  /// invalid_argument for a terminal that terminfo does not know or that cannot be drawn on.
  static Result<std::unique_ptr<Screen>> open(bool colour);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  [[nodiscard]] Size size() const;
  [[nodiscard]] bool unicode() const { return unicode_; }
  /// Writes what differs from the frame that was shown before.
  void show(const Frame& frame);
  /// The next key; none when nobody has pressed one. Waits for nothing.
  [[nodiscard]] Key key();
  /// Learns the terminal's present size. What is shown next is drawn anew.
  void resize();
  /// Draws everything anew with the next frame.
  void redraw();
  /// Gives the terminal back for as long as the job is stopped, and takes it again.
  void suspend();
  /// Takes the terminal again after somebody else stopped us.
  void resume();

 private:
  struct Terminal;
  explicit Screen(std::unique_ptr<Terminal> terminal);

  std::unique_ptr<Terminal> terminal_;
  Frame shown_;
  bool unicode_ = false;
};

}  // namespace accel::cli::top
