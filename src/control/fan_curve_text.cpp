// Fan curves as text: a point a line or a word, the temperature before the speed.
#include <charconv>
#include <string>

#include "accel/control/fan_curve.hpp"
#include "base/number.hpp"

namespace accel {
namespace {

/// Walks over a text and knows where it is.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  /// Over blanks, line ends and comments.
  void skip_blank() {
    while (!at_end()) {
      if (text_[at_] == '#') {
        while (!at_end() && text_[at_] != '\n') ++at_;
      } else if (is_blank(text_[at_])) {
        advance();
      } else {
        return;
      }
    }
  }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  /// The characters up to one that no number has.
  std::string_view word() {
    const std::size_t start = at_;
    while (!at_end() && !is_blank(text_[at_]) && text_[at_] != ':' && text_[at_] != ',' &&
           text_[at_] != '#') {
      ++at_;
    }
    return text_.substr(start, at_ - start);
  }
  /// Over what stands between the two numbers of a point.
  void skip_separator() {
    while (!at_end() && text_[at_] == ' ') ++at_;
    if (!at_end() && (text_[at_] == ':' || text_[at_] == ',')) ++at_;
    while (!at_end() && text_[at_] == ' ') ++at_;
  }
  [[nodiscard]] Error error(std::string_view what) const {
    return {Errc::invalid_config,
            "fan curve: line " + std::to_string(line_) + ", column " +
                std::to_string(at_ - line_start_ + 1) + ": " + std::string(what),
            "write a point a line, the temperature in °C before the speed in %: 60 40",
            {}};
  }

 private:
  static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';';
  }
  void advance() {
    if (text_[at_++] != '\n') return;
    ++line_;
    line_start_ = at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

Result<double> number(Scanner& scanner, std::string_view unit, std::string_view what) {
  const Scanner start = scanner;
  std::string_view word = scanner.word();
  if (word.ends_with(unit)) word.remove_suffix(unit.size());
  const auto value = base::parse_double(word);
  if (!value) return start.error(std::string(what) + " expected");
  return *value;
}

}  // namespace

Result<FanCurve> parse_fan_curve(std::string_view text) {
  FanCurve curve;
  Scanner scanner(text);
  for (scanner.skip_blank(); !scanner.at_end(); scanner.skip_blank()) {
    const auto celsius = number(scanner, "C", "a temperature");
    if (!celsius) return celsius.error();
    scanner.skip_separator();
    const auto percent = number(scanner, "%", "a speed");
    if (!percent) return percent.error();
    curve.points.push_back({*celsius, *percent});
  }
  if (curve.points.empty()) return scanner.error("a point expected");
  return curve;
}

}  // namespace accel
