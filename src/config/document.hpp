// A configuration file as values with their places, before anybody says what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accel/result.hpp"

namespace accel::config {

/// Of a value in its file, both from 1.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct Value;
struct Member;
using List = std::vector<Value>;
using Table = std::vector<Member>;  ///< in the order of the file

/// A date or a time, which no key has.
struct Moment {};

struct Value {
  Place place;
  std::variant<Moment, std::string, std::int64_t, double, bool, List, Table> what;
};

struct Member {
  std::string name;
  Value value;
};

/// The member of that name; null where there is none.
[[nodiscard]] const Value* find(const Table& table, std::string_view name);

/// config_parse_error at a place: "accel.toml:3:7: <why>".
[[nodiscard]] Error error_at(const std::string& file, Place place, std::string_view why,
                             std::string remedy = {});

/// Reads TOML; `file` is its name in messages.
[[nodiscard]] Result<Table> parse_document(std::string_view text, const std::string& file);

}  // namespace accel::config
