#include "cli/top/screen.hpp"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <cwchar>
#include <string>
#include <string_view>

#include "base/environment.hpp"

// Its macros would replace words that we use.
#define NCURSES_NOMACROS  // NOLINT(readability-identifier-naming): the library's name
#include <ncursesw/curses.h>

namespace accel::cli::top {
namespace {

/// How a style looks. Colours go with an attribute or a sign, never alone; blue, orange and sky
/// blue can be told apart with every kind of colour vision (Okabe and Ito, "Color universal
/// design", 2008), which red and green cannot.
struct Paint {
  attr_t attributes;
  short colour;       ///< of 256, in xterm's numbers; -1: the terminal's own
  short few_colours;  ///< of 8
};

constexpr attr_t kPlain = 0;
constexpr attr_t kBold = A_BOLD;
constexpr attr_t kDim = A_DIM;
constexpr attr_t kReverse = A_REVERSE;

/// In the order of Style.
constexpr std::array<Paint, kStyles> kPaints{{
    {kPlain, -1, -1},                                                // plain
    {kBold, -1, -1},                                                 // strong
    {kDim, -1, -1},                                                  // faint
    {kReverse | kDim, -1, -1},                                       // heading
    {kReverse | kBold, 74, COLOR_CYAN},                              // focus: sky blue
    {kReverse, -1, -1},                                              // selected
    {kBold, -1, -1},                                                 // key
    {kReverse, 74, COLOR_CYAN},                                      // label
    {kBold, 214, COLOR_YELLOW},                                      // mark: orange
    {kPlain, 74, COLOR_CYAN},                                        // trace
    {kBold, 214, COLOR_YELLOW},                                      // warning
    {static_cast<attr_t>(kBold | A_UNDERLINE), 202, COLOR_MAGENTA},  // bad: vermillion
}};

constexpr int kEscapeDelay = 25;  // Milliseconds in which the rest of a key's sequence must come.

/// What a signal handler needs to leave the terminal as it was: no call of the library may be made
/// there.
struct Rescue {
  termios modes{};
  std::array<char, 512> text{};
  std::size_t size = 0;
  volatile std::sig_atomic_t armed = 0;
};
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a handler has no arguments
Rescue rescue;

/// The text of a terminfo capability without its delays ("$<5>"), which no terminal of today needs.
void add_to_rescue(const char* capability) {
  const char* text = ::tigetstr(capability);
  // It answers (char*)-1 for what is no text.
  if (text == nullptr || reinterpret_cast<std::intptr_t>(text) == -1) return;
  bool in_delay = false;
  for (const char* at = text; *at != '\0'; ++at) {
    if (at[0] == '$' && at[1] == '<') in_delay = true;
    if (!in_delay && rescue.size < rescue.text.size()) rescue.text[rescue.size++] = *at;
    if (*at == '>') in_delay = false;
  }
}

void leave_at_once(int signal) {
  if (rescue.armed != 0) {
    // Nobody can be told that it failed.
    [[maybe_unused]] const ssize_t written =
        ::write(STDOUT_FILENO, rescue.text.data(), rescue.size);
    ::tcsetattr(STDOUT_FILENO, TCSANOW, &rescue.modes);
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void arm_rescue(const termios& modes) {
  rescue.modes = modes;
  rescue.size = 0;
  // Attributes off, keypad off, cursor on, back from the alternate screen.
  for (const char* capability : {"sgr0", "rmkx", "cnorm", "rmcup"}) add_to_rescue(capability);
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
    struct sigaction action {};
    action.sa_handler = leave_at_once;
    ::sigaction(signal, &action, nullptr);
  }
  rescue.armed = 1;
}

/// With the name of the terminal, where that is what is wrong.
Error unusable() {
  const std::string name = base::environment_text("TERM").value_or("");
  return {Errc::invalid_argument,
          name.empty() ? "TERM is not set" : "cannot draw on a terminal of type '" + name + "'",
          "set TERM to the terminal's type (for example xterm), or use --once",
          {}};
}

Key special(wint_t code) {
  switch (code) {
    case KEY_UP: return {KeyCode::up};
    case KEY_DOWN: return {KeyCode::down};
    case KEY_LEFT: return {KeyCode::left};
    case KEY_RIGHT: return {KeyCode::right};
    case KEY_PPAGE: return {KeyCode::page_up};
    case KEY_NPAGE: return {KeyCode::page_down};
    case KEY_HOME: return {KeyCode::home};
    case KEY_END: return {KeyCode::end};
    case KEY_ENTER: return {KeyCode::enter};
    case KEY_BACKSPACE: return {KeyCode::backspace};
    case KEY_BTAB: return {KeyCode::tab};
    default: break;
  }
  const int number = static_cast<int>(code) - KEY_F0;
  if (number >= 1 && number <= 12) return {KeyCode::function, 0, number};
  return {KeyCode::escape};
}

Key ordinary(wint_t character) {
  constexpr wint_t escape = 0x1B;
  constexpr wint_t del = 0x7F;
  switch (character) {
    case L'\r':
    case L'\n': return {KeyCode::enter};
    case L'\t': return {KeyCode::tab};
    case L'\b':
    case del: return {KeyCode::backspace};
    case escape: return {KeyCode::escape};
    default: return {KeyCode::character, static_cast<char32_t>(character)};
  }
}

}  // namespace

bool locale_is_unicode() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread is started
  if (std::setlocale(LC_CTYPE, "") == nullptr) return false;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): as above
  return std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
}

