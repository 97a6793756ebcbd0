#include "control/knob_store.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/dir.hpp"
#include "base/durable_file.hpp"

namespace accel::control {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSchema = "accel/knobs/1";

std::optional<std::string> text_at(const Json& record, const char* key) {
  const auto found = record.find(key);
  if (found == record.end()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace

KnobStore::KnobStore(std::filesystem::path file, std::string boot)
    : file_(std::move(file)), boot_(std::move(boot)) {
  if (auto loaded = load(); !loaded) problem_ = std::move(loaded).error();
}

const KnobRecords& KnobStore::of(const std::string& device) const {
  static const KnobRecords none;
  const auto found = devices_.find(device);
  return found == devices_.end() ? none : found->second;
}

Result<void> KnobStore::remember(const std::string& device, std::span<const JournalStep> steps) {
  KnobRecords& records = devices_[device];
  for (const JournalStep& step : steps) {
    KnobRecord& record = records[step.knob];
    if (!record.original) record.original = step.previous;
    record.last = step.value;
  }
  std::error_code failed;
  std::filesystem::create_directories(file_.parent_path(), failed);
  if (failed) return base::system_error(file_.parent_path().string(), failed.value());
  return base::write_durably(file_, text());
}

Result<void> KnobStore::load() {
  std::error_code ignored;
  if (!std::filesystem::exists(file_, ignored)) return {};
  const auto read = base::read_file(file_.string());
  if (!read) return read.error();
  const Json json = Json::parse(*read, nullptr, false);
  try {
    if (json.at("schema").get<std::string>() != kSchema) {
      return Error{Errc::malformed,
                   file_.string() + ": not of schema " + std::string(kSchema),
                   "remove the file",
                   {}};
    }
    if (json.at("boot").get<std::string>() != boot_) return {};
    for (const auto& [device, knobs] : json.at("devices").items()) {
      for (const auto& [knob, record] : knobs.items()) {
        devices_[device][knob] = {text_at(record, "last"), text_at(record, "original")};
      }
    }
  } catch (const Json::exception& failure) {
    devices_.clear();
    return Error{Errc::malformed, file_.string() + ": " + failure.what(), "remove the file", {}};
  }
  return {};
}

std::string KnobStore::text() const {
  Json devices = Json::object();
  for (const auto& [device, records] : devices_) {
    Json& knobs = devices[device] = Json::object();
    for (const auto& [knob, record] : records) {
      Json& one = knobs[knob] = Json::object();
      if (record.last) one["last"] = *record.last;
      if (record.original) one["original"] = *record.original;
    }
  }
  const Json json{{"schema", kSchema}, {"boot", boot_}, {"devices", std::move(devices)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accel::control
