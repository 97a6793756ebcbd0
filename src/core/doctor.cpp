#include "core/doctor.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/doctor_access.hpp"

namespace accel {
namespace {

using Findings = std::vector<Finding>;

bool has(std::string_view text, std::string_view part) {
  return !part.empty() && text.find(part) != std::string_view::npos;
}

/// A device that discovery could list but not use, and one that sleeps. What has been found
/// already, of the device or of its whole vendor, is not said again.
void examine_state(const DeviceSample& sample, Findings& findings) {
  const AcceleratorInfo& info = *sample.info;
  const bool is_said = std::ranges::any_of(findings, [&](const Finding& finding) {
    return (finding.device.empty() || finding.device == info.uuid) &&
           has(finding.evidence, sample.state_reason);
  });
  if (is_said) return;
  const std::string reason =
      sample.state_reason.empty() ? std::string(to_string(sample.state)) : sample.state_reason;
  switch (sample.state) {
    case DeviceState::ok: return;
    case DeviceState::asleep:
      findings.push_back(
          {"ACC-PWR-001", Severity::low,
           name_of(info) + " is suspended: its readings are not taken", reason,
           "nothing, if it is idle; to read it all the same, and wake it, add --wake", info.uuid});
      return;
    case DeviceState::no_driver:
      findings.push_back(
          {"ACC-DRV-001", Severity::medium, name_of(info) + " has no driver", reason,
           sample.state_remedy.empty() ? "install the vendor's kernel driver" : sample.state_remedy,
           info.uuid});
      return;
    case DeviceState::no_permission:
      findings.push_back(
          {"ACC-PRM-001", Severity::medium, "this user may not use " + name_of(info), reason,
           sample.state_remedy.empty() ? "ask for the group that owns the device node"
                                       : sample.state_remedy,
           info.uuid});
      return;
    case DeviceState::hung:
    case DeviceState::lost:
    case DeviceState::error: break;
  }
  findings.push_back({"ACC-DEV-001", Severity::high,
                      name_of(info) + " cannot be used: " + std::string(to_string(sample.state)),
                      reason,
                      sample.state_remedy.empty() ? "look for its driver in the kernel log (dmesg)"
                                                  : sample.state_remedy,
                      info.uuid});
}

/// What a vendor could not do, unless a finding says it, or a device will of itself.
void examine_vendor(const VendorReport& vendor, std::span<const DeviceSample> samples,
                    Findings& findings) {
  const std::string name(vendor.entry->vendor);
  for (const Error& problem : vendor.problems) {
    std::string_view what = problem.message;
    if (what.starts_with(name + ": ")) what.remove_prefix(name.size() + 2);
    const bool is_said = std::ranges::any_of(
        findings, [&](const Finding& finding) { return has(finding.evidence, what); });
    // A problem of one device has the device in front of the reason that the device gives itself.
    const bool is_of_device = std::ranges::any_of(samples, [&](const DeviceSample& sample) {
      return sample.state != DeviceState::ok && !sample.state_reason.empty() &&
             what != sample.state_reason && what.ends_with(sample.state_reason);
    });
    if (is_said || is_of_device) continue;
    findings.push_back(
        {"ACC-VEN-001", Severity::high, name + " devices cannot be looked at in full",
         problem.message,
         problem.remedy.empty() ? "look for its driver in the kernel log (dmesg)" : problem.remedy,
         ""});
  }
}

/// The readings of one status, as far as a title has room for, and why the first of them is absent.
struct Untold {
  std::string names;
  const Absence* first = nullptr;
};

Untold untold(const DeviceSample& sample, ReadingStatus status) {
  constexpr std::size_t kNamed = 8;
  Untold found;
  std::size_t count = 0;
  for (const auto& entry : sample.readings.entries()) {
    if (entry.reading.status() != status) continue;
    if (found.first == nullptr) found.first = &entry.reading.absence();
    if (++count > kNamed) continue;
    found.names += (found.names.empty() ? "" : ", ") + ReadingSet::name(entry);
  }
  if (count > kNamed) found.names += " and " + std::to_string(count - kNamed) + " more";
  return found;
}

/// Readings that exist, and that this user may not see.
void examine_permissions(const DeviceSample& sample, Findings& findings) {
  if (sample.state != DeviceState::ok) return;
  const auto [names, first] = untold(sample, ReadingStatus::no_permission);
  if (first == nullptr) return;
  findings.push_back({"ACC-PRM-002", Severity::low,
                      name_of(*sample.info) + " does not tell this user: " + names, first->reason,
                      first->remedy.empty() ? "run as a user who may" : first->remedy,
                      sample.info->uuid});
}

/// Readings that are there, and fail or cannot be true.
void examine_failures(const DeviceSample& sample, Findings& findings) {
  if (sample.state != DeviceState::ok) return;
  const auto [names, first] = untold(sample, ReadingStatus::error);
  if (first == nullptr) return;
  findings.push_back({"ACC-DEV-002", Severity::medium,
                      name_of(*sample.info) + " gives no sound reading of " + names, first->reason,
                      first->remedy.empty()
                          ? "read it by hand; look for its driver in the kernel log (dmesg)"
                          : first->remedy,
                      sample.info->uuid});
}

/// A link's end: its present and its highest width and speed.
struct Link {
  std::string_view where;
  const Metric<Lanes>& width;
  const Metric<Lanes>& width_max;
  const Metric<TransferRate>& speed;
  const Metric<TransferRate>& speed_max;
};

constexpr Link kDeviceLink{"its PCI Express link", metric::pcie_width, metric::pcie_width_max,
                           metric::pcie_speed, metric::pcie_speed_max};
constexpr Link kSlotLink{"the link between the card and its slot", metric::pcie_slot_width,
                         metric::pcie_slot_width_max, metric::pcie_slot_speed,
                         metric::pcie_slot_speed_max};

std::string gigatransfers(TransferRate speed) {
  return base::number_text(static_cast<double>(speed.value) / 1e9) + " GT/s";
}

void examine_link(const DeviceSample& sample, const Link& link, Findings& findings) {
  const auto width = sample.readings.get(link.width);
  const auto width_max = sample.readings.get(link.width_max);
  if (width && width_max && *width < *width_max) {
    findings.push_back(
        {"ACC-PCI-001", Severity::medium,
         name_of(*sample.info) + ": " + std::string(link.where) + " is narrower than it can be",
         "x" + std::to_string(width->value) + " of x" + std::to_string(width_max->value) +
             " lanes (" + width.source() + ")",
         "seat the card anew, or move it to a slot with as many lanes", sample.info->uuid});
  }
  // An idle link slows down to save power; only a busy one should be at full speed.
  const auto busy = sample.readings.get(metric::utilization);
  const auto speed = sample.readings.get(link.speed);
  const auto speed_max = sample.readings.get(link.speed_max);
  if (busy && *busy > ratio(0.1) && speed && speed_max && *speed < *speed_max) {
    findings.push_back(
        {"ACC-PCI-002", Severity::low,
         name_of(*sample.info) + ": " + std::string(link.where) + " is slower than it can be",
         gigatransfers(*speed) + " of " + gigatransfers(*speed_max) + " while busy (" +
             speed.source() + ")",
         "look for a slower slot, riser or setting of the firmware", sample.info->uuid});
  }
}

/// Errors that no correction undid: whatever was in memory there is wrong.
void examine_memory(const DeviceSample& sample, Findings& findings) {
  const auto errors = sample.readings.get(metric::ecc_uncorrected);
  if (!errors || errors->value <= 0) return;
  findings.push_back(
      {"ACC-MEM-001", Severity::high, name_of(*sample.info) + " has uncorrected memory errors",
       std::to_string(errors->value) + " since its driver was loaded (" + errors.source() + ")",
       "drain and reset the device; replace it if this comes again", sample.info->uuid});
}

void examine_journal(const std::filesystem::path& directory, Findings& findings) {
  const auto entries = base::Dir(directory).children();
  if (entries.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < entries.size() && i < 3; ++i) {
    names += (names.empty() ? "" : ", ") + entries[i].name();
  }
  findings.push_back(
      {"ACC-CTL-001", Severity::high, "a change of settings was neither confirmed nor undone",
       directory.string() + " has " + std::to_string(entries.size()) + " unfinished: " + names,
       "see in that file what was changed; undo the change or keep it, then remove the file", ""});
}

}  // namespace

std::vector<Finding> examine(System& system, const std::filesystem::path& journal_dir) {
  Findings findings = system.findings();
  const auto samples = system.sample_all({});
  for (const VendorReport& vendor : system.vendors()) examine_vendor(vendor, samples, findings);
  for (const DeviceSample& sample : samples) {
    examine_state(sample, findings);
    examine_permissions(sample, findings);
    examine_failures(sample, findings);
    examine_link(sample, kDeviceLink, findings);
    const bool has_slot = sample.readings.contains(metric::pcie_slot_width.row);
    if (has_slot) examine_link(sample, kSlotLink, findings);
    examine_memory(sample, findings);
  }
  examine_access(system.machine(), samples, findings);
  examine_journal(journal_dir, findings);
  return findings;
}

}  // namespace accel
