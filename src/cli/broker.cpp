#include "cli/broker.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/dir.hpp"
#include "control/places.hpp"

namespace accel::cli {
namespace {

/// Closed with its owner.
struct Socket {
  explicit Socket(int opened) : number(opened) {}
  ~Socket() {
    if (number >= 0) ::close(number);
  }
  Socket(Socket&& other) noexcept : number(std::exchange(other.number, -1)) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket& operator=(Socket&&) = delete;
  int number;
};

Error may_not(const Context& context) {
  const std::string command(context.arguments.command()->name);
  return {Errc::permission_denied,
          "Permission denied: accel " + command + " needs root or the group accel",
          "run it with sudo, or have an administrator start accel-broker and add you to the group",
          {}};
}

/// Connected; not_found where nobody listens.
Result<Socket> connect_to(const Context& context, const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return Error{Errc::invalid_argument,
                 path + ": too long for a socket's name",
                 "choose a shorter directory with --state-dir",
                 {}};
  }
  std::memcpy(&address.sun_path[0], path.c_str(), path.size() + 1);
  Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how connect(2) takes addresses
  const auto* const name = reinterpret_cast<const sockaddr*>(&address);
  if (::connect(socket.number, name, sizeof address) == 0) return socket;
  if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR) {
    return Error{Errc::not_found, path + ": no accel-broker serves it", "", {}};
  }
  if (errno == EACCES) return may_not(context);
  return base::system_error(path, errno);
}

Error broken_off(const std::string& path) {
  return {Errc::unavailable,
          path + ": accel-broker ended before it answered",
          "what it had begun and nobody confirmed is taken back when it starts again",
          {}};
}

Result<control::Reply> exchange(const Socket& socket, const std::string& path,
                                const control::Request& request) {
  const std::string line = control::request_line(request);
  std::string_view left = line;
  while (!left.empty()) {
    const ssize_t size = ::send(socket.number, left.data(), left.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return broken_off(path);
    left.remove_prefix(static_cast<std::size_t>(size));
  }
  std::string answer;
  std::array<char, 65536> piece{};
  while (!answer.ends_with('\n')) {
    const ssize_t size = ::recv(socket.number, piece.data(), piece.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return broken_off(path);
    answer.append(piece.data(), static_cast<std::size_t>(size));
  }
  return control::parse_reply(answer);
}

std::vector<std::string> broker_words(const Context& context, int ready) {
  const Settings& settings = context.settings;
  std::vector<std::string> words{
      (context.surroundings.installation.program_dir / "accel-broker").string(), "--on-demand",
      "--ready-fd", std::to_string(ready)};
  const auto add = [&](const char* name, const auto& value) {
    if (!value) return;
    words.emplace_back(name);
    words.emplace_back(*value);
  };
  add("--sim", settings.scenario);
  add("--lib-dir", settings.library_dir);
  add("--state-dir", settings.state_dir);
  add("--config", settings.configuration);
  return words;
}

/// In the child of a child, so that nobody has to wait for the broker's end.
[[noreturn]] void become_broker(const std::vector<std::string>& words, int ready) {
  ::setsid();
  if (::fork() != 0) ::_exit(0);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, number);
  ::fcntl(ready, F_SETFD, 0);
  std::vector<char*> arguments;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): execv(3) does not write to them
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  const std::string text = words[0] + ": " + ::strerrordesc_np(errno) + "\n";
  static_cast<void>(::write(ready, text.data(), text.size()));
  ::_exit(127);
}

/// Returns once it takes requests.
Result<void> start_broker(const Context& context) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return base::system_error("pipe", errno);
  const Socket heard(pipe[0]);
  const auto words = broker_words(context, pipe[1]);
  const pid_t child = ::fork();
  if (child == 0) become_broker(words, pipe[1]);
  ::close(pipe[1]);
  if (child < 0) return base::system_error("fork", errno);
  ::waitpid(child, nullptr, 0);
  // What it says is what keeps it from serving; it closes its end in silence otherwise.
  std::string said;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t size = ::read(heard.number, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    said.append(piece.data(), static_cast<std::size_t>(size));
  }
  if (said.empty()) return {};
  while (said.ends_with('\n')) said.pop_back();
  return Error{Errc::unavailable, "accel-broker does not start: " + said, "", {}};
}

bool may_start(const Context& context) {
  return !context.machine.is_this_machine() || ::geteuid() == 0;
}

std::string socket_of(const Context& context) {
  // A user's request is for the machine's broker, whose things are not the user's own.
  const bool is_machines = context.machine.is_this_machine() && !context.settings.state_dir;
  return control::broker_socket(context.machine, is_machines
                                                     ? context.machine.path("/var/lib/accel")
                                                     : state_dir(context))
      .string();
}

}  // namespace

Result<control::Reply> ask_running_broker(const Context& context, const control::Request& request) {
  const std::string path = socket_of(context);
  const auto socket = connect_to(context, path);
  if (!socket) return socket.error();
  return exchange(*socket, path, request);
}

Result<control::Reply> ask_broker(const Context& context, const control::Request& request) {
  if (context.settings.root) {
    return Error{Errc::operation_not_supported,
                 context.settings.root->string() + ": a recorded machine takes no settings",
                 "leave out --root, or use --sim",
                 {}};
  }
  auto reply = ask_running_broker(context, request);
  if (reply || reply.error().code != Errc::not_found) return reply;
  if (!may_start(context)) return may_not(context);
  if (auto started = start_broker(context); !started) return std::move(started).error();
  return ask_running_broker(context, request);
}

}  // namespace accel::cli
