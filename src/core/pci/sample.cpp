// Readings that the bus itself gives about any device: its link and its error counters.
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/pci/scan.hpp"

namespace accel::pci {
namespace {

using base::Dir;

template <class T>
void offer(ReadingSet& out, const Metric<T>& metric, Reading<T> reading) {
  if (!out.contains(metric.row)) out.set(metric, std::move(reading));
}

/// The line "TOTAL_ERR_COR 3" of an AER file (Documentation/ABI/testing/sysfs-bus-pci-devices-aer).
Reading<Count> total_of(const Dir& dir, std::string_view file, std::string_view key) {
  const std::string source = dir.source(file);
  const auto text = dir.text(file);
  if (!text) return {absence_of(text.error()), source};
  const auto at = text->find(key);
  if (at != std::string::npos) {
    std::string_view rest = std::string_view(*text).substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (const auto number = base::parse_integer(rest.substr(0, rest.find('\n')))) {
      return {Count{*number}, source};
    }
  }
  return {
      Absence{ReadingStatus::error, source + ": no line '" + std::string(key) + " <count>'", ""},
      source};
}

}  // namespace

void sample_bus(const PciFunction& function, const Machine& machine, ReadingSet& out) {
  Links now = links(function, machine);
  offer(out, metric::pcie_speed, std::move(now.own.speed));
  offer(out, metric::pcie_speed_max, std::move(now.own.max_speed));
  offer(out, metric::pcie_width, std::move(now.own.width));
  offer(out, metric::pcie_width_max, std::move(now.own.max_width));
  offer(out, metric::pcie_slot_speed, std::move(now.slot.speed));
  offer(out, metric::pcie_slot_speed_max, std::move(now.slot.max_speed));
  offer(out, metric::pcie_slot_width, std::move(now.slot.width));
  offer(out, metric::pcie_slot_width_max, std::move(now.slot.max_width));
  // The kernel keeps these counters in memory: reading them wakes nothing.
  const Dir dir(function.directory);
  offer(out, metric::pcie_errors_corrected, total_of(dir, "aer_dev_correctable", "TOTAL_ERR_COR"));
  offer(out, metric::pcie_errors_nonfatal, total_of(dir, "aer_dev_nonfatal", "TOTAL_ERR_NONFATAL"));
  offer(out, metric::pcie_errors_fatal, total_of(dir, "aer_dev_fatal", "TOTAL_ERR_FATAL"));
}

}  // namespace accel::pci
