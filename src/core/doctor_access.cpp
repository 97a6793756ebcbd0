#include "core/doctor_access.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/node_access.hpp"

namespace accel {
namespace {

using Findings = std::vector<Finding>;

/// The group's number, from the machine's own group file; parse errors count as absent.
Reading<std::int64_t> group_number(const Machine& machine, std::string_view group) {
  const auto path = machine.path("/etc/group");
  const auto text = base::read_file(path);
  if (!text) return absence_of(text.error());
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!line.starts_with(group) || line.substr(group.size(), 1) != ":") continue;
    const std::size_t second = line.find(':', group.size() + 1);
    if (second == std::string_view::npos) continue;
    const std::string_view number = line.substr(second + 1);
    if (auto parsed = base::parse_integer(number.substr(0, number.find(':')))) return *parsed;
  }
  return Absence{ReadingStatus::lost, path.string() + ": no group '" + std::string(group) + "'",
                 ""};
}

/// Whether a driver gives its devices to programs through render nodes, whose group is `render`.
bool uses_render_nodes(const AcceleratorInfo& info) {
  constexpr std::array<std::string_view, 5> drivers{"amdgpu", "i915", "xe", "nouveau", "radeon"};
  return info.driver && std::ranges::find(drivers, *info.driver) != drivers.end();
}

void examine_groups(const Machine& machine, std::span<const DeviceSample> samples,
                    Findings& findings) {
  const auto user = std::ranges::find_if(
      samples, [](const DeviceSample& sample) { return uses_render_nodes(*sample.info); });
  if (user == samples.end()) return;
  const auto render = group_number(machine, "render");
  if (render || render.status() != ReadingStatus::lost) return;  // Else nothing is known.
  findings.push_back({"ACC-PRM-003", Severity::medium, "there is no group `render`",
                      render.reason(),
                      "make the group and let udev give the render nodes to it "
                      "(`groupadd --system render`)",
                      ""});
}

/// i915 and xe count engine time through perf events.
void examine_perf_events(const Machine& machine, std::span<const DeviceSample> samples,
                         Findings& findings) {
  const bool has_intel = std::ranges::any_of(samples, [](const DeviceSample& sample) {
    const auto& driver = sample.info->driver;
    return driver && (*driver == "i915" || *driver == "xe");
  });
  if (!has_intel || !machine.is_this_machine()) return;
  constexpr unsigned kCapPerfmon = 38;  // linux/capability.h
  const auto status = base::read_file(machine.path("/proc/self/status"));
  const auto paranoid = base::Dir(machine.path("/proc/sys/kernel")).integer("perf_event_paranoid");
  if (!status || !paranoid || *paranoid <= 0) return;
  const std::size_t line = status->find("CapEff:\t");
  if (line == std::string::npos) return;
  const auto capabilities = base::parse_hex(std::string_view(*status).substr(line + 8, 16));
  if (!capabilities || ((*capabilities >> kCapPerfmon) & 1U) != 0) return;
  findings.push_back({"ACC-PRM-005", Severity::low,
                      "engine utilization of Intel devices is hidden from this user",
                      "/proc/sys/kernel/perf_event_paranoid is " + std::to_string(*paranoid) +
                          ", and this process lacks CAP_PERFMON",
                      "run with CAP_PERFMON, or set kernel.perf_event_paranoid to 0", ""});
}

/// The card's node is for display servers; programs compute through its render node.
bool is_for_display(std::string_view node) { return node.starts_with("/dev/dri/card"); }

/// One finding for all that one group would open.
void add_refused(const Error& refusal, Findings& findings) {
  constexpr std::string_view id = "ACC-PRM-004";
  const auto same = std::ranges::find_if(findings, [&](const Finding& finding) {
    return finding.id == id && finding.remedy == refusal.remedy;
  });
  if (same == findings.end()) {
    findings.push_back({std::string(id), Severity::medium, "this user may not use device nodes",
                        refusal.message, refusal.remedy, ""});
  } else if (same->evidence.find(refusal.message) == std::string::npos) {
    same->evidence += "; " + refusal.message;
  }
}

/// In a container sysfs shows every device of the host; the nodes must be let in one by one.
void examine_nodes(const Machine& machine, const AcceleratorInfo& info, Findings& findings) {
  // A recording has no nodes, and a suspended device is not touched.
  if (!machine.is_this_machine() || info.state != DeviceState::ok) return;
  for (const std::string& node : info.device_nodes) {
    struct stat found {};
    if (::stat(node.c_str(), &found) != 0) {
      findings.push_back({"ACC-CNT-001", Severity::medium,
                          name_of(info) + " is on the bus, but its device node is missing",
                          base::system_error(node, errno).message,
                          "in a container, add the device (`--device " + node +
                              "`, or the vendor's container toolkit); else load its driver anew",
                          info.uuid});
      return;
    }
    const auto refusal = is_for_display(node) ? std::nullopt : refusal_of_node(machine, node);
    if (refusal && refusal->by_device_rules) {
      findings.push_back({"ACC-CNT-002", Severity::medium,
                          "device rules keep this program from " + name_of(info),
                          refusal->error.message, refusal->error.remedy, info.uuid});
      return;
    }
    if (refusal) add_refused(refusal->error, findings);
  }
}

}  // namespace

std::string name_of(const AcceleratorInfo& info) {
  std::string name = "GPU" + std::to_string(info.global_index);
  if (info.partition >= 0) name += "." + std::to_string(info.partition);
  return info.model ? name + " (" + *info.model + ")" : name;
}

void examine_access(const Machine& machine, std::span<const DeviceSample> samples,
                    std::vector<Finding>& findings) {
  for (const DeviceSample& sample : samples) examine_nodes(machine, *sample.info, findings);
  examine_groups(machine, samples, findings);
  examine_perf_events(machine, samples, findings);
}

}  // namespace accel
