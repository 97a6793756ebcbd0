#include "facade/nvml_settings.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "accel/facade/errors.hpp"
#include "backends/nvidia/control/controller.hpp"
#include "control/change_now.hpp"

namespace accel::facade {
namespace {

/// What a reset sets back. Persistence and compute mode are how a machine is run, not how hard.
constexpr std::array kResettable{&setpoint::fan_percent,          &setpoint::temp_target_c,
                                 &setpoint::power_limit_w,        &setpoint::sm_clock_mhz,
                                 &setpoint::mem_clock_mhz,        &setpoint::gpu_clock_offset_mhz,
                                 &setpoint::mem_clock_offset_mhz, &setpoint::ecc_enabled};

void fail(NvmlItem& item, const Error& error) {
  const ErrorDictionary told = to_dictionary(error);
  item.success = false;
  item.error = told.error;
  item.code = told.code;
  item.remedy = told.remedy;
}

NvmlItem item_of(const control::StepReport& step, bool dry_run) {
  NvmlItem item{.name = step.knob, .verified = step.verified, .calls = {step.call}};
  item.success = dry_run || (step.is_made && !step.error);
  if (step.error) fail(item, *step.error);
  if (!dry_run && !step.is_made) {
    item.skipped = true;
    item.error = "not tried: an earlier write failed";
  }
  return item;
}

/// Whether that keeps every setting of a device from being changed.
bool concerns_all(Errc code) {
  return code == Errc::device_lost || code == Errc::device_asleep ||
         code == Errc::permission_denied || code == Errc::timeout ||
         code == Errc::driver_not_found || code == Errc::invalid_state;
}

NvmlItem item_of(const SettingOutcome& outcome) {
  NvmlItem item{.name = outcome.parameter,
                .success = outcome.success,
                .verified = outcome.verified,
                .calls = outcome.calls};
  if (outcome.error) fail(item, *outcome.error);
  return item;
}

/// Why a setting is left out of a reset, if it is.
std::optional<Error> left_out(Controller& controller, const SetpointRow& row, bool persistent) {
  const auto state = controller.state(row);
  if (!state && state.error().code == Errc::operation_not_supported) return state.error();
  if (!state || !row.is_persistent() || persistent) return std::nullopt;
  return Error{Errc::invalid_argument,
               std::string(row.name) + ": the device keeps it over a reboot",
               "ask for persistent settings as well if that is meant",
               {}};
}

/// An answer for the call as a whole out of those for the settings that were not left out.
void conclude(ResetResult& result, const std::vector<SettingOutcome>& outcomes) {
  result.complete = std::ranges::all_of(outcomes, &SettingOutcome::success);
  const bool none = !outcomes.empty() && std::ranges::none_of(outcomes, &SettingOutcome::success);
  if (none && concerns_all(outcomes.front().error->code)) {
    facade::fail(result, *outcomes.front().error);
  } else {
    result.success = true;
  }
}

}  // namespace

void fail(NvmlResult& result, const Error& error) {
  const ErrorDictionary told = to_dictionary(error);
  result.success = false;
  result.error = told.error;
  result.code = told.code;
  result.remedy = told.remedy;
}

SetpointResult NvmlSettings::apply(const nvidia::Gpu& gpu, const SettingWish& wish, bool dry_run) {
  nvidia::GpuController controller(gpu, {}, machine_);
  KnobRecords records = records_of(gpu);
  const control::NowReport report = control::change_now(
      controller, {&wish, 1}, {.dry_run = dry_run, .keep_going = false}, records);
  if (!dry_run) keep(gpu, std::move(records));
  const SettingOutcome& outcome = report.change.outcomes.front();
  SetpointResult result;
  result.success = outcome.success;
  if (outcome.error) facade::fail(result, *outcome.error);
  for (const auto& step : report.steps.front()) result.items.push_back(item_of(step, dry_run));
  result.previous = outcome.previous;
  result.applied = outcome.applied;
  result.pending = outcome.pending;
  result.range = outcome.range;
  result.verified = outcome.verified;
  result.persistent = outcome.persistent;
  result.reboot_required = outcome.reboot_required;
  result.calls = outcome.calls;
  result.warnings = outcome.warnings;
  for (const UndoneStep& step : report.change.undone) {
    result.undone.push_back(step.call + (step.error ? ": " + step.error->message : ""));
  }
  return result;
}

ResetResult NvmlSettings::reset(const nvidia::Gpu& gpu, bool dry_run, bool persistent) {
  nvidia::GpuController controller(gpu, {}, machine_);
  KnobRecords records = records_of(gpu);
  ResetResult result;
  std::vector<SettingWish> wishes;
  std::vector<NvmlItem> skipped;
  for (const SetpointRow* row : kResettable) {
    if (auto why = left_out(controller, *row, persistent)) {
      NvmlItem& item = skipped.emplace_back(NvmlItem{.name = std::string(row->name)});
      item.skipped = true;
      fail(item, *why);
    } else {
      wishes.push_back({std::string(row->name), std::nullopt});
    }
  }
  const control::NowReport report =
      control::change_now(controller, wishes, {.dry_run = dry_run, .keep_going = true}, records);
  if (!dry_run) keep(gpu, std::move(records));
  for (const SettingOutcome& outcome : report.change.outcomes) {
    result.items.push_back(item_of(outcome));
  }
  result.items.insert(result.items.end(), skipped.begin(), skipped.end());
  conclude(result, report.change.outcomes);
  return result;
}

KnobRecords NvmlSettings::records_of(const nvidia::Gpu& gpu) {
  const std::scoped_lock lock(mutex_);
  return records_[gpu.handle()];
}

void NvmlSettings::keep(const nvidia::Gpu& gpu, KnobRecords records) {
  const std::scoped_lock lock(mutex_);
  records_[gpu.handle()] = std::move(records);
}

}  // namespace accel::facade
