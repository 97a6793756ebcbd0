#include "broker/listener.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include "base/dir.hpp"
#include "base/environment.hpp"
#include "base/number.hpp"

namespace accel::broker {
namespace {

constexpr int kFirstInherited = 3;  // SD_LISTEN_FDS_START of sd_listen_fds(3)
constexpr int kBacklog = 64;
constexpr mode_t kSocketMode = 0660;
constexpr const char* kGroup = "accel";

Result<sockaddr_un> address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  if (text.size() >= sizeof address.sun_path) {
    return Error{Errc::invalid_argument,
                 text + ": too long for a socket's name",
                 "choose a shorter directory with --state-dir",
                 {}};
  }
  std::memcpy(&address.sun_path[0], text.c_str(), text.size() + 1);
  return address;
}

/// Held as long as the broker lives; the kernel lets go of it whatever ends the process.
Result<Descriptor> lock_beside(const std::filesystem::path& socket) {
  const std::string path = socket.string() + ".lock";
  Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.is_open()) return base::system_error(path, errno);
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return base::system_error(path, errno);
  return Error{Errc::unavailable, socket.string() + ": another accel-broker serves it", "", {}};
}

void give_to_group(const std::string& path) {
  if (::geteuid() != 0) return;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread looks for groups
  if (const group* found = ::getgrnam(kGroup)) {
    static_cast<void>(::chown(path.c_str(), 0, found->gr_gid));  // Without it only root may ask.
  }
}

}  // namespace

std::optional<Listener> Listener::inherited() {
  const auto pid = base::parse_integer(base::environment_text("LISTEN_PID").value_or(""));
  const auto count = base::parse_integer(base::environment_text("LISTEN_FDS").value_or(""));
  if (!pid || *pid != ::getpid() || !count || *count < 1) return std::nullopt;
  ::fcntl(kFirstInherited, F_SETFD, FD_CLOEXEC);
  ::fcntl(kFirstInherited, F_SETFL, O_NONBLOCK);
  return Listener(Descriptor(kFirstInherited), Descriptor(), {});
}

Result<Listener> Listener::open(const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  if (failed) return base::system_error(path.parent_path().string(), failed.value());
  const auto address = address_of(path);
  if (!address) return address.error();
  auto lock = lock_beside(path);
  if (!lock) return lock.error();
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.is_open()) return base::system_error(path.string(), errno);
  ::unlink(path.c_str());  // Left by one that was killed: the lock is ours.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how addresses are given to bind(2)
  const auto* const name = reinterpret_cast<const sockaddr*>(&*address);
  const mode_t before = ::umask(0777 & ~kSocketMode);
  const bool is_bound = ::bind(socket.number(), name, sizeof *address) == 0;
  const int why = errno;
  ::umask(before);
  if (!is_bound) return base::system_error(path.string(), why);
  give_to_group(path.string());
  if (::listen(socket.number(), kBacklog) != 0) return base::system_error(path.string(), errno);
  return Listener(std::move(socket), *std::move(lock), path);
}

Listener::~Listener() {
  if (socket_.is_open()) withdraw();
}

void Listener::withdraw() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

Descriptor Listener::accept() const {
  return Descriptor(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

Result<control::Requester> peer_of(const Descriptor& connection) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(connection.number(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    return base::system_error("SO_PEERCRED", errno);
  }
  return control::Requester{peer.uid, peer.pid};
}

}  // namespace accel::broker
