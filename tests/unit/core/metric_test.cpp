#include "accel/metric.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace accel {
namespace {

TEST(Metrics, StandInTheOrderOfTheirNumbers) {
  const auto rows = metrics();
  ASSERT_FALSE(rows.empty());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i]->order, i);
}

TEST(Metrics, AreFoundByTheirKey) {
  for (const MetricRow* row : metrics()) EXPECT_EQ(find_metric(row->key), row);
  EXPECT_EQ(find_metric("power"), &metric::power.row);
  EXPECT_EQ(find_metric("Power"), nullptr);
  EXPECT_EQ(find_metric(""), nullptr);
}

TEST(Metrics, HaveKeysOfTheirOwn) {
  std::set<std::string_view> keys;
  for (const MetricRow* row : metrics()) EXPECT_TRUE(keys.insert(row->key).second) << row->key;
}

TEST(Metrics, NeverShareASeries) {
  std::set<std::pair<std::string_view, std::string_view>> series;
  for (const MetricRow* row : metrics()) {
    if (row->family.empty()) continue;
    EXPECT_TRUE(series.insert({row->family, row->labels}).second) << row->key;
  }
}

std::vector<std::string> label_names(const MetricRow& row) {
  std::vector<std::string> names;
  for (std::string_view rest = row.labels; !rest.empty();) {
    const auto pair = rest.substr(0, rest.find(','));
    names.emplace_back(pair.substr(0, pair.find('=')));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
  }
  if (!row.instance_label.empty()) names.emplace_back(row.instance_label);
  return names;
}

TEST(Metrics, HaveNoLabelTwice) {
  for (const MetricRow* row : metrics()) {
    auto names = label_names(*row);
    std::ranges::sort(names);
    EXPECT_EQ(std::ranges::adjacent_find(names), names.end()) << row->key;
  }
}

TEST(Metrics, AreTotalsExactlyWhenTheyCount) {
  for (const MetricRow* row : metrics()) {
    if (row->family.empty()) continue;
    EXPECT_EQ(row->family.ends_with("_total"), row->kind == MetricKind::counter) << row->key;
  }
}

TEST(Metrics, NameTheBaseUnitOfTheirFamily) {
  for (const MetricRow* row : metrics()) {
    if (row->family.empty()) continue;
    std::string_view family = row->family;
    if (row->kind == MetricKind::counter) family.remove_suffix(std::string_view("_total").size());
    for (const std::string_view unit : {"watts", "joules", "celsius", "hertz", "bytes", "volts",
                                        "seconds", "rpm", "lanes", "ratio"}) {
      const bool named = family.ends_with("_" + std::string(unit));
      EXPECT_EQ(named, row->unit == unit) << row->key << " is in " << row->unit;
    }
  }
}

TEST(Metrics, OfOneFamilyAgreeOnKindUnitAndInstances) {
  std::map<std::string_view, const MetricRow*> first;
  for (const MetricRow* row : metrics()) {
    if (row->family.empty()) continue;
    const auto [at, is_new] = first.insert({row->family, row});
    EXPECT_EQ(row->kind, at->second->kind) << row->key;
    EXPECT_EQ(row->unit, at->second->unit) << row->key;
    EXPECT_EQ(row->per_shown, at->second->per_shown) << row->key;
  }
}

TEST(Metrics, SayWhatTheyMeanInASentence) {
  for (const MetricRow* row : metrics()) {
    EXPECT_TRUE(row->help.ends_with('.')) << row->key;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(row->help.front()))) << row->key;
  }
}

}  // namespace
}  // namespace accel
