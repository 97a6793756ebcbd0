// Serves whoever connects, one request after the other, and takes changes back when their time is
// up.
#pragma once

#include <chrono>
#include <csignal>
#include <list>
#include <optional>
#include <string>

#include "broker/desk.hpp"
#include "broker/listener.hpp"

namespace accel::broker {

class Server {
 public:
  /// `patience`: ends once nobody has asked for that long and nothing waits; none: never.
  Server(Desk desk, control::Transactions& transactions, const Clock& clock,
         std::optional<std::chrono::nanoseconds> patience)
      : desk_(desk), transactions_(transactions), clock_(clock), patience_(patience) {}

  /// Until SIGTERM or SIGINT, which have to be blocked, or until nobody needs it any more. What
  /// waits for a confirmation then is taken back.
  [[nodiscard]] Result<void> serve(Listener& listener);

 private:
  struct Client {
    Descriptor connection;
    control::Requester requester;
    std::string in;
    std::string out;
    bool is_done = false;
  };

  [[nodiscard]] int milliseconds_to_wait() const;
  void accept_all(const Listener& listener);
  void read(Client& client);
  static void write(Client& client);
  void answer_lines(Client& client);
  [[nodiscard]] bool is_needed() const;

  Desk desk_;
  control::Transactions& transactions_;
  const Clock& clock_;
  std::optional<std::chrono::nanoseconds> patience_;
  std::list<Client> clients_;
  std::chrono::nanoseconds last_request_{};
};

}  // namespace accel::broker
