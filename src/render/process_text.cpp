#include "render/process_text.hpp"

#include <algorithm>
#include <array>

#include "render/device_title.hpp"

namespace accel::render {
namespace {

struct Column {
  std::string_view key;
  bool always = false;  ///< shown also where no program has it
};

constexpr std::array kUsual{
    Column{"device", true},
    Column{"pid", true},
    Column{"container_pid"},
    Column{"user", true},
    Column{"type", true},
    Column{"memory_bytes", true},
    Column{"utilization", true},
    Column{"utilization_encoder"},
    Column{"utilization_decoder"},
    Column{"compute_units"},
    Column{"pod"},
    Column{"container"},
    Column{"job"},
    Column{"name", true},
};

/// Engines tell containers apart by the first twelve digits of their ids.
constexpr std::size_t kShortId = 12;

std::string container_text(const AcceleratorProcess& process) {
  if (!process.container) return "-";
  std::string text = process.container->substr(0, kShortId);
  if (process.container_runtime) text.insert(0, *process.container_runtime + ":");
  return text;
}

/// Namespace and name; the uid where nothing gives the name.
std::string pod_text(const AcceleratorProcess& process) {
  if (process.pod && process.pod_namespace) return *process.pod_namespace + "/" + *process.pod;
  return process.pod_uid.optional().value_or("-");
}

std::string cell(const ProcessRow& row, const ProcessField& field) {
  if (row.process != nullptr && field.key == "container") return container_text(*row.process);
  if (row.process != nullptr && field.key == "pod") return pod_text(*row.process);
  return field.text(row);
}

void put_table(Page& page, const std::vector<const ProcessField*>& fields,
               std::span<const ProcessRow> rows) {
  std::vector<std::string> heading;
  heading.reserve(fields.size());
  for (const ProcessField* field : fields) heading.emplace_back(field->heading);
  std::vector<std::vector<std::string>> cells;
  cells.reserve(rows.size());
  for (const ProcessRow& row : rows) {
    auto& line = cells.emplace_back();
    line.reserve(fields.size());
    for (const ProcessField* field : fields) line.push_back(cell(row, *field));
  }
  page.table(0, heading, cells);
}

std::vector<const ProcessField*> usual_fields(std::span<const ProcessRow> rows) {
  std::vector<const ProcessField*> fields;
  for (const Column& column : kUsual) {
    const auto all = process_fields();
    const auto field = std::ranges::find(all, column.key, &ProcessField::key);
    const bool says_something = std::ranges::any_of(rows, [&](const ProcessRow& row) {
      const std::string text = cell(row, *field);
      // "0 %" of an encoder is as good as nothing, on a screen of a certain width.
      return text != "-" && text != "0 %" && text != "pending";
    });
    if (column.always || says_something) fields.push_back(&*field);
  }
  return fields;
}

void put_rest(Page& page, const ProcessReport& report) {
  for (const DeviceSample& sample : report.devices) {
    const std::string device = device_number(*sample.info) + " " + model_text(*sample.info) + ": ";
    if (!sample.processes) {
      page.line(0, device + sample.processes.error().message, Tone::warning);
      continue;
    }
    for (const Error& problem : sample.processes->problems) {
      page.line(0, device + problem.message, Tone::warning);
    }
  }
  const std::string hidden = hidden_text(hidden_from(report.devices));
  if (!hidden.empty()) page.line(0, hidden, Tone::warning);
  for (const Error& problem : report.problems) {
    page.line(0, "Accelerator detection failed: " + problem.message, Tone::bad);
  }
}

}  // namespace

std::string hidden_text(const HiddenPrograms& hidden) {
  const auto count = hidden.count();
  if (!count) return "hidden: number not known: " + count.reason();
  if (*count == 0) return {};
  return "hidden: " + std::to_string(*count) + (*count == 1 ? " process" : " processes") +
         " that this user may not look at";
}

std::string processes_text(const ProcessReport& report, std::span<const ProcessRow> rows,
                           Look look) {
  Page page(look);
  page.simulated(report.simulated);
  if (report.devices.empty() && report.problems.empty()) page.line(0, "No accelerators detected");
  if (!rows.empty()) {
    put_table(page, usual_fields(rows), rows);
  } else if (!report.devices.empty()) {
    page.line(0, "No programs that use an accelerator were found");
  }
  put_rest(page, report);
  return page.take();
}

std::string processes_text(const ProcessReport& report, std::span<const ProcessField* const> fields,
                           std::span<const ProcessRow> rows, Look look) {
  Page page(look);
  page.simulated(report.simulated);
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> cells;
  heading.reserve(fields.size());
  for (const ProcessField* field : fields) heading.emplace_back(field->key);
  cells.reserve(rows.size());
  for (const ProcessRow& row : rows) {
    auto& line = cells.emplace_back();
    line.reserve(fields.size());
    for (const ProcessField* field : fields) line.push_back(field->text(row));
  }
  page.table(0, heading, cells);
  put_rest(page, report);
  return page.take();
}

}  // namespace accel::render
