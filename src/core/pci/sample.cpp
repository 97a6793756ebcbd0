// Readings that the bus itself gives about any device: its link and its error counters.
#include <algorithm>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/pci/scan.hpp"

namespace accel::pci {
namespace {

using base::Dir;

/// Files what no driver has told, at the time at which it was read.
class Offer {
 public:
  Offer(ReadingSet& out, SteadyTime now) : out_(out), now_(now) {}

  template <class T>
  void operator()(const Metric<T>& metric, const Reading<T>& reading) const {
    if (out_.contains(metric.row)) return;
    out_.set(metric, reading ? Reading<T>(*reading, reading.source(), now_) : reading);
  }

 private:
  ReadingSet& out_;
  SteadyTime now_;
};

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
  const Links now = links(function, machine);
  const Offer offer(out, machine.clock->steady());
  offer(metric::pcie_speed, now.own.speed);
  offer(metric::pcie_speed_max, now.own.max_speed);
  offer(metric::pcie_width, now.own.width);
  offer(metric::pcie_width_max, now.own.max_width);
  offer(metric::pcie_slot_speed, now.slot.speed);
  offer(metric::pcie_slot_speed_max, now.slot.max_speed);
  offer(metric::pcie_slot_width, now.slot.width);
  offer(metric::pcie_slot_width_max, now.slot.max_width);
  // The kernel keeps these counters in memory: reading them wakes nothing.
  const Dir dir(function.directory);
  offer(metric::pcie_errors_corrected, total_of(dir, "aer_dev_correctable", "TOTAL_ERR_COR"));
  offer(metric::pcie_errors_nonfatal, total_of(dir, "aer_dev_nonfatal", "TOTAL_ERR_NONFATAL"));
  offer(metric::pcie_errors_fatal, total_of(dir, "aer_dev_fatal", "TOTAL_ERR_FATAL"));
}

}  // namespace accel::pci
