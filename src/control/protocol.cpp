#include "control/protocol.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace accel::control {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<Operation, std::string_view>, 6> kOperations{{
    {Operation::plan, "plan"},
    {Operation::apply, "apply"},
    {Operation::confirm, "confirm"},
    {Operation::revert, "revert"},
    {Operation::panic, "panic"},
    {Operation::pending, "pending"},
}};

/// What a message says that is JSON, but not what it should be. Caught where messages are parsed.
struct Misfit {
  Error error;
};

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Errors

Json json_of(const Error& error) {
  Json json{{"code", std::string(traits(error.code).name)}, {"message", error.message}};
  if (!error.remedy.empty()) json["remedy"] = error.remedy;
  return json;
}

Error error_of(const Json& json) {
  const auto name = json.at("code").get<std::string>();
  Error error;
  for (int code = 0; code <= static_cast<int>(Errc::device_asleep); ++code) {
    if (traits(static_cast<Errc>(code)).name == name) error.code = static_cast<Errc>(code);
  }
  error.message = json.at("message").get<std::string>();
  error.remedy = json.value("remedy", "");
  return error;
}

Json json_of(const std::vector<Error>& errors) {
  Json list = Json::array();
  for (const Error& error : errors) list.push_back(json_of(error));
  return list;
}

// Values: as text, which the setting's kind gives a meaning

Json json_of(const std::optional<SetpointValue>& value) {
  return value ? Json(to_text(*value)) : Json();
}

std::optional<SetpointValue> value_of(const std::string& parameter, const Json& json) {
  if (json.is_null()) return std::nullopt;
  const SetpointRow* row = find_setpoint(parameter);
  // Whoever plans it tells that the name is none.
  if (row == nullptr) return SetpointValue(json.get<std::string>());
  auto value = parse_setpoint_value(*row, json.get<std::string>());
  if (!value) throw Misfit{std::move(value).error()};
  return *std::move(value);
}

Json json_of(const SetpointRange& range) {
  Json json = Json::object();
  if (range.min) json["min"] = *range.min;
  if (range.max) json["max"] = *range.max;
  if (!range.steps.empty()) json["steps"] = range.steps;
  if (!range.words.empty()) json["words"] = range.words;
  if (!range.unchecked.empty()) json["unchecked"] = range.unchecked;
  return json;
}

SetpointRange range_of(const Json& json) {
  SetpointRange range;
  if (json.contains("min")) range.min = json.at("min").get<double>();
  if (json.contains("max")) range.max = json.at("max").get<double>();
  if (json.contains("steps")) json.at("steps").get_to(range.steps);
  if (json.contains("words")) json.at("words").get_to(range.words);
  range.unchecked = json.value("unchecked", "");
  return range;
}

// Reports

Json json_of(const SettingOutcome& outcome) {
  Json json{{"parameter", outcome.parameter},
            {"value", json_of(outcome.value)},
            {"previous", json_of(outcome.previous)},
            {"applied", json_of(outcome.applied)},
            {"pending", json_of(outcome.pending)},
            {"range", json_of(outcome.range)},
            {"success", outcome.success},
            {"verified", outcome.verified},
            {"persistent", outcome.persistent},
            {"reboot_required", outcome.reboot_required},
            {"calls", outcome.calls},
            {"warnings", outcome.warnings}};
  if (outcome.error) json["error"] = json_of(*outcome.error);
  return json;
}

SettingOutcome outcome_of(const Json& json) {
  SettingOutcome outcome;
  json.at("parameter").get_to(outcome.parameter);
  outcome.value = value_of(outcome.parameter, json.at("value"));
  outcome.previous = value_of(outcome.parameter, json.at("previous"));
  outcome.applied = value_of(outcome.parameter, json.at("applied"));
  outcome.pending = value_of(outcome.parameter, json.at("pending"));
  outcome.range = range_of(json.at("range"));
  json.at("success").get_to(outcome.success);
  json.at("verified").get_to(outcome.verified);
  json.at("persistent").get_to(outcome.persistent);
  json.at("reboot_required").get_to(outcome.reboot_required);
  json.at("calls").get_to(outcome.calls);
  json.at("warnings").get_to(outcome.warnings);
  if (json.contains("error")) outcome.error = error_of(json.at("error"));
  return outcome;
}

Json json_of(const ChangeReport& report) {
  Json outcomes = Json::array();
  for (const SettingOutcome& outcome : report.outcomes) outcomes.push_back(json_of(outcome));
  Json undone = Json::array();
  for (const UndoneStep& step : report.undone) {
    Json one{{"call", step.call}};
    if (step.error) one["error"] = json_of(*step.error);
    undone.push_back(std::move(one));
  }
  Json json{{"device", report.device},
            {"id", report.id},
            {"dry_run", report.dry_run},
            {"outcomes", std::move(outcomes)},
            {"undone", std::move(undone)}};
  if (report.confirm_within) json["confirm_within_ns"] = report.confirm_within->count();
  return json;
}

