// What a command has to say, as an ordered tree of plain values. JSON, YAML and CSV are written
// from it; it knows none of them.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace accel::render {

/// Null, a boolean, an integer, a number, a text, a list or an object whose members keep the order
/// in which they were added. Texts may hold any bytes; writers repair what is not UTF-8.
class Document {
 public:
  struct Member;
  using Array = std::vector<Document>;
  using Object = std::vector<Member>;
  using Value =
      std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object>;

  // Implicit on purpose: documents are written down as nested values.
  // NOLINTBEGIN(google-explicit-constructor): see above
  Document() = default;
  template <std::integral Number>
  Document(Number number);
  Document(double number);
  Document(const char* text);
  Document(std::string_view text);
  Document(std::string text);
  Document(Array items);
  Document(Object members);
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] bool is_null() const { return value_.index() == 0; }
  [[nodiscard]] bool is_container() const { return items() != nullptr || members() != nullptr; }
  [[nodiscard]] const Array* items() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* members() const { return std::get_if<Object>(&value_); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value_); }

  /// The member of that name; null where this is no object or has none. Valid until it changes.
  [[nodiscard]] const Document* find(std::string_view key) const;

 private:
  Value value_;
};

struct Document::Member {
  std::string key;
  Document value;
};

// Down here, because they need a complete Member.
template <std::integral Number>
Document::Document(Number number) {
  if constexpr (std::same_as<Number, bool>) {
    value_ = number;
  } else {
    value_ = static_cast<std::int64_t>(number);
  }
}
inline Document::Document(double number) : value_(number) {}
inline Document::Document(const char* text) : value_(std::string(text)) {}
inline Document::Document(std::string_view text) : value_(std::string(text)) {}
inline Document::Document(std::string text) : value_(std::move(text)) {}
inline Document::Document(Array items) : value_(std::move(items)) {}
inline Document::Document(Object members) : value_(std::move(members)) {}

}  // namespace accel::render
