#include "cli/change.hpp"

#include <algorithm>

#include "base/quantity_text.hpp"
#include "cli/broker.hpp"
#include "control/defaults.hpp"
#include "control/knob_store.hpp"
#include "control/places.hpp"
#include "render/change_document.hpp"
#include "render/change_text.hpp"

namespace accel::cli {
namespace {

/// By this process itself, where no broker runs.
Result<control::Reply> planned_here(Context& context, const control::Request& request) {
  const auto system = context.system();
  system->discover();
  const auto selector = Selector::parse(request.device, Selector::Bare::allowed);
  if (!selector) return selector.error();
  const auto position = system->select(*selector);
  if (!position) return position.error();
  const std::string uuid = system->devices()[*position]->uuid;
  auto wishes = request.wishes;
  if (wishes.empty()) {
    wishes = control::default_wishes(*system, *position, request.allow_persistent);
  }
  const control::KnobStore knobs(control::places_of(context.machine, state_dir(context)).knobs,
                                 control::boot_id(context.machine));
  const auto plans = plan_settings(*system, *position, wishes, knobs.of(uuid));
  control::Reply reply;
  reply.reports.push_back(dry_run_report(uuid, wishes, plans));
  return reply;
}

Result<control::Reply> planned(Context& context, const control::Request& request) {
  if (!context.settings.root) {
    auto reply = ask_running_broker(context, request);
    const bool is_nobody_there = !reply && (reply.error().code == Errc::not_found ||
                                            reply.error().code == Errc::permission_denied);
    if (!is_nobody_there) return reply;
  }
  return planned_here(context, request);
}

Result<void> take_options(const Arguments& arguments, control::Request& request) {
  request.allow_persistent = arguments.has(kAllowPersistent.name);
  const auto text = arguments.value(kConfirmWithin.name);
  if (!text) return {};
  const auto time = base::parse_duration(*text);
  if (!time) return annotate(kConfirmWithin.name, time.error());
  request.confirm_within = std::chrono::nanoseconds(time->value);
  return {};
}

}  // namespace

ExitCode perform(Context& context, control::Request request) {
  if (auto taken = take_options(context.arguments, request); !taken) {
    return context.fail(taken.error());
  }
  const bool apply = context.arguments.has(kApply.name);
  request.operation = apply ? control::Operation::apply : control::Operation::plan;
  const auto reply = apply ? ask_broker(context, request) : planned(context, request);
  if (!reply) return context.fail(reply.error());
  for (const Error& problem : reply->problems) context.tell(problem);
  if (reply->error) return context.fail(*reply->error);
  show_changes(context, reply->reports);
  return exit_code_of(reply->reports);
}

void show_changes(Context& context, std::span<const ChangeReport> reports) {
  const std::string& simulated = context.machine.simulated;
  if (context.settings.format == Format::text) {
    context.out += render::changes_text(reports, simulated, context.look());
  } else {
    const auto document = reports.size() == 1 ? render::change_document(reports[0], simulated)
                                              : render::changes_document(reports, simulated);
    context.out += Context::written(document, context.settings.format);
  }
}

ExitCode exit_code_of(std::span<const ChangeReport> reports) {
  const Error* first = nullptr;
  bool is_made = false;
  const auto mind = [&](const std::optional<Error>& error) {
    if (error && first == nullptr) first = &*error;
  };
  for (const ChangeReport& report : reports) {
    for (const SettingOutcome& outcome : report.outcomes) {
      mind(outcome.error);
      if (outcome.success && !report.dry_run) is_made = true;
    }
    for (const UndoneStep& step : report.undone) mind(step.error);
  }
  if (first == nullptr) return ExitCode::ok;
  return is_made ? ExitCode::partly : exit_code_of(*first);
}

}  // namespace accel::cli
