#include "render/change_text.hpp"

#include <algorithm>

#include "base/number.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kIndent = 2;

std::string_view unit_text(const std::string& parameter) {
  const SetpointRow* row = find_setpoint(parameter);
  if (row == nullptr) return {};
  switch (row->unit) {
    case SetpointUnit::watts: return " W";
    case SetpointUnit::megahertz: return " MHz";
    case SetpointUnit::percent: return " %";
    case SetpointUnit::celsius: return " °C";
    case SetpointUnit::rpm: return " RPM";
    case SetpointUnit::milliseconds: return " ms";
    case SetpointUnit::none: break;
  }
  return {};
}

std::string shown(const SettingOutcome& outcome, const std::optional<SetpointValue>& value) {
  if (!value) return "(not told)";
  return to_text(*value) + std::string(unit_text(outcome.parameter));
}

std::string range_text(const SetpointRange& range) {
  const auto number = [](const std::optional<double>& end) {
    return end ? base::number_text(*end) : std::string();
  };
  if (range.min || range.max) return number(range.min) + ".." + number(range.max);
  if (!range.steps.empty()) {
    return base::number_text(range.steps.front()) + ".." + base::number_text(range.steps.back()) +
           " in " + std::to_string(range.steps.size()) + " steps";
  }
  std::string words;
  for (const std::string& word : range.words) words += (words.empty() ? "" : ", ") + word;
  return words;
}

std::string transition(const ChangeReport& report, const SettingOutcome& outcome) {
  // A default that the driver has without telling it.
  const std::string to = outcome.applied ? shown(outcome, outcome.applied) : "the driver's default";
  std::string text = shown(outcome, outcome.previous) + " -> " + to;
  if (!report.dry_run && outcome.verified) text += ", read back";
  const std::string range = range_text(outcome.range);
  if (!range.empty()) text += "  (allowed " + range + ")";
  return text;
}

void put_outcome(Page& page, const ChangeReport& report, const SettingOutcome& outcome,
                 std::size_t column) {
  if (outcome.error) {
    page.label(kIndent, column, {outcome.parameter, outcome.error->text(), Tone::bad});
    if (!outcome.error->remedy.empty()) page.label(kIndent, column, {"", outcome.error->remedy});
  } else {
    page.label(kIndent, column, {outcome.parameter, transition(report, outcome), Tone::strong});
  }
  for (const std::string& call : outcome.calls) {
    page.label(kIndent, column, {"", call, Tone::faint});
  }
  if (outcome.reboot_required && outcome.success) {
    page.label(kIndent, column,
               {"", "takes effect when the device starts anew, and stays", Tone::warning});
  }
  for (const std::string& warning : outcome.warnings) {
    page.label(kIndent, column, {"", warning, Tone::warning});
  }
}

void put_undone(Page& page, const ChangeReport& report) {
  for (const UndoneStep& step : report.undone) {
    page.line(kIndent, "taken back: " + step.call);
    if (step.error) page.line(2 * kIndent, "failed: " + step.error->text(), Tone::bad);
  }
}

std::string seconds_text(std::chrono::nanoseconds time) {
  return base::number_text(static_cast<double>(time.count() / 100'000'000) / 10) + " s";
}

void put_ending(Page& page, const ChangeReport& report) {
  if (report.dry_run) {
    if (report.success()) page.line(0, "Nothing was changed; --apply does it.");
    return;
  }
  if (report.confirm_within) {
    page.line(0, "Change " + report.id + ": `accel confirm " + report.id + "` within " +
                     seconds_text(*report.confirm_within) + ", or it is taken back.");
  }
}

}  // namespace

std::string changes_text(std::span<const ChangeReport> reports, const std::string& simulated,
                         Look look) {
  Page page(look);
  page.simulated(simulated);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const ChangeReport& report = reports[i];
    if (i > 0) page.blank();
    page.line(0, report.device, Tone::strong);
    std::size_t column = 0;
    for (const SettingOutcome& outcome : report.outcomes) {
      column = std::max(column, outcome.parameter.size() + kIndent + 2);
    }
    for (const SettingOutcome& outcome : report.outcomes) {
      put_outcome(page, report, outcome, column);
    }
    put_undone(page, report);
    put_ending(page, report);
  }
  return page.take();
}

}  // namespace accel::render
