#include "render/diagnosis.hpp"

#include <algorithm>

#include "render/list_document.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kColumn = 14;

Document finding_document(const Finding& finding) {
  return Document::Object{
      {"id", finding.id},         {"severity", to_string(finding.severity)},
      {"title", finding.title},   {"evidence", finding.evidence},
      {"remedy", finding.remedy}, {"device", finding.device.empty() ? Document() : finding.device}};
}

Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::high: return Tone::bad;
    case Severity::medium: return Tone::warning;
    case Severity::low: break;
  }
  return Tone::strong;
}

void put_finding(Page& page, const Finding& finding) {
  page.line(0, finding.id + " (" + std::string(to_string(finding.severity)) + "): " + finding.title,
            tone_of(finding.severity));
  page.label(kIndent, kColumn, {"evidence", finding.evidence});
  page.label(kIndent, kColumn, {"remedy", finding.remedy});
  if (!finding.device.empty()) page.label(kIndent, kColumn, {"device", finding.device});
  page.blank();
}

}  // namespace

Document vendors_document(std::span<const VendorLevel> vendors) {
  Document::Array levels;
  for (const VendorLevel& level : vendors) {
    Document::Object object{{"vendor", level.vendor},
                            {"verification", to_string(level.verification)},
                            {"verified_on", level.verified_on}};
    if (level.device_count >= 0) object.push_back({"devices", level.device_count});
    levels.emplace_back(std::move(object));
  }
  return levels;
}

void put_vendors(Page& page, std::span<const VendorLevel> vendors) {
  if (vendors.empty()) {
    page.line(0, "This build has no vendor's back end: devices are listed by the bus alone");
    return;
  }
  // Without a look at the machine there are no devices to count.
  const bool counted = std::ranges::any_of(
      vendors, [](const VendorLevel& level) { return level.device_count >= 0; });
  std::vector<std::string> heading{"BACK END", "VERIFIED BY", "VERIFIED ON"};
  if (counted) heading.insert(heading.begin() + 1, "DEVICES");
  std::vector<std::vector<std::string>> rows;
  for (const VendorLevel& level : vendors) {
    auto& row = rows.emplace_back();
    row = {level.vendor, std::string(to_string(level.verification)), level.verified_on};
    if (counted) row.insert(row.begin() + 1, std::to_string(level.device_count));
  }
  page.table(kIndent, heading, rows);
}

Document doctor_document(const Diagnosis& diagnosis) {
  Document::Array findings;
  for (const Finding& finding : diagnosis.findings) findings.push_back(finding_document(finding));
  return Document::Object{{"schema", "accel/doctor/1"},
                          {"simulated", simulated_mark(diagnosis.simulated)},
                          {"findings", std::move(findings)},
                          {"vendors", vendors_document(diagnosis.vendors)}};
}

Table doctor_table(const Diagnosis& diagnosis) {
  Table table{{"id", "severity", "title", "evidence", "remedy", "device"}, {}};
  for (const Finding& finding : diagnosis.findings) {
    table.rows.push_back({finding.id, to_string(finding.severity), finding.title, finding.evidence,
                          finding.remedy, finding.device});
  }
  return table;
}

std::string doctor_text(const Diagnosis& diagnosis, Look look) {
  Page page(look);
  page.simulated(diagnosis.simulated);
  for (const Finding& finding : diagnosis.findings) put_finding(page, finding);
  if (diagnosis.findings.empty()) page.line(0, "No findings").blank();
  put_vendors(page, diagnosis.vendors);
  return page.take();
}

}  // namespace accel::render
