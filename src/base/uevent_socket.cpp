#include "base/uevent_socket.hpp"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "base/dir.hpp"

namespace accel::base {
namespace {

constexpr unsigned kKernelGroup = 1;  // Group 2 carries udev's own messages (libudev-monitor).
// The kernel sends at most UEVENT_BUFFER_SIZE bytes of keys (include/linux/kobject.h): 2048, and
// the heading before them.
constexpr std::size_t kLargest = 8192;
constexpr int kRoom = 1 << 20;  // A driver that is reloaded announces hundreds of devices at once.
constexpr int kMostAtOnce = 4096;

class UeventSocket final : public UeventSource {
 public:
  explicit UeventSocket(int socket) : socket_(socket) {}
  ~UeventSocket() override { ::close(socket_); }
  UeventSocket(const UeventSocket&) = delete;
  UeventSocket& operator=(const UeventSocket&) = delete;

  Batch pending() override {
    Batch batch;
    std::array<char, kLargest> room{};
    for (int i = 0; i < kMostAtOnce; ++i) {
      sockaddr_nl sender{};
      socklen_t size = sizeof sender;
      const ssize_t got = ::recvfrom(socket_, room.data(), room.size(), MSG_DONTWAIT,
                                     reinterpret_cast<sockaddr*>(&sender), &size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        batch.lost = batch.lost || errno == ENOBUFS;
        if (errno == ENOBUFS) continue;
        return batch;
      }
      // Any program of root may send to the group; the kernel itself has the port 0.
      if (sender.nl_pid != 0) continue;
      batch.messages.emplace_back(room.data(), static_cast<std::size_t>(got));
    }
    batch.lost = true;
    return batch;
  }

 private:
  int socket_;
};

}  // namespace

Result<std::shared_ptr<UeventSource>> open_uevent_socket() {
  const int type = SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK;
  const int opened = ::socket(AF_NETLINK, type, NETLINK_KOBJECT_UEVENT);
  if (opened < 0) return system_error("netlink socket for device events", errno);
  auto made = std::make_shared<UeventSocket>(opened);
  // Whether or not that is granted.
  ::setsockopt(opened, SOL_SOCKET, SO_RCVBUF, &kRoom, sizeof kRoom);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = kKernelGroup;
  if (::bind(opened, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return system_error("netlink socket for device events", errno);
  }
  return std::shared_ptr<UeventSource>(std::move(made));
}

}  // namespace accel::base