ChangeReport report_of(const Json& json) {
  ChangeReport report;
  json.at("device").get_to(report.device);
  json.at("id").get_to(report.id);
  json.at("dry_run").get_to(report.dry_run);
  for (const Json& outcome : json.at("outcomes")) report.outcomes.push_back(outcome_of(outcome));
  for (const Json& step : json.at("undone")) {
    UndoneStep one{step.at("call").get<std::string>(), std::nullopt};
    if (step.contains("error")) one.error = error_of(step.at("error"));
    report.undone.push_back(std::move(one));
  }
  if (json.contains("confirm_within_ns")) {
    report.confirm_within =
        std::chrono::nanoseconds(json.at("confirm_within_ns").get<std::int64_t>());
  }
  return report;
}

// Messages

Request request_of(const Json& json) {
  const auto name = json.at("operation").get<std::string>();
  const auto* const known =
      std::ranges::find(kOperations, name, [](const auto& row) { return row.second; });
  if (known == kOperations.end()) {
    throw Misfit{{Errc::invalid_argument, "unknown operation: " + name, "", {}}};
  }
  Request request;
  request.operation = known->first;
  request.device = json.value("device", "");
  for (const Json& wish : json.value("wishes", Json::array())) {
    const auto parameter = wish.at("parameter").get<std::string>();
    request.wishes.push_back({parameter, value_of(parameter, wish.at("value"))});
  }
  request.confirm_within =
      std::chrono::nanoseconds(json.value("confirm_within_ns", request.confirm_within.count()));
  if (request.confirm_within < std::chrono::nanoseconds(0)) {
    throw Misfit{{Errc::invalid_argument, "a time to confirm is not negative", "", {}}};
  }
  request.allow_persistent = json.value("allow_persistent", false);
  request.keep_going = json.value("keep_going", false);
  request.change = json.value("change", "");
  return request;
}

Reply reply_of(const Json& json) {
  Reply reply;
  if (json.contains("error")) reply.error = error_of(json.at("error"));
  reply.change = json.value("change", "");
  for (const Json& report : json.at("reports")) reply.reports.push_back(report_of(report));
  for (const Json& one : json.at("waiting")) {
    reply.waiting.push_back({one.at("id").get<std::string>(), one.at("device").get<std::string>(),
                             std::chrono::nanoseconds(one.at("left_ns").get<std::int64_t>())});
  }
  for (const Json& problem : json.at("problems")) reply.problems.push_back(error_of(problem));
  return reply;
}

template <class Message, class Convert>
Result<Message> parsed(std::string_view line, const Convert& convert) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return Error{Errc::malformed, "a message that is no JSON object", "", {}};
  try {
    return convert(json);
  } catch (const Misfit& misfit) {
    return misfit.error;
  } catch (const Json::exception& failure) {
    return Error{Errc::malformed, std::string("a message: ") + failure.what(), "", {}};
  }
}

}  // namespace

std::string request_line(const Request& request) {
  const auto* const row =
      std::ranges::find(kOperations, request.operation, [](const auto& one) { return one.first; });
  Json wishes = Json::array();
  for (const SettingWish& wish : request.wishes) {
    wishes.push_back({{"parameter", wish.parameter}, {"value", json_of(wish.value)}});
  }
  return line_of(Json{{"operation", std::string(row->second)},
                      {"device", request.device},
                      {"wishes", std::move(wishes)},
                      {"confirm_within_ns", request.confirm_within.count()},
                      {"allow_persistent", request.allow_persistent},
                      {"keep_going", request.keep_going},
                      {"change", request.change}});
}

Result<Request> parse_request(std::string_view line) { return parsed<Request>(line, request_of); }

std::string reply_line(const Reply& reply) {
  Json reports = Json::array();
  for (const ChangeReport& report : reply.reports) reports.push_back(json_of(report));
  Json waiting = Json::array();
  for (const Waiting& one : reply.waiting) {
    waiting.push_back({{"id", one.id}, {"device", one.device}, {"left_ns", one.left.count()}});
  }
  Json json{{"change", reply.change},
            {"reports", std::move(reports)},
            {"waiting", std::move(waiting)},
            {"problems", json_of(reply.problems)}};
  if (reply.error) json["error"] = json_of(*reply.error);
  return line_of(json);
}

Result<Reply> parse_reply(std::string_view line) { return parsed<Reply>(line, reply_of); }

}  // namespace accel::control