/// The library's state. Colour pairs are numbered as the styles, from 1.
struct Screen::Terminal {
  SCREEN* screen = nullptr;
  bool colour = false;
  bool many_colours = false;
  std::wstring run;  ///< reused

  void prepare(bool with_colour) {
    ::cbreak();
    ::noecho();
    ::nonl();
    ::set_escdelay(kEscapeDelay);
    ::keypad(stdscr, TRUE);
    ::nodelay(stdscr, TRUE);
    ::curs_set(0);
    colour = with_colour && ::has_colors() && ::start_color() == OK;
    if (!colour) return;
    const short background = ::use_default_colors() == OK ? -1 : COLOR_BLACK;
    many_colours = COLORS >= 256;
    for (std::size_t i = 0; i < kPaints.size(); ++i) {
      short front = many_colours ? kPaints[i].colour : kPaints[i].few_colours;
      if (front < 0 && background >= 0) front = COLOR_WHITE;
      ::init_pair(static_cast<short>(i + 1), front, background);
    }
  }

  void put(std::size_t row, std::size_t column, Style style) {
    const auto number = static_cast<std::size_t>(style);
    const Paint& paint = kPaints[number];
    const std::size_t pair = colour ? number + 1 : 0;
    ::wattr_set(stdscr, paint.attributes, static_cast<short>(pair), nullptr);
    // In the last cell of the screen this reports an error, and writes all the same.
    ::mvwaddnwstr(stdscr, static_cast<int>(row), static_cast<int>(column), run.data(),
                  static_cast<int>(run.size()));
  }
};

Screen::Screen(std::unique_ptr<Terminal> terminal)
    : terminal_(std::move(terminal)), unicode_(locale_is_unicode()) {}

Result<std::unique_ptr<Screen>> Screen::open(bool colour) {
  termios modes{};
  if (::tcgetattr(STDOUT_FILENO, &modes) != 0) {
    return Error{
        Errc::invalid_argument, "standard output is no terminal", "use --once or --json", {}};
  }
  std::unique_ptr<Screen> screen(new Screen(std::make_unique<Terminal>()));
  // The size is the terminal's own, whatever LINES and COLUMNS say.
  ::use_tioctl(TRUE);
  screen->terminal_->screen = ::newterm(nullptr, stdout, stdin);
  if (screen->terminal_->screen == nullptr) return unusable();
  if (::tigetstr("cup") == nullptr) return unusable();
  screen->terminal_->prepare(colour);
  arm_rescue(modes);
  return screen;
}

Screen::~Screen() {
  if (terminal_->screen == nullptr) return;
  ::endwin();
  rescue.armed = 0;
  ::delscreen(terminal_->screen);
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): the terminal is ncurses' own
Size Screen::size() const {
  return {static_cast<std::size_t>(std::max(LINES, 1)),
          static_cast<std::size_t>(std::max(COLS, 1))};
}

void Screen::show(const Frame& frame) {
  const bool anew = shown_.size() != frame.size();
  if (anew) ::werase(stdscr);
  const Size size = frame.size();
  const auto same = [&](std::size_t row, std::size_t column) {
    return !anew && shown_.at(row, column) == frame.at(row, column);
  };
  for (std::size_t row = 0; row < size.rows; ++row) {
    std::size_t column = 0;
    while (column < size.columns) {
      if (same(row, column)) {
        ++column;
        continue;
      }
      // A run of changed cells of one style goes out in one piece.
      const std::size_t start = column;
      const Style style = frame.at(row, column).style;
      terminal_->run.clear();
      while (column < size.columns && !same(row, column) && frame.at(row, column).style == style) {
        const char32_t glyph = frame.at(row, column).glyph;
        if (glyph != 0) terminal_->run += static_cast<wchar_t>(glyph);
        ++column;
      }
      terminal_->put(row, start, style);
    }
  }
  ::wrefresh(stdscr);
  shown_ = frame;
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): the terminal is ncurses' own
Key Screen::key() {
  wint_t code = 0;
  while (true) {
    const int kind = ::wget_wch(stdscr, &code);
    if (kind == ERR) return {};
    if (kind == OK) return ordinary(code);
    if (code != KEY_RESIZE) return special(code);
  }
}

void Screen::resize() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    ::resizeterm(size.ws_row, size.ws_col);
  }
  redraw();
}

void Screen::redraw() {
  shown_.reset({0, 0}, unicode_);
  ::clearok(curscr, TRUE);
}

void Screen::suspend() {
  ::endwin();
  rescue.armed = 0;
  // Blocked while we run, because signals are read from a file.
  ::signal(SIGTSTP, SIG_DFL);
  sigset_t stop;
  sigset_t before;
  ::sigemptyset(&stop);
  ::sigaddset(&stop, SIGTSTP);
  ::raise(SIGTSTP);
  ::pthread_sigmask(SIG_UNBLOCK, &stop, &before);  // Here it stops, and here it goes on.
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  rescue.armed = 1;
  resume();
}

void Screen::resume() {
  ::reset_prog_mode();
  resize();
  ::wrefresh(stdscr);
}

}  // namespace accel::cli::top
