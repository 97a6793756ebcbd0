#include "cli/top/sampler.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "cli/top/process_file.hpp"
#include "cli/top/reader.hpp"

namespace accel::cli::top {
namespace {

constexpr int kFarewell = 200;  // Milliseconds.

Error system_error(std::string_view what) {
  return {Errc::system_error,
          std::string(what) + ": " + std::generic_category().message(errno),
          "",
          {}};
}

Error early_end(const GuardedChild::End& end) {
  const std::string how = end.signal != 0 ? "signal " + std::to_string(end.signal)
                                          : "status " + std::to_string(end.status);
  return {Errc::system_error,
          "the process that reads devices ended with " + how,
          "report it, with the output of accel status",
          {}};
}

}  // namespace

Sampler::~Sampler() {
  // It takes the end of the socket for a farewell, unless it hangs in a driver.
  if (file_ >= 0) ::close(file_);
  if (child_ <= 0) return;
  const ProcessFile process(child_);
  pollfd ended{process.get(), POLLIN, 0};
  if (process.get() >= 0) ::poll(&ended, 1, kFarewell);
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, WNOHANG);
}

Result<void> Sampler::start() {
  if (!guard_.can_start()) return system_error("mmap");
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return system_error("socketpair");
  }
  child_ = guard_.start([this, ends](std::span<const Crash> crashes) {
    ::close(ends[0]);
    return read_devices(context_, crashes, ends[1]);
  });
  ::close(ends[1]);
  if (child_ < 0) {
    const Error why = system_error("fork");
    ::close(ends[0]);
    return why;
  }
  file_ = ends[0];
  inbox_.clear();
  send();
  return {};
}

void Sampler::order(const Order& wanted) {
  if (wanted_ == wanted) return;
  wanted_ = wanted;
  send();
}

void Sampler::send() const {
  // A process that does not take orders has other troubles, which show themselves.
  if (wanted_ && file_ >= 0) ::send(file_, &*wanted_, sizeof *wanted_, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Sampler::receive(News& news, bool& closed) {
  std::array<char, std::size_t{64} * 1024> buffer{};
  while (true) {
    const ssize_t size = ::recv(file_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    closed = size == 0 || (size < 0 && errno != EAGAIN);
    if (size <= 0) break;
    inbox_.add({buffer.data(), static_cast<std::size_t>(size)});
  }
  for (auto bytes = inbox_.next(); !bytes.empty(); bytes = inbox_.next()) {
    auto message = decode(bytes);
    if (message) {
      news.messages.push_back(std::move(*message));
    } else {
      news.ended = message.error();
    }
  }
  if (inbox_.is_nonsense()) news.ended = decode({}).error();
}

void Sampler::bury(News& news) {
  ::close(std::exchange(file_, -1));
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  const auto end = guard_.end(status);
  if (end.after == GuardedChild::After::again) {
    news.crash = crash_text(guard_.crashes().back());
    if (auto started = start(); !started) news.ended = started.error();
  } else if (!news.ended) {
    news.ended = early_end(end);
  }
}

Sampler::News Sampler::news() {
  News news;
  bool closed = false;
  receive(news, closed);
  if (closed) bury(news);
  return news;
}

void Sampler::resume() const {
  if (child_ > 0) ::kill(child_, SIGCONT);
}

}  // namespace accel::cli::top
