// What is said to the broker and what it answers: a line of JSON each.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/control/change.hpp"

namespace accel::control {

/// More than any of them takes; whoever sends more is cut off.
inline constexpr std::size_t kLongestMessage = std::size_t{1} << 20;

/// The only things that can be asked for.
enum class Operation { plan, apply, confirm, revert, panic, pending };

struct Request {
  Operation operation = Operation::plan;
  std::string device;               ///< uuid, of plan and apply
  std::vector<SettingWish> wishes;  ///< of plan and apply; none: every default
  std::chrono::nanoseconds confirm_within = std::chrono::seconds(30);
  bool allow_persistent = false;
  bool keep_going = false;
  std::string change;  ///< of confirm and revert; empty: the newest
};

/// A change that waits, as it is told.
struct Waiting {
  std::string id;
  std::string device;
  std::chrono::nanoseconds left{};
};

struct Reply {
  std::optional<Error> error;  ///< nothing was done
  std::string change;          ///< that was confirmed
  std::vector<ChangeReport> reports;
  std::vector<Waiting> waiting;
  std::vector<Error> problems;  ///< of what is kept: the journal, the audit log
};

/// Each with a newline at its end; `malformed` or `invalid_argument` for what is none.
[[nodiscard]] std::string request_line(const Request& request);
[[nodiscard]] Result<Request> parse_request(std::string_view line);
[[nodiscard]] std::string reply_line(const Reply& reply);
[[nodiscard]] Result<Reply> parse_reply(std::string_view line);

}  // namespace accel::control
