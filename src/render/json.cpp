#include "render/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/number.hpp"
#include "render/utf8.hpp"

namespace accel::render {
namespace {

class Writer {
 public:
  Writer(std::string& out, bool in_one_line) : out_(out), in_one_line_(in_one_line) {}

  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): the lambda uses *this
  void write(const Document& document, std::size_t depth) {
    std::visit([&](const auto& value) { put(value, depth); }, document.value());
  }

 private:
  void put(std::monostate /*null*/, std::size_t /*depth*/) { out_ += "null"; }
  void put(bool flag, std::size_t /*depth*/) { out_ += flag ? "true" : "false"; }
  void put(std::int64_t number, std::size_t /*depth*/) {
    std::array<char, 24> digits{};
    const auto [end, status] = std::to_chars(digits.begin(), digits.end(), number);
    out_.append(digits.data(), end);
  }
  void put(double number, std::size_t /*depth*/) {
    out_ += std::isfinite(number) ? base::number_text(number) : "null";
  }
  void put(const std::string& text, std::size_t /*depth*/) { append_quoted(text, out_); }

  void put(const Document::Array& items, std::size_t depth) {
    const bool flat = in_one_line_ || std::ranges::none_of(items, [](const Document& item) {
                        return item.is_container();
                      });
    enclose(items, flat, "[]", depth, [&](const Document& item) { write(item, depth + 1); });
  }
  void put(const Document::Object& members, std::size_t depth) {
    const bool flat =
        in_one_line_ || std::ranges::none_of(members, [](const Document::Member& member) {
          return member.value.is_container();
        });
    enclose(members, flat, "{}", depth, [&](const Document::Member& member) {
      append_quoted(member.key, out_);
      out_ += ": ";
      write(member.value, depth + 1);
    });
  }

  template <class Container, class Write>
  void enclose(const Container& container, bool flat, std::string_view brackets, std::size_t depth,
               const Write& write_one) {
    out_ += brackets[0];
    bool first = true;
    for (const auto& element : container) {
      if (!first) out_ += flat ? ", " : ",";
      if (!flat) break_line(depth + 1);
      write_one(element);
      first = false;
    }
    if (!flat) break_line(depth);
    out_ += brackets[1];
  }
  void break_line(std::size_t depth) { out_.append(1, '\n').append(2 * depth, ' '); }

  std::string& out_;
  bool in_one_line_;
};

/// Control characters, and what YAML does not count as printable or takes for a line break (1.1:
/// U+2028 and U+2029), so that one quoting serves both.
bool is_escaped(const CodePoint& point) {
  return point.is_control() || point.number == 0x2028 || point.number == 0x2029 ||
         point.number == 0xFEFF || point.number == 0xFFFE || point.number == 0xFFFF;
}

/// Whether a byte stands for itself between quotes, looked up because every byte is asked.
constexpr auto kStandsForItself = [] {
  std::array<bool, 256> table{};
  for (unsigned char c = ' '; c <= '~'; ++c) table[c] = c != '"' && c != '\\';
  return table;
}();

/// Length of the text before the first byte that needs a closer look.
std::size_t plain_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && kStandsForItself[static_cast<unsigned char>(text[length])]) {
    ++length;
  }
  return length;
}

/// `number` is at most U+FFFF.
void append_escape(char32_t number, std::string& out) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (number) {
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += hex[(number >> shift) & 0xFU];
}

}  // namespace

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    // Nearly all text is plain ASCII, which goes out in one piece.
    const std::size_t plain = plain_length(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const CodePoint next = first_code_point(text);
    if (!next.valid) {
      out += "\xEF\xBF\xBD";  // U+FFFD
    } else if (next.number == '"' || next.number == '\\') {
      out.append(1, '\\').append(next.bytes);
    } else if (is_escaped(next)) {
      append_escape(next.number, out);
    } else {
      out += next.bytes;
    }
    text.remove_prefix(next.bytes.size());
  }
  out += '"';
}

std::string json(const Document& document) {
  std::string out;
  Writer(out, false).write(document, 0);
  out += '\n';
  return out;
}

std::string json_line(const Document& document) {
  std::string out;
  Writer(out, true).write(document, 0);
  out += '\n';
  return out;
}

}  // namespace accel::render
