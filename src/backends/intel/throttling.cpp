// What keeps a GPU's clocks down now, over all its GTs.
#include <algorithm>

#include "backends/intel/readings.hpp"
#include "backends/intel/throttle_reasons.hpp"

namespace accel::intel {
namespace {

/// The reasons of one GT that are on, by the file that names them all.
Result<TextList> listed(const Gt& gt) {
  const auto text = gt.throttle.text(gt.files->throttle_reasons);
  if (!text) return text.error();
  auto names = parse_throttle_reasons(*text);
  if (!names) return annotate(gt.throttle.source(gt.files->throttle_reasons), names.error());
  return names;
}

/// The same from one file a reason. The status is on when any of them is.
Result<TextList> gathered(const Gt& gt) {
  const auto status = gt.throttle.integer(gt.files->throttle_status);
  if (status && *status == 0) return TextList{};
  TextList names;
  std::optional<Error> failure;
  if (!status) failure = status.error();
  for (const ThrottleReason& reason : kThrottleReasons) {
    const std::string file = std::string(gt.files->throttle_prefix) + std::string(reason.raw);
    const auto on = gt.throttle.integer(file);
    if (on && *on != 0) names.emplace_back(reason.raw);
    // A platform has files for its own reasons only.
    if (!on && on.error().code != Errc::operation_not_supported) failure = on.error();
  }
  if (!names.empty()) return names;
  if (failure) return *failure;
  return TextList{"unknown"};
}

Result<TextList> reasons_of(const Gt& gt) {
  if (gt.files->throttle_prefix.empty()) {
    return Error{Errc::operation_not_supported,
                 gt.throttle.path().string() + ": no files of throttle reasons",
                 "a newer kernel offers them (i915 5.18)",
                 {}};
  }
  const auto file = gt.files->throttle_reasons;
  return !file.empty() && gt.throttle.has(file) ? listed(gt) : gathered(gt);
}

}  // namespace

void read_throttling(Sampling& sampling, const std::vector<Gt>& gts) {
  TextList raw;
  std::string source = "the GTs of the device";
  std::optional<Error> failure;
  if (gts.empty()) {
    failure = Error{Errc::operation_not_supported, "the driver shows no GT", "", {}};
  }
  for (const Gt& gt : gts) {
    if (&gt == &gts.front()) source = gt.throttle.path().string();
    const auto reasons = reasons_of(gt);
    if (!reasons) {
      failure = reasons.error();
      continue;
    }
    for (const std::string& name : *reasons) {
      if (std::ranges::find(raw, name) == raw.end()) raw.push_back(name);
    }
  }
  // What one GT says is true; that nothing throttles is known only when all have spoken.
  if (failure && raw.empty()) {
    sampling.set(metric::throttle, sampling.reading<TextList>(*failure, source));
    sampling.set(metric::throttle_raw, sampling.reading<TextList>(*failure, source));
    return;
  }
  sampling.set(metric::throttle, sampling.reading<TextList>(normalised(raw), source));
  sampling.set(metric::throttle_raw, sampling.reading<TextList>(std::move(raw), source));
}

}  // namespace accel::intel
