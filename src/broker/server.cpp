#include "broker/server.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "base/dir.hpp"

namespace accel::broker {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t kMostClients = 64;

Descriptor end_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  return Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace

int Server::milliseconds_to_wait() const {
  std::optional<nanoseconds> until = transactions_.next_deadline();
  if (patience_ && clients_.empty() && !until) until = last_request_ + *patience_;
  if (!until) return -1;
  const auto left = std::max(*until - clock_.steady(), nanoseconds(0));
  // Upwards, so that what is due is due when the wait ends.
  return static_cast<int>(std::min<std::int64_t>((left.count() + 999'999) / 1'000'000, 60'000));
}

bool Server::is_needed() const {
  if (!patience_ || !clients_.empty() || !transactions_.pending().empty()) return true;
  return clock_.steady() - last_request_ < *patience_;
}

void Server::accept_all(const Listener& listener) {
  while (clients_.size() < kMostClients) {
    Descriptor connection = listener.accept();
    if (!connection.is_open()) return;
    const auto requester = peer_of(connection);
    if (!requester) continue;
    clients_.push_back({std::move(connection), *requester, {}, {}, false});
  }
}

void Server::read(Client& client) {
  std::array<char, 65536> piece{};
  while (!client.is_done) {
    const ssize_t size = ::recv(client.connection.number(), piece.data(), piece.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) break;
    if (size <= 0) {
      client.is_done = true;
      break;
    }
    client.in.append(piece.data(), static_cast<std::size_t>(size));
    if (client.in.size() > control::kLongestMessage) client.is_done = true;
  }
  if (client.in.size() <= control::kLongestMessage) answer_lines(client);
}

void Server::answer_lines(Client& client) {
  for (auto end = client.in.find('\n'); end != std::string::npos; end = client.in.find('\n')) {
    const std::string line = client.in.substr(0, end);
    client.in.erase(0, end + 1);
    const auto request = control::parse_request(line);
    control::Reply reply;
    if (request) {
      reply = desk_.answer(*request, client.requester);
    } else {
      reply.error = request.error();
    }
    client.out += control::reply_line(reply);
    last_request_ = clock_.steady();
  }
  write(client);
}

void Server::write(Client& client) {
  while (!client.out.empty()) {
    const ssize_t size =
        ::send(client.connection.number(), client.out.data(), client.out.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return;
    if (size < 0) {
      client.is_done = true;
      return;
    }
    client.out.erase(0, static_cast<std::size_t>(size));
  }
}

Result<void> Server::serve(Listener& listener) {
  const Descriptor signals = end_signals();
  if (!signals.is_open()) return base::system_error("signalfd", errno);
  last_request_ = clock_.steady();
  bool is_ending = false;
  while (!is_ending) {
    std::vector<pollfd> watched{{signals.number(), POLLIN, 0}, {listener.number(), POLLIN, 0}};
    if (clients_.size() >= kMostClients) watched[1].fd = -1;
    for (const Client& client : clients_) {
      const short out = client.out.empty() ? short{0} : short{POLLOUT};
      watched.push_back({client.connection.number(), static_cast<short>(POLLIN | out), 0});
    }
    if (::poll(watched.data(), watched.size(), milliseconds_to_wait()) < 0 && errno != EINTR) {
      return base::system_error("poll", errno);
    }
    static_cast<void>(transactions_.expire());
    auto state = watched.begin() + 2;
    for (Client& client : clients_) {
      const short events = (state++)->revents;
      if ((events & POLLOUT) != 0) write(client);
      if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) read(client);
    }
    std::erase_if(clients_, [](const Client& client) { return client.is_done; });
    accept_all(listener);
    is_ending = watched[0].revents != 0;
    if (!is_ending && !is_needed()) {
      listener.withdraw();
      accept_all(listener);  // Whoever connected just before is served all the same.
      is_ending = clients_.empty();
      if (!is_ending) patience_ = nanoseconds(0);
    }
  }
  while (!transactions_.pending().empty()) {
    static_cast<void>(transactions_.revert("", "the broker was stopped"));
  }
  return {};
}

}  // namespace accel::broker
