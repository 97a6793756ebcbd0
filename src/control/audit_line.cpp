#include "control/audit_line.hpp"

#include <sha2.h>

#include <array>
#include <nlohmann/json.hpp>

namespace accel::control {
namespace {

using Json = nlohmann::ordered_json;

Error malformed(std::string why) { return {Errc::malformed, std::move(why), "", {}}; }

/// The entry without its hash, always in the same order and spelling: what is hashed.
Json body_of(const AuditEntry& entry, std::string_view hash_before) {
  return Json{{"time_ns", entry.time.count()},
              {"uid", entry.requester.uid},
              {"pid", entry.requester.pid},
              {"device", entry.device},
              {"parameter", entry.parameter},
              {"old", entry.previous},
              {"new", entry.value},
              {"result", entry.result},
              {"before", std::string(hash_before)}};
}

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string sha256(std::string_view text) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes, as the library takes them
  SHA256Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), hex.data());
  return hex.data();
}

}  // namespace

std::string audit_line(const AuditEntry& entry, std::string_view hash_before) {
  Json json = body_of(entry, hash_before);
  json["hash"] = sha256(written(json));
  return written(json) + "\n";
}

Result<std::string> audit_hash(std::string_view line, std::string_view hash_before) {
  Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return malformed("it is no JSON object");
  const auto text = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const std::string hash = text("hash");
  if (text("before") != hash_before) return malformed("it does not follow the line before");
  json.erase("hash");
  if (hash != sha256(written(json))) return malformed("its hash is not that of its text");
  json["hash"] = hash;
  if (written(json) != line) return malformed("it is spelt otherwise than it was written");
  return hash;
}

Result<AuditEntry> parse_audit_line(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  try {
    AuditEntry entry;
    entry.time = std::chrono::nanoseconds(json.at("time_ns").get<std::int64_t>());
    json.at("uid").get_to(entry.requester.uid);
    json.at("pid").get_to(entry.requester.pid);
    json.at("device").get_to(entry.device);
    json.at("parameter").get_to(entry.parameter);
    json.at("old").get_to(entry.previous);
    json.at("new").get_to(entry.value);
    json.at("result").get_to(entry.result);
    return entry;
  } catch (const Json::exception& failure) {
    return malformed(failure.what());
  }
}

}  // namespace accel::control
