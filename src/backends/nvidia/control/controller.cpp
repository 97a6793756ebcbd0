#include "backends/nvidia/control/controller.hpp"

#include <unistd.h>

#include <algorithm>

#include "backends/nvidia/control/setting.hpp"

namespace accel::nvidia {
namespace {

constexpr const char* kRootRemedy = "run it as root; in a container, as root of the host";

Error none(const SetpointRow& row) {
  return {Errc::operation_not_supported,
          std::string(row.name) + ": NVML has no function for it",
          "",
          {}};
}

const Setting* find(const SetpointRow& row) {
  const auto found = std::ranges::find(settings(), row.order,
                                       [](const Setting& setting) { return setting.row->order; });
  return found == settings().end() ? nullptr : &*found;
}

/// A knob's name taken apart.
struct Named {
  const Knob* knob;
  KnobNumbers numbers{};
};

/// "nvmlDeviceSetFanSpeed_v2 0"
Result<Named> parse(std::string_view text) {
  const auto unknown = [&] {
    return Error{Errc::not_found, "NVML has no setting called '" + std::string(text) + "'", "", {}};
  };
  std::string_view rest = text;
  const auto word = [&rest] {
    const std::string_view first = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), first.size() + 1));
    return first;
  };
  const auto found = std::ranges::find(knobs(), word(), &Knob::name);
  if (found == knobs().end()) return unknown();
  Named named{&*found};
  for (std::size_t i = 0; i < found->count; ++i) {
    const auto number = knob_number<std::uint32_t>(found->name, word());
    if (!number) return unknown();
    named.numbers.at(i) = *number;
  }
  if (!rest.empty()) return unknown();
  return named;
}

void stamp(Reading<SetpointValue>& reading, SteadyTime now) {
  reading = reading ? Reading<SetpointValue>(*reading, reading.source(), now)
                    : Reading<SetpointValue>(reading.absence(), reading.source(), now);
}

}  // namespace

Gpu GpuController::awake() const {
  if (gpu_.refusal() != nullptr) return gpu_;
  if (auto asleep = power_.refusal()) return gpu_.refusing(std::move(*asleep));
  return gpu_;
}

Result<SetpointState> GpuController::state(const SetpointRow& row) {
  const Setting* setting = find(row);
  if (setting == nullptr) return none(row);
  auto found = setting->state(awake());
  if (!found) return found;
  // The simulated driver has rules of its own; this machine's takes settings from root alone.
  if (machine_->is_this_machine() && ::geteuid() != 0) {
    return Error{Errc::permission_denied,
                 "setting " + std::string(row.name) + " needs root",
                 kRootRemedy,
                 {}};
  }
  for (auto* reading : {&found->present, &found->pending, &found->usual}) {
    stamp(*reading, machine_->clock->steady());
  }
  return found;
}

Result<std::vector<KnobWrite>> GpuController::writes(const SetpointRow& row,
                                                     const SetpointValue& value) {
  const Setting* setting = find(row);
  return setting == nullptr ? none(row) : setting->writes(awake(), value);
}

Result<std::vector<KnobWrite>> GpuController::default_writes(const SetpointRow& row) {
  const Setting* setting = find(row);
  return setting == nullptr ? none(row) : setting->default_writes(awake());
}

Result<std::string> GpuController::value_of(std::string_view knob) {
  const auto named = parse(knob);
  return named ? named->knob->value(awake(), named->numbers) : named.error();
}

Result<void> GpuController::write(std::string_view knob, std::string_view value) {
  const auto named = parse(knob);
  if (!named) return named.error();
  const auto step = named->knob->step(awake(), named->numbers, value);
  if (!step) return step.error();
  auto made = step->make();
  if (!made && made.error().code == Errc::permission_denied) {
    Error error = std::move(made).error();
    error.remedy = kRootRemedy;
    return error;
  }
  return made;
}

std::string GpuController::call_text(std::string_view knob, std::string_view value) const {
  const auto named = parse(knob);
  if (!named) return named.error().message;
  const auto step = named->knob->step(awake(), named->numbers, value);
  return step ? step->text : step.error().message;
}

}  // namespace accel::nvidia
