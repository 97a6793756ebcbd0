#include "render/process_fields.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>

#include "base/environment.hpp"
#include "base/number.hpp"
#include "render/amount.hpp"
#include "render/columns.hpp"
#include "render/device_title.hpp"
#include "render/facts.hpp"

namespace accel::render {
namespace {

using Process = AcceleratorProcess;

constexpr const char* kNone = "-";

std::string shown(const std::string& text) { return text.empty() ? kNone : text; }
std::string shown(std::int64_t number) { return std::to_string(number); }
std::string shown(Bytes size) { return size_text(size); }
std::string shown(Ratio share) { return share_text(share.value); }

/// A reading of a program, by the name of its member.
template <auto Member>
Document reading_value(const ProcessRow& row) {
  if (row.process == nullptr) return {};
  const auto& reading = row.process->*Member;
  return reading ? document_of(*reading) : Document();
}

template <auto Member>
std::string reading_text(const ProcessRow& row) {
  if (row.process == nullptr) return kNone;
  const auto& reading = row.process->*Member;
  if (reading) return shown(*reading);
  if (reading.status() == ReadingStatus::unsupported) return kNone;
  return std::string(to_string(reading.status()));
}

Document pid_value(const ProcessRow& row) {
  return row.process == nullptr ? Document() : Document(row.process->pid);
}

Document type_value(const ProcessRow& row) {
  return row.process == nullptr ? Document() : Document(to_string(row.process->type));
}

std::string type_text(const ProcessRow& row) {
  if (row.process == nullptr || row.process->type == ProcessType::unknown) return kNone;
  return std::string(to_string(row.process->type));
}

/// "gfx=0.25": a class and its share; the class alone where the share is not known.
Document engines_value(const ProcessRow& row) {
  if (row.process == nullptr) return {};
  Document::Array items;
  for (const ProcessEngine& engine : row.process->engines) {
    std::string item = engine.name;
    if (engine.share) item.append("=").append(base::number_text(engine.share->value));
    items.emplace_back(std::move(item));
  }
  return items;
}

std::string engines_text(const ProcessRow& row) {
  if (row.process == nullptr) return kNone;
  std::string text;
  for (const ProcessEngine& engine : row.process->engines) {
    text.append(text.empty() ? "" : ", ").append(engine.name).append(" ");
    text += engine.share ? share_text(engine.share->value)
                         : std::string(to_string(engine.share.status()));
  }
  return shown(text);
}

Document device_value(const ProcessRow& row) { return device_selector(*row.device->info); }
Document index_value(const ProcessRow& row) { return row.device->info->global_index; }
Document uuid_value(const ProcessRow& row) { return row.device->info->uuid; }
Document vendor_value(const ProcessRow& row) { return row.device->info->vendor; }
Document state_value(const ProcessRow& row) { return to_string(row.device->state); }
Document model_value(const ProcessRow& row) {
  const auto& model = row.device->info->model;
  return model ? Document(*model) : Document();
}
Document address_value(const ProcessRow& row) {
  const auto& address = row.device->info->pci_address;
  return address ? Document(address->text()) : Document();
}
/// Of the row's device.
Document hidden_value(const ProcessRow& row) {
  if (!row.device->processes) return {};
  const auto hidden = row.device->processes->hidden.count();
  return hidden ? Document(*hidden) : Document();
}

template <auto Value>
std::string plain_text(const ProcessRow& row) {
  return shown(cell_text(Value(row)));
}

template <auto Member>
constexpr ProcessField reading_field(std::string_view key, std::string_view heading) {
  return {key, heading, reading_value<Member>, reading_text<Member>};
}

template <auto Value>
constexpr ProcessField plain_field(std::string_view key, std::string_view heading) {
  return {key, heading, Value, plain_text<Value>};
}

constexpr std::array kFields{
    plain_field<device_value>("device", "DEVICE"),
    plain_field<pid_value>("pid", "PID"),
    ProcessField{"type", "TYPE", type_value, type_text},
    reading_field<&Process::user>("user", "USER"),
    reading_field<&Process::memory>("memory_bytes", "MEMORY"),
    reading_field<&Process::utilization>("utilization", "BUSY"),
    reading_field<&Process::utilization_memory_controller>("utilization_memory_controller",
                                                           "TRAFFIC"),
    reading_field<&Process::utilization_encoder>("utilization_encoder", "ENCODE"),
    reading_field<&Process::utilization_decoder>("utilization_decoder", "DECODE"),
    reading_field<&Process::compute_units>("compute_units", "UNITS"),
    ProcessField{"engines", "ENGINES", engines_value, engines_text},
    reading_field<&Process::container>("container", "CONTAINER"),
    reading_field<&Process::container_runtime>("container_runtime", "RUNTIME"),
    reading_field<&Process::container_pid>("container_pid", "INNER PID"),
    reading_field<&Process::pod>("pod", "POD"),
    reading_field<&Process::pod_namespace>("pod_namespace", "NAMESPACE"),
    reading_field<&Process::pod_uid>("pod_uid", "POD UID"),
    reading_field<&Process::job>("job", "JOB"),
    reading_field<&Process::name>("name", "NAME"),
    reading_field<&Process::command>("command", "COMMAND"),
    plain_field<index_value>("global_index", "INDEX"),
    plain_field<uuid_value>("uuid", "UUID"),
    plain_field<vendor_value>("vendor", "VENDOR"),
    plain_field<model_value>("model", "MODEL"),
    plain_field<address_value>("pci_address", "ADDRESS"),
    plain_field<state_value>("state", "STATE"),
    plain_field<hidden_value>("hidden", "HIDDEN"),
};

const ProcessField* find_field(std::string_view name) {
  const auto* found = std::ranges::find(kFields, name, &ProcessField::key);
  return found == kFields.end() ? nullptr : found;
}

/// Before or after; by number where both are numbers, else by their text.
std::partial_ordering compare(const Document& a, const Document& b) {
  const auto number = [](const Document& document) -> const std::int64_t* {
    return std::get_if<std::int64_t>(&document.value());
  };
  const auto real = [&](const Document& document) -> std::optional<double> {
    if (const auto* whole = number(document)) return static_cast<double>(*whole);
    if (const auto* part = std::get_if<double>(&document.value())) return *part;
    return std::nullopt;
  };
  if (number(a) != nullptr && number(b) != nullptr) return *number(a) <=> *number(b);
  const auto x = real(a);
  const auto y = real(b);
  if (x && y) return *x <=> *y;
  return cell_text(a) <=> cell_text(b);
}

}  // namespace

std::span<const ProcessField> process_fields() { return kFields; }

std::vector<std::string> process_field_names() {
  std::vector<std::string> names;
  names.reserve(kFields.size());
  for (const ProcessField& field : kFields) names.emplace_back(field.key);
  return names;
}

std::vector<const ProcessField*> process_fields_named(std::span<const std::string> names) {
  std::vector<const ProcessField*> fields;
  fields.reserve(names.size());
  for (const std::string& name : names) {
    if (const ProcessField* field = find_field(name)) fields.push_back(field);
  }
  return fields;
}

std::vector<ProcessRow> process_rows(std::span<const DeviceSample> samples) {
  std::vector<ProcessRow> rows;
  for (const DeviceSample& sample : samples) {
    if (!sample.processes) continue;
    for (const auto& process : sample.processes->processes) rows.push_back({&sample, &process});
  }
  return rows;
}

Result<ProcessOrder> ProcessOrder::parse(std::string_view text) {
  ProcessOrder order;
  for (const std::string& item : base::split_list(text)) {
    const bool has_sign = item.starts_with('-') || item.starts_with('+');
    const auto named = parse_columns(item.substr(has_sign ? 1 : 0), process_field_names());
    if (!named) return named.error();
    order.keys.push_back({find_field(named->front()), item.starts_with('-')});
  }
  return order;
}

void ProcessOrder::sort(std::vector<ProcessRow>& rows) const {
  std::ranges::stable_sort(rows, [&](const ProcessRow& a, const ProcessRow& b) {
    for (const Key& key : keys) {
      const Document x = key.field->value(a);
      const Document y = key.field->value(b);
      if (x.is_null() != y.is_null()) return y.is_null();
      const auto order = key.is_descending ? compare(y, x) : compare(x, y);
      if (std::is_neq(order)) return std::is_lt(order);
    }
    return false;
  });
}

Table process_table(std::span<const ProcessField* const> fields, std::span<const ProcessRow> rows) {
  Table table;
  for (const ProcessField* field : fields) table.heading.emplace_back(field->key);
  table.rows.reserve(rows.size());
  for (const ProcessRow& row : rows) {
    auto& cells = table.rows.emplace_back();
    cells.reserve(fields.size());
    for (const ProcessField* field : fields) cells.push_back(field->value(row));
  }
  return table;
}

}  // namespace accel::render
