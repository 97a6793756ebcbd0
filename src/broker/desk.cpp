#include "broker/desk.hpp"

#include <utility>

#include "accel/selector.hpp"
#include "control/defaults.hpp"

namespace accel::broker {

using control::Operation;
using control::Reply;
using control::Request;
using control::Requester;

Result<std::size_t> Desk::position(const std::string& device) {
  const auto selector = Selector::parse(device, Selector::Bare::allowed);
  if (!selector) return selector.error();
  auto found = system_.select(*selector);
  if (found) return found;
  system_.discover();
  return system_.select(*selector);
}

Reply Desk::change(const Request& request, const Requester& requester) {
  Reply reply;
  const auto at = position(request.device);
  if (!at) {
    reply.error = at.error();
    return reply;
  }
  auto wishes = request.wishes;
  if (wishes.empty()) {
    wishes = control::default_wishes(system_, *at, request.allow_persistent);
  }
  if (request.operation == Operation::plan) {
    const std::string uuid = system_.devices()[*at]->uuid;
    const auto plans = plan_settings(system_, *at, wishes, transactions_.records(uuid));
    reply.reports.push_back(dry_run_report(uuid, wishes, plans));
  } else {
    reply.reports.push_back(transactions_.apply(
        *at, wishes,
        {request.confirm_within, request.allow_persistent, request.keep_going, requester}));
  }
  return reply;
}

std::vector<control::Waiting> Desk::waiting() const {
  std::vector<control::Waiting> all;
  const auto now = system_.machine().clock->steady();
  for (const control::PendingChange& change : transactions_.pending()) {
    all.push_back({change.entry.id, change.entry.device, change.deadline - now});
  }
  return all;
}

Reply Desk::answer(const Request& request, const Requester& requester) {
  Reply reply;
  switch (request.operation) {
    case Operation::plan:
    case Operation::apply: reply = change(request, requester); break;
    case Operation::confirm: {
      auto confirmed = transactions_.confirm(request.change);
      if (confirmed) {
        reply.change = *std::move(confirmed);
      } else {
        reply.error = std::move(confirmed).error();
      }
      break;
    }
    case Operation::revert: {
      auto reverted = transactions_.revert(request.change, "asked for");
      if (reverted) {
        reply.reports.push_back(*std::move(reverted));
      } else {
        reply.error = std::move(reverted).error();
      }
      break;
    }
    case Operation::panic: reply.reports = transactions_.panic(requester); break;
    case Operation::pending: break;
  }
  reply.waiting = waiting();
  reply.problems = transactions_.take_problems();
  return reply;
}

}  // namespace accel::broker
