#include "config/configuration.hpp"

#include "base/dir.hpp"
#include "config/check.hpp"
#include "config/document.hpp"
#include "config/schema.hpp"

namespace accel::config {
namespace {

/// Of a document that was checked.
std::string text_of(const Table& table, std::string_view name) {
  const Value* value = find(table, name);
  const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->what);
  return text == nullptr ? std::string() : *text;
}

std::vector<const Table*> tables_of(const Table& table, std::string_view name) {
  std::vector<const Table*> tables;
  const Value* value = find(table, name);
  const auto* list = value == nullptr ? nullptr : std::get_if<List>(&value->what);
  if (list == nullptr) return tables;
  for (const Value& element : *list) {
    if (const auto* fields = std::get_if<Table>(&element.what)) tables.push_back(fields);
  }
  return tables;
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view text, const std::string& file) {
  const auto document = parse_document(text, file);
  if (!document) return document.error();
  if (auto problems = check(*document, keys(), file); !problems.empty()) return problems.front();
  Configuration configuration;
  for (const Table* remote : tables_of(*document, "remote")) {
    configuration.remote_systems.push_back(
        {text_of(*remote, "vendor"), text_of(*remote, "host"), text_of(*remote, "name")});
  }
  return configuration;
}

Result<Configuration> read_configuration(const std::string& path) {
  const auto text = base::read_file(path);
  if (!text) return text.error();
  return parse_configuration(*text, path);
}

}  // namespace accel::config
