#include "backends/nvidia/xid_log.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "backends/nvidia/xid.hpp"
#include "base/number.hpp"

namespace accel::nvidia {
namespace {

constexpr std::string_view kMark = "NVRM: Xid (";
constexpr std::string_view kBus = "PCI:";

/// Of one code of one GPU.
struct Count {
  int times = 0;
  const KernelMessage* last = nullptr;
};

std::string uuid_at(const PciAddress& address, std::span<const KnownGpu> gpus) {
  const auto found = std::ranges::find_if(gpus, [&](const KnownGpu& known) {
    return known.info.pci_address && *known.info.pci_address == address;
  });
  return found == gpus.end() ? std::string() : found->info.uuid;
}

Finding finding_of(const PciAddress& address, std::uint64_t code, const Count& count,
                   std::span<const KnownGpu> gpus) {
  const XidMeaning& meaning = xid_meaning(code);
  std::string title = "XID " + std::to_string(code) + " of " + address.text() + ": ";
  title += meaning.text;
  const double seconds = std::chrono::duration<double>(count.last->time).count();
  std::string evidence = "/dev/kmsg, " + base::number_text(seconds) + " s after the start";
  if (count.times > 1) evidence += ", the last of " + std::to_string(count.times);
  evidence += ": " + count.last->text;
  return {"ACC-NV-016",
          meaning.severity,
          std::move(title),
          std::move(evidence),
          std::string(meaning.next_step),
          uuid_at(address, gpus)};
}

}  // namespace

std::optional<XidLine> parse_xid_line(std::string_view line) {
  const auto mark = line.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  line.remove_prefix(mark + kMark.size());
  // Drivers before 319 wrote no "PCI:"; of an instance, more words follow the address.
  if (line.starts_with(kBus)) line.remove_prefix(kBus.size());
  const auto address = PciAddress::parse(line.substr(0, line.find_first_of(") ")));
  const auto close = line.find("):");
  if (!address || close == std::string_view::npos) return std::nullopt;
  line.remove_prefix(close + 2);
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const auto end = std::min(line.find_first_not_of("0123456789"), line.size());
  const auto code = base::parse_integer(line.substr(0, end));
  if (!code) return std::nullopt;
  return XidLine{*address, static_cast<std::uint64_t>(*code)};
}

std::vector<Finding> xid_findings(std::span<const KernelMessage> log,
                                  std::span<const KnownGpu> gpus) {
  std::map<std::pair<PciAddress, std::uint64_t>, Count> counts;
  for (const KernelMessage& message : log) {
    const auto line = parse_xid_line(message.text);
    if (!line) continue;
    Count& count = counts[{line->address, line->code}];
    ++count.times;
    count.last = &message;
  }
  std::vector<Finding> found;
  found.reserve(counts.size());
  for (const auto& [key, count] : counts) {
    found.push_back(finding_of(key.first, key.second, count, gpus));
  }
  return found;
}

std::vector<Finding> logged_xids(const Machine& machine, std::span<const KnownGpu> gpus) {
  if (gpus.empty()) return {};
  const auto log = kernel_log(machine);
  if (log) return xid_findings(*log, gpus);
  if (log.error().code != Errc::permission_denied) return {};
  return {{"ACC-NV-017", Severity::low,
           "Past errors of NVIDIA GPUs (XIDs) are hidden from this user", log.error().message,
           log.error().remedy, ""}};
}

}  // namespace accel::nvidia
