#include "render/change_document.hpp"

#include <utility>

namespace accel::render {
namespace {

Document simulated_document(const std::string& simulated) {
  return simulated.empty() ? Document() : Document(simulated);
}

Document list_of(const std::vector<std::string>& texts) {
  Document::Array items;
  for (const std::string& text : texts) items.emplace_back(text);
  return items;
}

Document range_document(const SetpointRange& range) {
  Document::Object members;
  if (range.min) members.push_back({"min", *range.min});
  if (range.max) members.push_back({"max", *range.max});
  if (!range.steps.empty()) {
    Document::Array steps;
    for (const double step : range.steps) steps.emplace_back(step);
    members.push_back({"steps", std::move(steps)});
  }
  if (!range.words.empty()) members.push_back({"words", list_of(range.words)});
  if (members.empty()) return {};
  return members;
}

void add_error(Document::Object& members, const Error& error) {
  members.push_back({"error", error.text()});
  members.push_back({"code", traits(error.code).name});
  if (!error.remedy.empty()) members.push_back({"remedy", error.remedy});
}

Document outcome_document(const ChangeReport& report, const SettingOutcome& outcome) {
  Document::Object members{
      {"success", outcome.success},
      {"dry_run", report.dry_run},
      {"device", report.device},
      {"parameter", outcome.parameter},
      {"value", value_document(outcome.value)},
      {"previous", value_document(outcome.previous)},
      {"applied", value_document(outcome.applied)},
      {"verified", outcome.verified},
      {"range", range_document(outcome.range)},
      {"persistent", outcome.persistent},
      {"reboot_required", outcome.reboot_required},
      {"calls", list_of(outcome.calls)},
  };
  if (outcome.pending) members.push_back({"pending", value_document(outcome.pending)});
  if (!outcome.warnings.empty()) members.push_back({"warnings", list_of(outcome.warnings)});
  if (outcome.error) add_error(members, *outcome.error);
  return members;
}

void add_change(Document::Object& members, const ChangeReport& report) {
  members.push_back({"device", report.device});
  members.push_back({"id", report.id.empty() ? Document() : Document(report.id)});
  members.push_back({"dry_run", report.dry_run});
  members.push_back({"success", report.success()});
  members.push_back({"confirm_within_ms", report.confirm_within
                                              ? Document(report.confirm_within->count() / 1'000'000)
                                              : Document()});
  Document::Array results;
  for (const SettingOutcome& outcome : report.outcomes) {
    results.push_back(outcome_document(report, outcome));
  }
  members.push_back({"results", std::move(results)});
  Document::Array undone;
  for (const UndoneStep& step : report.undone) {
    Document::Object one{{"call", step.call}};
    if (step.error) add_error(one, *step.error);
    undone.emplace_back(std::move(one));
  }
  members.push_back({"undone", std::move(undone)});
}

}  // namespace

Document value_document(const std::optional<SetpointValue>& value) {
  if (!value) return {};
  if (const auto* number = std::get_if<double>(&*value)) return *number;
  if (const auto* flag = std::get_if<bool>(&*value)) return *flag;
  if (const auto* word = std::get_if<std::string>(&*value)) return *word;
  if (const auto* span = std::get_if<NumberSpan>(&*value)) {
    return Document::Object{{"min", span->low}, {"max", span->high}};
  }
  Document::Array points;
  for (const FanCurve::Point& point : std::get<FanCurve>(*value).points) {
    points.emplace_back(Document::Object{{"celsius", point.celsius}, {"percent", point.percent}});
  }
  return points;
}

Document change_document(const ChangeReport& report, const std::string& simulated) {
  Document::Object members{{"schema", "accel/change/1"},
                           {"simulated", simulated_document(simulated)}};
  add_change(members, report);
  return members;
}

Document changes_document(std::span<const ChangeReport> reports, const std::string& simulated) {
  Document::Array changes;
  for (const ChangeReport& report : reports) {
    Document::Object members;
    add_change(members, report);
    changes.emplace_back(std::move(members));
  }
  return Document::Object{{"schema", "accel/changes/1"},
                          {"simulated", simulated_document(simulated)},
                          {"changes", std::move(changes)}};
}

}  // namespace accel::render
