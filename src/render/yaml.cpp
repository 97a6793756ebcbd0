#include "render/yaml.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/number.hpp"
#include "render/json.hpp"

namespace accel::render {
namespace {

/// Words that YAML 1.1 or 1.2 reads as something other than a text (yaml.org/type/{bool,null,
/// float}.html and YAML 1.2.2, section 10.3), in lower case.
constexpr std::array<std::string_view, 12> kReserved{"y",    "n",     "yes",  "no",  "on",  "off",
                                                     "true", "false", "null", "nan", "inf", "none"};

/// Certain to be read as that very text: starts with a letter and goes on with letters, digits
/// and harmless marks. Everything else is quoted, as it may be a number, a date or syntax.
bool is_plain(std::string_view text) {
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text[0])) == 0) return false;
  const bool harmless = std::ranges::all_of(text, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view(" _-./()+").find(c) != std::string_view::npos;
  });
  if (!harmless || text.back() == ' ') return false;
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kReserved, lower) == kReserved.end();
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  /// Writes what follows "key:" or "-", from the blank or the line break on.
  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): the lambda uses *this
  void write(const Document& document, std::size_t depth) {
    std::visit([&](const auto& value) { put(value, depth); }, document.value());
  }
  void write_members(const Document::Object& members, std::size_t depth, bool first_in_place) {
    for (const auto& member : members) {
      if (!first_in_place) out_.append(2 * depth, ' ');
      first_in_place = false;
      put_text(member.key);
      out_ += ':';
      write(member.value, depth);
    }
  }

 private:
  void put(std::monostate /*null*/, std::size_t /*depth*/) { out_ += " null\n"; }
  void put(bool flag, std::size_t /*depth*/) { out_ += flag ? " true\n" : " false\n"; }
  void put(std::int64_t number, std::size_t /*depth*/) {
    out_.append(" ").append(std::to_string(number)).append("\n");
  }
  void put(double number, std::size_t /*depth*/) {
    out_.append(" ")
        .append(std::isfinite(number) ? base::number_text(number) : "null")
        .append("\n");
  }
  void put(const std::string& text, std::size_t /*depth*/) {
    out_ += ' ';
    put_text(text);
    out_ += '\n';
  }
  void put(const Document::Array& items, std::size_t depth) {
    if (items.empty()) {
      out_ += " []\n";
      return;
    }
    out_ += '\n';
    for (const auto& item : items) {
      out_.append(2 * (depth + 1), ' ').append("-");
      const auto* members = item.members();
      if (members != nullptr && !members->empty()) {
        out_ += ' ';
        write_members(*members, depth + 2, true);
      } else {
        write(item, depth + 1);
      }
    }
  }
  void put(const Document::Object& members, std::size_t depth) {
    if (members.empty()) {
      out_ += " {}\n";
      return;
    }
    out_ += '\n';
    write_members(members, depth + 1, false);
  }
  void put_text(const std::string& text) {
    if (is_plain(text)) {
      out_ += text;
    } else {
      append_quoted(text, out_);  // A JSON string is a YAML double-quoted text.
    }
  }

  std::string& out_;
};

}  // namespace

std::string yaml(const Document& document) {
  std::string out;
  Writer writer(out);
  if (const auto* members = document.members(); members != nullptr && !members->empty()) {
    writer.write_members(*members, 0, false);
  } else {
    out += "---";
    writer.write(document, 0);
  }
  return out;
}

}  // namespace accel::render
