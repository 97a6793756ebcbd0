#include "render/process_document.hpp"

#include "render/device_title.hpp"
#include "render/facts.hpp"
#include "render/list_document.hpp"
#include "render/status_document.hpp"

namespace accel::render {
namespace {

Document engines_document(const std::vector<ProcessEngine>& engines) {
  Document::Array list;
  list.reserve(engines.size());
  for (const ProcessEngine& engine : engines) {
    Facts facts;
    facts.add("name", engine.name).add("busy_seconds", engine.busy).add("share", engine.share);
    list.push_back(facts.take());
  }
  return list;
}

void add_process(const AcceleratorProcess& process, Facts& facts) {
  facts.add("pid", process.pid)
      .add("type", to_string(process.type))
      .add("name", process.name)
      .add("command", process.command)
      .add("user", process.user)
      .add("container", process.container)
      .add("container_runtime", process.container_runtime)
      .add("container_pid", process.container_pid)
      .add("pod", process.pod)
      .add("pod_namespace", process.pod_namespace)
      .add("pod_uid", process.pod_uid)
      .add("job", process.job)
      .add("memory_bytes", process.memory)
      .add("utilization", process.utilization)
      .add("utilization_memory_controller", process.utilization_memory_controller)
      .add("utilization_encoder", process.utilization_encoder)
      .add("utilization_decoder", process.utilization_decoder)
      .add("compute_units", process.compute_units)
      .add("engines", engines_document(process.engines));
}

Document errors_document(const std::vector<Error>& errors) {
  Document::Array list;
  list.reserve(errors.size());
  for (const Error& error : errors) list.push_back(error_document(error));
  return list;
}

Document model_document(const AcceleratorInfo& info) {
  return info.model ? Document(*info.model) : Document();
}

Document row_document(const DeviceSample& sample, const AcceleratorProcess& process) {
  Facts facts;
  facts.add("device", device_selector(*sample.info))
      .add("uuid", sample.info->uuid)
      .add("vendor", sample.info->vendor)
      .add("model", model_document(*sample.info));
  add_process(process, facts);
  return facts.take();
}

Document device_document(const DeviceSample& sample) {
  const AcceleratorInfo& info = *sample.info;
  Facts facts;
  facts.add("device", device_selector(info))
      .add("index", info.global_index)
      .add("partition", info.partition < 0 ? Document() : Document(info.partition))
      .add("uuid", info.uuid)
      .add("vendor", info.vendor)
      .add("model", model_document(info))
      .add("pci_address", info.pci_address ? Document(info.pci_address->text()) : Document())
      .add("state", to_string(sample.state));
  if (!sample.processes) {
    const Absence why = absence_of(sample.processes.error());
    facts.add("processes", Reading<std::int64_t>(why)).add("hidden", Reading<std::int64_t>(why));
    facts.add("problems", errors_document({sample.processes.error()}));
    return facts.take();
  }
  facts.add("processes", sample.processes->processes.size())
      .add("hidden", sample.processes->hidden.count())
      .add("problems", errors_document(sample.processes->problems));
  return facts.take();
}

}  // namespace

void add_processes(const Result<ProcessList>& processes, Document::Object& device) {
  if (!processes) {
    device.push_back({"processes", Document()});
    device.push_back({"processes_problem", error_document(processes.error())});
    return;
  }
  Document::Array list;
  list.reserve(processes->processes.size());
  for (const auto& process : processes->processes) {
    Facts facts;
    add_process(process, facts);
    list.push_back(facts.take());
  }
  device.push_back({"processes", std::move(list)});
  const auto hidden = processes->hidden.count();
  device.push_back({"processes_hidden", hidden ? Document(*hidden) : Document()});
  if (!hidden) {
    device.push_back({"processes_hidden_missing", why_absent(hidden.absence())});
  }
  if (!processes->problems.empty()) {
    device.push_back({"processes_doubts", errors_document(processes->problems)});
  }
}

Document processes_document(const ProcessReport& report, std::span<const ProcessRow> rows) {
  Document::Array processes;
  processes.reserve(rows.size());
  for (const ProcessRow& row : rows) {
    if (row.process != nullptr) processes.push_back(row_document(*row.device, *row.process));
  }
  Document::Array devices;
  devices.reserve(report.devices.size());
  for (const DeviceSample& sample : report.devices) {
    devices.push_back(device_document(sample));
  }
  const Document interval =
      report.interval ? Document(*report.interval / std::chrono::milliseconds(1)) : Document();
  Facts facts;
  facts.add("schema", "accel/processes/1")
      .add("simulated", simulated_mark(report.simulated))
      .add("time", time_text(report.wall))
      .add("interval_ms", interval)
      .add("processes", std::move(processes))
      .add("devices", std::move(devices))
      .add("hidden", hidden_from(report.devices).count())
      .add("problems", errors_document(report.problems));
  return facts.take();
}

}  // namespace accel::render
