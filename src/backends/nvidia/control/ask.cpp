#include "backends/nvidia/control/ask.hpp"

namespace accel::nvidia {
namespace {

Result<void> leave_unchecked(SetpointRange& range, const Error& why) {
  if (why.code != Errc::operation_not_supported) return why;
  range.unchecked = why.message;
  return {};
}

}  // namespace

Result<void> fill(SetpointRange& range, const Result<Ends>& ends) {
  if (!ends) return leave_unchecked(range, ends.error());
  range.min = ends->low;
  range.max = ends->high;
  return {};
}

Result<void> fill(SetpointRange& range, const Result<std::vector<double>>& steps) {
  if (!steps) return leave_unchecked(range, steps.error());
  range.steps = *steps;
  range.min = steps->front();
  range.max = steps->back();
  return {};
}

}  // namespace accel::nvidia
