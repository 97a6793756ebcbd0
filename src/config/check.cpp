#include "config/check.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/spelling.hpp"

namespace accel::config {
namespace {

/// What a value is, by its position in the variant.
constexpr std::array<std::string_view, 7> kWords{
    "a date or time", "a text in quotes", "a whole number", "a number",
    "true or false",  "a list",           "a table"};

std::string_view word_of(const Value& value) { return kWords.at(value.what.index()); }

std::string joined(std::span<const std::string_view> words) {
  std::string all;
  for (const std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
  return all;
}

class Checker {
 public:
  Checker(std::span<const Key> schema, const std::string& file) : schema_(schema), file_(file) {}

  void table(const Table& table, std::string_view path, Place place) {
    for (const Member& member : table) known(member, path);
    for (const Key& key : schema_) {
      if (key.parent() != path || !key.required || find(table, key.name()) != nullptr) continue;
      add(place, "'" + std::string(key.name()) + "' is missing",
          "add " + std::string(key.name()) + " = " + std::string(key.example));
    }
  }

  [[nodiscard]] std::vector<Error> take() { return std::move(problems_); }

 private:
  void known(const Member& member, std::string_view path) {
    const auto key = std::ranges::find_if(
        schema_, [&](const Key& row) { return row.parent() == path && row.name() == member.name; });
    if (key != schema_.end()) return value(*key, member.value);
    std::vector<std::string_view> names;
    for (const Key& row : schema_) {
      if (row.parent() == path) names.push_back(row.name());
    }
    std::string remedy = base::suggestion(member.name, names);
    if (remedy.empty()) remedy = "known here: " + joined(names);
    add(member.value.place, "unknown key '" + member.name + "'", std::move(remedy));
  }

  void value(const Key& key, const Value& value) {
    if (key.kind == Kind::tables) return tables(key, value);
    const auto* text = std::get_if<std::string>(&value.what);
    if (text == nullptr) return add_kind(key, value, "a text in quotes");
    const bool is_choice =
        key.choices.empty() || std::ranges::find(key.choices, *text) != key.choices.end();
    if (is_choice) return;
    std::string remedy = base::suggestion(*text, key.choices);
    if (remedy.empty()) remedy = "known: " + joined(key.choices);
    add(value.place, std::string(key.name()) + ": unknown: '" + *text + "'", std::move(remedy));
  }

  void tables(const Key& key, const Value& value) {
    const auto* list = std::get_if<List>(&value.what);
    if (list == nullptr) return add_kind(key, value, "a list of tables");
    for (const Value& element : *list) {
      const auto* fields = std::get_if<Table>(&element.what);
      if (fields != nullptr) {
        table(*fields, key.path, element.place);
      } else {
        add_kind(key, element, "a list of tables");
      }
    }
  }

  void add_kind(const Key& key, const Value& value, std::string_view wanted) {
    const std::string name(key.name());
    add(value.place,
        name + ": " + std::string(word_of(value)) + " instead of " + std::string(wanted),
        key.kind == Kind::tables ? "write [[" + name + "]] above each"
                                 : "write " + name + " = " + std::string(key.example));
  }

  void add(Place place, std::string_view why, std::string remedy) {
    problems_.push_back(error_at(file_, place, why, std::move(remedy)));
  }

  std::span<const Key> schema_;
  const std::string& file_;
  std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> check(const Table& document, std::span<const Key> schema,
                         const std::string& file) {
  Checker checker(schema, file);
  checker.table(document, "", {});
  return checker.take();
}

}  // namespace accel::config
