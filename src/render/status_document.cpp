#include "render/status_document.hpp"

#include <cstdio>
#include <ctime>

#include "render/facts.hpp"
#include "render/list_document.hpp"
#include "render/process_document.hpp"

namespace accel::render {
namespace {

Document texts(const TextList& items) { return Document::Array(items.begin(), items.end()); }

Document device_document(const DeviceSample& sample, SteadyTime now) {
  const AcceleratorInfo& info = *sample.info;
  Document::Object readings;
  readings.reserve(sample.readings.entries().size());
  for (const auto& entry : sample.readings.entries()) {
    readings.push_back({ReadingSet::name(entry), reading_document(entry, now)});
  }
  Document::Object device{
      {"uuid", info.uuid},
      {"index", info.global_index},
      {"partition", info.partition < 0 ? Document() : Document(info.partition)},
      {"vendor", info.vendor},
      {"model", info.model ? Document(*info.model) : Document()},
      {"device_type", to_string(info.device_type)},
      {"pci_address", info.pci_address ? Document(info.pci_address->text()) : Document()},
      {"state", to_string(sample.state)},
      {"state_reason", sample.state_reason.empty() ? Document() : sample.state_reason},
      {"state_remedy", sample.state_remedy.empty() ? Document() : sample.state_remedy}};
  // Apart from the list above, which would copy them.
  device.push_back({"readings", std::move(readings)});
  add_processes(sample.processes, device);
  return device;
}

}  // namespace

Document value_document(const ReadingSet::Entry& entry) {
  if (!entry.reading) return {};
  const ReadingValue& value = *entry.reading;
  if (const auto* base = std::get_if<std::int64_t>(&value)) {
    return in_shown_unit(*base, entry.metric->per_shown);
  }
  if (const auto* list = std::get_if<TextList>(&value)) return texts(*list);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return std::get<Text>(value);
}

Document reading_document(const ReadingSet::Entry& entry, SteadyTime now) {
  const auto& reading = entry.reading;
  Document::Object object;
  object.reserve(reading.status() == ReadingStatus::ok ? 5 : 7);
  if (reading) object.push_back({"value", value_document(entry)});
  object.push_back({"unit", entry.metric->unit});
  object.push_back({"status", to_string(reading.status())});
  object.push_back({"source", reading.source()});
  const bool timed = reading.time() != SteadyTime{};
  object.push_back({"age_ms", timed
                                  ? Document((now - reading.time()) / std::chrono::milliseconds(1))
                                  : Document()});
  if (reading.status() == ReadingStatus::ok) return object;
  if (!reading.reason().empty()) object.push_back({"reason", reading.reason()});
  if (!reading.remedy().empty()) object.push_back({"remedy", reading.remedy()});
  return object;
}

std::string time_text(std::chrono::nanoseconds wall) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(wall);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
  const std::time_t moment = seconds.count();
  std::tm utc{};
  ::gmtime_r(&moment, &utc);
  char text[48];  // Wide enough for any year that fits an int.
  const auto size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
  char fraction[8];
  std::snprintf(fraction, sizeof fraction, ".%03dZ",
                static_cast<int>((milliseconds - seconds).count()));
  return std::string(text, size) + fraction;
}

Document status_document(const StatusReport& report) {
  Document::Array devices;
  devices.reserve(report.devices.size());
  for (const auto& sample : report.devices) {
    devices.push_back(device_document(sample, report.steady));
  }
  Document::Array problems;
  for (const auto& problem : report.problems) problems.push_back(error_document(problem));
  Document::Object document{{"schema", "accel/status/1"},
                            {"simulated", simulated_mark(report.simulated)},
                            {"time", time_text(report.wall)}};
  document.push_back({"devices", std::move(devices)});
  document.push_back({"problems", std::move(problems)});
  return document;
}

}  // namespace accel::render
