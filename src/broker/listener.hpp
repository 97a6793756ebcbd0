// The socket that the broker is asked through, and who asks.
#pragma once

#include <filesystem>
#include <optional>

#include "accel/result.hpp"
#include "broker/descriptor.hpp"
#include "control/journal.hpp"

namespace accel::broker {

/// The only one of its place: a second broker is refused while the first lives.
class Listener {
 public:
  /// Takes over the socket that a service manager opened (LISTEN_FDS of systemd's
  /// sd_listen_fds(3)).
  [[nodiscard]] static std::optional<Listener> inherited();
  /// Makes a socket that its owner may use and, as root, the group `accel` where there is one.
  /// `unavailable` where another broker serves it.
  [[nodiscard]] static Result<Listener> open(const std::filesystem::path& socket);

  Listener(Listener&&) noexcept = default;
  Listener& operator=(Listener&&) noexcept = default;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  [[nodiscard]] int number() const { return socket_.number(); }
  /// Closed where nobody waits.
  [[nodiscard]] Descriptor accept() const;
  /// Nobody finds it any more; whoever has connected is still served.
  void withdraw();
  [[nodiscard]] bool is_inherited() const { return path_.empty(); }

 private:
  Listener(Descriptor socket, Descriptor lock, std::filesystem::path path)
      : socket_(std::move(socket)), lock_(std::move(lock)), path_(std::move(path)) {}

  Descriptor socket_;
  Descriptor lock_;
  std::filesystem::path path_;  ///< empty for one that was inherited
};

/// The process at the other end, as the kernel knows it.
[[nodiscard]] Result<control::Requester> peer_of(const Descriptor& connection);

}  // namespace accel::broker
