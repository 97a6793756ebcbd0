#include "host/meminfo.hpp"

#include "base/dir.hpp"
#include "base/number.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// The rest of the line that starts with `key:`, perhaps behind "Node 3 ". Null data: no such line.
std::string_view line_value(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with("Node ")) {
      const auto blank = line.find(' ', 5);
      line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
    }
    if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ':') {
      return line.substr(key.size() + 1);
    }
  }
  return {};
}

}  // namespace

Reading<Bytes> Meminfo::amount(std::string_view key) const {
  if (!text) return {absence_of(text.error()), source, time};
  const auto value = line_value(*text, key);
  if (value.data() == nullptr) {
    return {unsupported(source + ": no line '" + std::string(key) + "'"), source, time};
  }
  auto digits = trimmed(value);
  const bool has_unit = digits.ends_with(" kB");
  if (has_unit) digits = trimmed(digits.substr(0, digits.size() - 3));
  const auto number = base::parse_integer(digits);
  const auto size = number ? scaled(*number, 1024) : number;
  if (!has_unit || !size) {
    return {
        nonsense(source + ": " + std::string(key) + ": not an amount in kB: " + in_quotes(value)),
        source, time};
  }
  return {Bytes{*size}, source, time};
}

Meminfo read_meminfo(const Machine& machine, const std::filesystem::path& path) {
  return {base::read_file(path), path.string(), machine.clock->steady()};
}

}  // namespace accel::host
