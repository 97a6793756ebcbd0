// The process that reads devices, seen from the one that draws: started, given orders, listened to,
// and started again when it dies in a driver.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/crash_guard.hpp"
#include "cli/top/order.hpp"
#include "cli/top/wire.hpp"

namespace accel::cli::top {

class Sampler {
 public:
  /// `context` must outlive the sampler.
  explicit Sampler(const Context& context) : context_(context) {}
  /// Ends the process, without waiting for long: it may hang in a driver.
  ~Sampler();
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;

  Result<void> start();
  /// Readable when there is news.
  [[nodiscard]] int file() const { return file_; }
  /// Sends the order, unless it is the last one again.
  void order(const Order& wanted);

  struct News {
    std::vector<Message> messages;
    std::string crash;           ///< what a driver did; the process has been started again
    std::optional<Error> ended;  ///< there will be no more
  };
  /// What has arrived; waits for nothing.
  [[nodiscard]] News news();
  /// Lets it go on after the whole job was stopped.
  void resume() const;

 private:
  void receive(News& news, bool& closed);
  void bury(News& news);
  void send() const;

  const Context& context_;
  GuardedChild guard_;
  pid_t child_ = -1;
  int file_ = -1;
  std::optional<Order> wanted_;
  Inbox inbox_;
};

}  // namespace accel::cli::top
