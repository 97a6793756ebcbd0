// What the broker does for a request. It knows no sockets.
#pragma once

#include "control/protocol.hpp"
#include "control/transactions.hpp"

namespace accel::broker {

/// One thread at a time. The System has discovered.
class Desk {
 public:
  Desk(System& system, control::Transactions& transactions)
      : system_(system), transactions_(transactions) {}

  [[nodiscard]] control::Reply answer(const control::Request& request,
                                      const control::Requester& requester);

 private:
  /// Looks for devices again before it says that one is not there.
  [[nodiscard]] Result<std::size_t> position(const std::string& device);
  [[nodiscard]] control::Reply change(const control::Request& request,
                                      const control::Requester& requester);
  [[nodiscard]] std::vector<control::Waiting> waiting() const;

  System& system_;
  control::Transactions& transactions_;
};

}  // namespace accel::broker
