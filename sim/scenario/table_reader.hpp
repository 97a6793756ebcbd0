// Reads the keys of one TOML table into variables and remembers which were known, so that every
// misspelt key is an error with its place. Only the first problem is kept.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../node/problem.hpp"
#include "toml.hpp"

namespace accel::sim {

/// Where problems go, shared by the readers of one document.
struct Report {
  std::string file;
  Problem problem;

  void add(const toml::source_region& where, const std::string& text);
};

class TableReader {
 public:
  TableReader(const toml::table& table, std::string name, Report& report)
      : table_(&table), name_(std::move(name)), report_(&report) {}

  // Each leaves `out` alone when the key is absent, and reports a wrong type or range.
  void read(std::string_view key, std::string& out, std::size_t longest = 63);
  void read(std::string_view key, bool& out);
  void read(std::string_view key, std::uint32_t& out, std::int64_t low, std::int64_t high);
  void read(std::string_view key, std::int32_t& out, std::int64_t low, std::int64_t high);
  void read(std::string_view key, std::uint64_t& out);
  void read(std::string_view key, double& out, double low, double high);
  void read(std::string_view key, std::vector<std::uint32_t>& out, std::int64_t high);
  void read(std::string_view key, std::vector<std::string>& out);
  /// A flag kept as 0 or 1.
  void read_flag(std::string_view key, std::uint32_t& out);
  void read_duration(std::string_view key, std::int64_t& out);
  void read_size(std::string_view key, std::uint64_t& out);
  void read_power(std::string_view key, std::uint32_t& out);
  /// One of the words; `out` becomes its position.
  void read_word(std::string_view key, const std::vector<std::string_view>& choices,
                 std::uint32_t& out);

  /// The key must be there.
  void require(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }

  /// A table, or the tables of an array of tables; empty when absent.
  std::vector<TableReader> tables(std::string_view key);

  /// Reports a problem at the key.
  void complain(std::string_view key, const std::string& why);

  /// Reports every key that nobody asked for.
  void finish();

 private:
  const toml::node* find(std::string_view key);

  const toml::table* table_;
  std::string name_;
  Report* report_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace accel::sim
