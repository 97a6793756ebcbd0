#include "capture/scrubbed_document.hpp"

#include <nlohmann/json.hpp>

#include "capture/process_files.hpp"
#include "capture/secret_search.hpp"

namespace accel::capture {
namespace {

using Json = nlohmann::ordered_json;

bool is_address(std::string_view key) {
  return key == "server" || key == "address" || key == "traddr" || key == "portal" ||
         key == "endpoint";
}

void find_in(const std::string& key, const std::string& text, Secrets& secrets) {
  find_shapes(text, secrets);
  find_homes(text, secrets);
  if (is_address(key)) {
    find_addresses(text, secrets);
    find_servers(text, secrets);
  }
  if (!names_a_secret(key)) return;
  const bool uuid = key.find("uuid") != std::string::npos;
  secrets.add(uuid ? SecretKind::uuid : SecretKind::serial, text);
}

/// A text, or what a reading has as its value.
Json* text_in(Json& value) {
  if (value.is_string()) return &value;
  if (!value.is_object() || !value.contains("value")) return nullptr;
  return value["value"].is_string() ? &value["value"] : nullptr;
}

Json* text_of(Json& process, const char* key) {
  return process.contains(key) ? text_in(process[key]) : nullptr;
}

void scrub_processes(Json& list, Secrets& secrets) {
  for (Json& process : list) {
    if (!process.is_object()) continue;
    if (Json* name = text_of(process, "name")) *name = secrets.process(name->get<std::string>());
    if (Json* command = text_of(process, "command")) {
      *command = scrubbed_command(command->get<std::string>(), secrets);
    }
    for (const char* key : {"pod", "pod_namespace", "container"}) {
      const Json* text = text_of(process, key);
      // An id has a shape of its own, which it keeps.
      const bool is_name = text != nullptr && text->get_ref<const std::string&>().size() < 64;
      if (is_name) secrets.add(SecretKind::process, text->get<std::string>());
    }
    const Json* user = text_of(process, "user");
    if (user != nullptr) secrets.add(SecretKind::user, user->get<std::string>());
  }
}

void walk(Json& value, const std::string& key, Secrets& secrets) {
  if (value.is_string()) return find_in(key, value.get_ref<const std::string&>(), secrets);
  if (value.is_array()) {
    if (key == "processes") scrub_processes(value, secrets);
    for (Json& item : value) walk(item, key, secrets);
    return;
  }
  if (!value.is_object()) return;
  for (auto& [name, member] : value.items()) {
    Json* host = name == "hostname" ? text_in(member) : nullptr;
    if (host != nullptr) {
      secrets.add(SecretKind::host, host->get<std::string>());
      *host = secrets.host(host->get<std::string>());
      continue;
    }
    // The value of a reading goes by the reading's name.
    walk(member, name == "value" ? key : name, secrets);
  }
}

}  // namespace

std::string scrubbed_document(std::string_view json, Secrets& secrets) {
  Json document = Json::parse(json, nullptr, false);
  if (document.is_discarded()) {
    find_shapes(json, secrets);
    return std::string(json);
  }
  walk(document, "", secrets);
  constexpr int kIndent = 2;
  return document.dump(kIndent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accel::capture
