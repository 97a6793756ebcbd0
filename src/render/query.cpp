#include "render/query.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/environment.hpp"
#include "base/number.hpp"
#include "base/spelling.hpp"
#include "render/accelerator_document.hpp"
#include "render/amount.hpp"
#include "render/status_document.hpp"

namespace accel::render {
namespace {

constexpr std::string_view kExtra = "extra_info.";

Error unknown_field(std::string_view field) {
  const std::vector<std::string> known = Query::known_fields();
  const std::vector<std::string_view> names(known.begin(), known.end());
  std::string remedy = base::suggestion(field, names);
  if (remedy.empty()) remedy = "see the fields in `accel help list`";
  return {Errc::invalid_argument, "unknown field: '" + std::string(field) + "'", remedy, {}};
}

/// "fan_speed.0" → that metric and instance; no metric for anything else.
QueryField metric_field(std::string_view name) {
  const std::size_t dot = name.find('.');
  const MetricRow* metric = find_metric(name.substr(0, dot));
  if (metric == nullptr) return {};
  if (dot == std::string_view::npos) return {std::string(name), metric, kOnly};
  const auto instance = base::parse_integer(name.substr(dot + 1));
  const bool numbered = instance && *instance >= 0 && *instance < 100'000;
  if (!numbered || metric->instance_label.empty()) return {};
  return {std::string(name), metric, static_cast<int>(*instance)};
}

Document extra_value(const AcceleratorInfo& info, std::string_view key) {
  for (const auto& [name, value] : info.extra) {
    if (name == key) return std::visit([](const auto& held) { return Document(held); }, value);
  }
  return {};
}

/// A field of the accelerator itself.
Document own_value(const DeviceSample& sample, const Document& facts, const std::string& name) {
  if (name == "state") return to_string(sample.state);
  if (name == "state_reason" && !sample.state_reason.empty()) return sample.state_reason;
  if (name == "state_remedy" && !sample.state_remedy.empty()) return sample.state_remedy;
  if (name.starts_with(kExtra)) return extra_value(*sample.info, name.substr(kExtra.size()));
  const Document* value = facts.find(name == "name" ? "model" : name);
  return value == nullptr ? Document() : *value;
}

/// Only what is fresh: a cell has no room to say how old a stale value is.
Document metric_value(const DeviceSample& sample, const QueryField& field) {
  const auto* entry = sample.readings.find(*field.metric, field.instance);
  const bool fresh = entry != nullptr && entry->reading.status() == ReadingStatus::ok;
  return fresh ? value_document(*entry) : Document();
}

std::string metric_text(const DeviceSample& sample, const QueryField& field) {
  const auto* entry = sample.readings.find(*field.metric, field.instance);
  if (entry == nullptr) return std::string(to_string(ReadingStatus::unsupported));
  if (!entry->reading) return std::string(to_string(entry->reading.status()));
  std::string text = amount(*field.metric, *entry->reading);
  if (entry->reading.status() == ReadingStatus::stale) text += " (stale)";
  return text;
}

}  // namespace

Result<Query> Query::parse(std::string_view text) {
  const std::vector<std::string> own = accelerator_fields();
  Query query;
  for (const std::string& name : base::split_list(text)) {
    const bool is_own = std::ranges::find(own, name) != own.end() || name == "name" ||
                        (name.starts_with(kExtra) && name.size() > kExtra.size());
    QueryField field = is_own ? QueryField{name} : metric_field(name);
    if (field.name.empty()) return unknown_field(name);
    query.fields_.push_back(std::move(field));
  }
  return query;
}

Query Query::identity() {
  Query query;
  for (auto& name : accelerator_fields()) query.fields_.push_back({std::move(name)});
  return query;
}

Query Query::everything(std::span<const DeviceSample> samples) {
  Query query;
  for (const char* name : {"global_index", "partition", "vendor", "model", "uuid", "state"}) {
    query.fields_.push_back({name});
  }
  std::set<std::size_t> spoken;
  for (const auto& sample : samples) {
    for (const auto& entry : sample.readings.entries()) spoken.insert(entry.metric->order);
  }
  for (const std::size_t order : spoken) {
    const MetricRow* metric = metrics()[order];
    query.fields_.push_back({std::string(metric->key), metric});
  }
  return query;
}

bool Query::needs_readings() const {
  return std::ranges::any_of(fields_, [](const QueryField& f) { return f.metric != nullptr; });
}

bool Query::is_answered_by(std::span<const DeviceSample> samples) const {
  return std::ranges::all_of(fields_, [&](const QueryField& field) {
    if (field.metric == nullptr || samples.empty()) return true;
    return std::ranges::any_of(samples, [&](const DeviceSample& sample) {
      const auto entries = sample.readings.entries();
      return std::ranges::find(entries, field.metric, &ReadingSet::Entry::metric) != entries.end();
    });
  });
}

bool Query::is_pending_in(std::span<const DeviceSample> samples) const {
  return std::ranges::any_of(samples, [&](const DeviceSample& sample) {
    const auto entries = sample.readings.entries();
    return std::ranges::any_of(entries, [&](const ReadingSet::Entry& entry) {
      return entry.reading.status() == ReadingStatus::pending &&
             std::ranges::find(fields_, entry.metric, &QueryField::metric) != fields_.end();
    });
  });
}

bool Query::is_left_to_programs(std::span<const DeviceSample> samples) const {
  constexpr std::array sums{&metric::utilization, &metric::utilization_compute,
                            &metric::utilization_graphics, &metric::utilization_copy,
                            &metric::utilization_media};
  return std::ranges::any_of(sums, [&](const Metric<Ratio>* sum) {
    if (std::ranges::find(fields_, &sum->row, &QueryField::metric) == fields_.end()) return false;
    return std::ranges::any_of(samples, [&](const DeviceSample& sample) {
      return sample.readings.get(*sum).status() == ReadingStatus::unsupported;
    });
  });
}

std::vector<QueryField> Query::expanded(std::span<const DeviceSample> samples) const {
  std::vector<QueryField> fields;
  for (const QueryField& field : fields_) {
    std::set<int> instances;
    if (field.metric != nullptr && field.instance == kOnly) {
      for (const auto& sample : samples) {
        for (const auto& entry : sample.readings.entries()) {
          if (entry.metric == field.metric) instances.insert(entry.instance);
        }
      }
    }
    // Where some devices say "none of this kind", as the metric itself, and others number theirs.
    if (instances.size() > 1) instances.erase(kOnly);
    if (instances.empty() || instances.contains(kOnly)) {
      fields.push_back(field);
      continue;
    }
    for (const int instance : instances) {
      fields.push_back({field.name + "." + std::to_string(instance), field.metric, instance});
    }
  }
  return fields;
}

std::vector<std::string> Query::heading(std::span<const DeviceSample> samples) const {
  std::vector<std::string> names;
  for (const QueryField& field : expanded(samples)) names.push_back(field.name);
  return names;
}

Table Query::table(std::span<const DeviceSample> samples) const {
  const auto fields = expanded(samples);
  Table table{heading(samples), {}};
  for (const auto& sample : samples) {
    const Document facts = accelerator_document(*sample.info);
    auto& row = table.rows.emplace_back();
    for (const QueryField& field : fields) {
      row.push_back(field.metric == nullptr ? own_value(sample, facts, field.name)
                                            : metric_value(sample, field));
    }
  }
  return table;
}

std::vector<std::vector<std::string>> Query::texts(std::span<const DeviceSample> samples) const {
  const auto fields = expanded(samples);
  std::vector<std::vector<std::string>> rows;
  for (const auto& sample : samples) {
    const Document facts = accelerator_document(*sample.info);
    auto& row = rows.emplace_back();
    for (const QueryField& field : fields) {
      if (field.metric != nullptr) {
        row.push_back(metric_text(sample, field));
      } else {
        std::string text = cell_text(own_value(sample, facts, field.name));
        row.push_back(text.empty() ? "-" : std::move(text));
      }
    }
  }
  return rows;
}

std::vector<std::string> Query::known_fields() {
  std::vector<std::string> names = accelerator_fields();
  names.emplace_back("name");
  for (const MetricRow* metric : metrics()) names.emplace_back(metric->key);
  return names;
}

}  // namespace accel::render
