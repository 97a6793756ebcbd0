#include "config/document.hpp"

#include <algorithm>
#include <utility>

// NOLINTBEGIN(readability-identifier-naming): the names of toml++
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
// NOLINTEND(readability-identifier-naming)
// toml++ 3.3 asserts what a malformed file can break ("[=" at least), and then reports it properly;
// without NDEBUG it would abort, with it clang would assume the opposite. Neither may happen here.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#include <toml++/toml.h>
#pragma GCC diagnostic pop
#pragma pop_macro("NDEBUG")

namespace accel::config {
namespace {

Place place_of(const toml::source_region& region) {
  return {region.begin.line, region.begin.column};
}

Value value_of(const toml::node& node);

Table table_of(const toml::table& table) {
  Table members;
  members.reserve(table.size());
  for (const auto& [key, node] : table) {
    members.push_back({std::string(key.str()), value_of(node)});
    // A table's own place is that of its brackets; of others the key is what a reader looks for.
    if (!node.is_table()) members.back().value.place = place_of(key.source());
  }
  std::ranges::sort(members, {}, [](const Member& member) {
    return std::pair(member.value.place.line, member.value.place.column);
  });
  return members;
}

List list_of(const toml::array& array) {
  List values;
  values.reserve(array.size());
  for (const toml::node& node : array) values.push_back(value_of(node));
  return values;
}

Value value_of(const toml::node& node) {
  Value value{place_of(node.source()), Moment{}};
  if (const auto* text = node.as_string()) value.what = text->get();
  if (const auto* number = node.as_integer()) value.what = number->get();
  if (const auto* number = node.as_floating_point()) value.what = number->get();
  if (const auto* flag = node.as_boolean()) value.what = flag->get();
  if (const auto* array = node.as_array()) value.what = list_of(*array);
  if (const auto* table = node.as_table()) value.what = table_of(*table);
  return value;
}

}  // namespace

const Value* find(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Member::name);
  return found == table.end() ? nullptr : &found->value;
}

Error error_at(const std::string& file, Place place, std::string_view why, std::string remedy) {
  std::string message = file + ":" + std::to_string(place.line) + ":" +
                        std::to_string(place.column) + ": " + std::string(why);
  return {Errc::config_parse_error, std::move(message), std::move(remedy), {}};
}

Result<Table> parse_document(std::string_view text, const std::string& file) {
  const toml::parse_result parsed = toml::parse(text, std::string_view(file));
  if (parsed) return table_of(parsed.table());
  const toml::parse_error& error = parsed.error();
  return error_at(file, place_of(error.source()), error.description());
}

}  // namespace accel::config
