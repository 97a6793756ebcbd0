// A journal's entry as JSON, and back.
#include <nlohmann/json.hpp>

#include "control/journal.hpp"

namespace accel::control {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSchema = "accel/journal/1";

Error malformed(const std::string& what) {
  return {Errc::malformed,
          "journal: " + what,
          "compare the device's settings by hand, then remove the file",
          {}};
}

JournalEntry entry_of(const Json& json) {
  JournalEntry entry;
  json.at("id").get_to(entry.id);
  json.at("device").get_to(entry.device);
  json.at("boot").get_to(entry.boot);
  entry.begun = std::chrono::nanoseconds(json.at("begun_ns").get<std::int64_t>());
  json.at("uid").get_to(entry.requester.uid);
  json.at("pid").get_to(entry.requester.pid);
  json.at("confirmed").get_to(entry.confirmed);
  for (const Json& setting : json.at("settings")) {
    entry.settings.push_back({setting.at("parameter").get<std::string>(),
                              setting.at("previous").get<std::string>(),
                              setting.at("value").get<std::string>()});
  }
  for (const Json& step : json.at("steps")) {
    entry.steps.push_back({step.at("knob").get<std::string>(),
                           step.at("previous").get<std::string>(),
                           step.at("value").get<std::string>(), step.at("persistent").get<bool>()});
  }
  return entry;
}

}  // namespace

Result<JournalEntry> parse_journal_entry(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return malformed("no JSON object");
  const auto schema = json.find("schema");
  if (schema == json.end() || !schema->is_string() || schema->get<std::string>() != kSchema) {
    return malformed("not of schema " + std::string(kSchema));
  }
  try {
    return entry_of(json);
  } catch (const Json::exception& failure) {
    return malformed(failure.what());
  }
}

std::string journal_text(const JournalEntry& entry) {
  Json settings = Json::array();
  for (const JournalSetting& setting : entry.settings) {
    settings.push_back({{"parameter", setting.parameter},
                        {"previous", setting.previous},
                        {"value", setting.value}});
  }
  Json steps = Json::array();
  for (const JournalStep& step : entry.steps) {
    steps.push_back({{"knob", step.knob},
                     {"previous", step.previous},
                     {"value", step.value},
                     {"persistent", step.persistent}});
  }
  const Json json{{"schema", kSchema},
                  {"id", entry.id},
                  {"device", entry.device},
                  {"boot", entry.boot},
                  {"begun_ns", entry.begun.count()},
                  {"uid", entry.requester.uid},
                  {"pid", entry.requester.pid},
                  {"confirmed", entry.confirmed},
                  {"settings", std::move(settings)},
                  {"steps", std::move(steps)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accel::control
