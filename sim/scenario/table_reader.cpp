#include "table_reader.hpp"

#include "../model/duration.hpp"

namespace accel::sim {
namespace {

std::string range_text(std::int64_t low, std::int64_t high) {
  return "expected an integer from " + std::to_string(low) + " to " + std::to_string(high);
}

bool printable(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  }
  return true;
}

}  // namespace

void Report::add(const toml::source_region& where, const std::string& text) {
  if (problem) return;
  problem = {Fail::malformed, file + ':' + std::to_string(where.begin.line) + ':' +
                                  std::to_string(where.begin.column) + ": " + text};
}

const toml::node* TableReader::find(std::string_view key) {
  known_.emplace(key);
  return table_->get(key);
}

void TableReader::complain(std::string_view key, const std::string& why) {
  const toml::node* node = table_->get(key);
  const std::string path = name_.empty() ? std::string(key) : name_ + '.' + std::string(key);
  report_->add(node != nullptr ? node->source() : table_->source(), path + ": " + why);
}

void TableReader::require(std::string_view key) {
  if (!has(key)) complain(key, "missing");
}

void TableReader::read(std::string_view key, std::string& out, std::size_t longest) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::string>();
  if (!value) return complain(key, "expected a text");
  if (value->size() > longest) {
    return complain(key, "longer than " + std::to_string(longest) + " bytes");
  }
  if (!printable(*value)) return complain(key, "control character in text");
  out = *value;
}

void TableReader::read(std::string_view key, bool& out) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<bool>();
  if (!value) return complain(key, "expected true or false");
  out = *value;
}

void TableReader::read_flag(std::string_view key, std::uint32_t& out) {
  bool flag = out != 0;
  read(key, flag);
  out = flag ? 1 : 0;
}

void TableReader::read(std::string_view key, std::uint32_t& out, std::int64_t low,
                       std::int64_t high) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < low || *value > high) return complain(key, range_text(low, high));
  out = static_cast<std::uint32_t>(*value);
}

void TableReader::read(std::string_view key, std::int32_t& out, std::int64_t low,
                       std::int64_t high) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < low || *value > high) return complain(key, range_text(low, high));
  out = static_cast<std::int32_t>(*value);
}

void TableReader::read(std::string_view key, std::uint64_t& out) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<std::int64_t>();
  if (!value || *value < 0) return complain(key, "expected an integer of at least 0");
  out = static_cast<std::uint64_t>(*value);
}

void TableReader::read(std::string_view key, double& out, double low, double high) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto value = node->is_number() ? node->value<double>() : std::nullopt;
  // Written so that NaN fails too.
  if (!value || !(*value >= low && *value <= high)) {
    return complain(
        key, "expected a number from " + std::to_string(low) + " to " + std::to_string(high));
  }
  out = *value;
}

void TableReader::read(std::string_view key, std::vector<std::uint32_t>& out, std::int64_t high) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr) return complain(key, "expected an array of integers");
  out.clear();
  for (const toml::node& element : *array) {
    const auto value = element.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > high) {
      return report_->add(element.source(), std::string(key) + ": " + range_text(0, high));
    }
    out.push_back(static_cast<std::uint32_t>(*value));
  }
}

void TableReader::read(std::string_view key, std::vector<std::string>& out) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr) return complain(key, "expected an array of texts");
  out.clear();
  for (const toml::node& element : *array) {
    const auto value = element.value_exact<std::string>();
    if (!value || !printable(*value)) {
      return report_->add(element.source(), std::string(key) + ": expected a text");
    }
    out.push_back(*value);
  }
}

void TableReader::read_duration(std::string_view key, std::int64_t& out) {
  std::string text;
  if (!has(key)) return void(find(key));
  read(key, text);
  const auto value = parse_duration(text);
  if (!value) return complain(key, "expected a duration with a unit, such as \"5s\"");
  out = *value;
}

void TableReader::read_size(std::string_view key, std::uint64_t& out) {
  std::string text;
  if (!has(key)) return void(find(key));
  read(key, text);
  const auto value = parse_size(text);
  if (!value) return complain(key, "expected a size with a unit, such as \"80 GiB\"");
  out = *value;
}

void TableReader::read_power(std::string_view key, std::uint32_t& out) {
  std::string text;
  if (!has(key)) return void(find(key));
  read(key, text);
  const auto value = parse_power(text);
  if (!value) return complain(key, "expected a power with a unit, such as \"700 W\"");
  out = *value;
}

void TableReader::read_word(std::string_view key, const std::vector<std::string_view>& choices,
                            std::uint32_t& out) {
  std::string text;
  if (!has(key)) return void(find(key));
  read(key, text);
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (text == choices[i]) {
      out = static_cast<std::uint32_t>(i);
      return;
    }
    list += (i == 0 ? "" : ", ") + std::string(choices[i]);
  }
  complain(key, "expected one of " + list);
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
  std::vector<TableReader> found;
  const toml::node* node = find(key);
  if (node == nullptr) return found;
  const std::string path = name_.empty() ? std::string(key) : name_ + '.' + std::string(key);
  if (const toml::table* table = node->as_table()) {
    found.emplace_back(*table, path, *report_);
    return found;
  }
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    complain(key, "expected a table");
    return found;
  }
  for (const toml::node& element : *array) {
    const toml::table* table = element.as_table();
    if (table == nullptr) {
      report_->add(element.source(), path + ": expected a table");
      break;
    }
    found.emplace_back(*table, path, *report_);
  }
  return found;
}

void TableReader::finish() {
  for (const auto& [key, node] : *table_) {
    if (known_.find(key.str()) == known_.end()) {
      const std::string path = name_.empty() ? "" : name_ + '.';
      report_->add(key.source(), "unknown key '" + path + std::string(key.str()) + "'");
      return;
    }
  }
}

}  // namespace accel::sim
