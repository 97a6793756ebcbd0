// As much of JSON Schema (draft 2020-12) as the schemas in docs/schema use: type, const, enum,
// required, properties, additionalProperties, items and $ref into $defs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace accel::testing {

class JsonSchema {
 public:
  using Json = nlohmann::json;

  explicit JsonSchema(Json schema) : root_(std::move(schema)) {}

  /// Where and why `document` is not as the schema says; empty when it is.
  [[nodiscard]] std::string violation(const Json& document) const {
    return violation(document, root_, "");
  }

 private:
  static bool is_of(const Json& value, const std::string& type) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
  }
  static bool is_of_any(const Json& value, const Json& types) {
    if (types.is_string()) return is_of(value, types.get<std::string>());
    for (const auto& type : types) {
      if (is_of(value, type.get<std::string>())) return true;
    }
    return false;
  }

  [[nodiscard]] std::string violation(const Json& value, const Json& schema,
                                      const std::string& where) const {
    if (schema.is_boolean()) return schema.get<bool>() ? "" : where + ": is not allowed";
    if (schema.contains("$ref")) {
      const auto pointer = schema["$ref"].get<std::string>().substr(1);
      return violation(value, root_.at(Json::json_pointer(pointer)), where);
    }
    if (schema.contains("const") && value != schema["const"])
      return where + ": is not the constant";
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
      return where + ": " + value.dump() + " is none of the allowed values";
    }
    if (schema.contains("type") && !is_of_any(value, schema["type"])) {
      return where + ": " + value.dump().substr(0, 40) + " is not of type " + schema["type"].dump();
    }
    if (value.is_object()) return object_violation(value, schema, where);
    if (value.is_array() && schema.contains("items")) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        auto why = violation(value[i], schema["items"], where + "/" + std::to_string(i));
        if (!why.empty()) return why;
      }
    }
    return "";
  }

  [[nodiscard]] std::string object_violation(const Json& value, const Json& schema,
                                             const std::string& where) const {
    for (const auto& name : schema.value("required", Json::array())) {
      if (!value.contains(name)) return where + ": lacks " + name.dump();
    }
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(true));
    for (const auto& [name, member] : value.items()) {
      const bool known = properties.contains(name);
      auto why = violation(member, known ? properties[name] : others, where + "/" + name);
      if (!why.empty()) return why;
    }
    return "";
  }

  Json root_;
};

}  // namespace accel::testing
