#include "host/cpu_clocks.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "base/number.hpp"
#include "host/cpu_topology.hpp"
#include "host/cpuinfo.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

// Documentation/admin-guide/pm/cpufreq.rst and intel_pstate.rst: kHz. cppc_sysfs.rst: MHz.
constexpr base::Attribute<Frequency> kCurrent{"scaling_cur_freq", 1000};
constexpr base::Attribute<Frequency> kFastest{"cpuinfo_max_freq", 1000};
constexpr base::Attribute<Frequency> kBase{"base_frequency", 1000};
constexpr base::Attribute<Frequency> kNominal{"nominal_freq", 1'000'000};

/// The same file of every core. Those that give nothing are left out, and the source says so.
class EveryCore {
 public:
  EveryCore(const Machine& machine, const std::vector<int>& threads,
            const base::Attribute<Frequency>& attribute)
      : cores_(threads.size()), time_(machine.clock->steady()) {
    for (const int thread : threads) {
      auto one =
          quantity_field(machine, cpu_directory(machine, thread).child("cpufreq"), attribute);
      if (one && one->value > 0) {
        found_.push_back(one->value);
      } else if (why_.status() == ReadingStatus::unsupported && why_.reason().empty()) {
        why_ = one ? Reading<Frequency>(nonsense(one.source() + ": 0"), one.source()) : one;
        if (found_.empty()) return;  // No driver for the first: none for any.
      }
    }
    source_ = machine.path("/sys/devices/system/cpu").string() + "/cpu*/cpufreq/" +
              std::string(attribute.file);
    if (found_.size() < cores_) {
      source_ += " (" + std::to_string(found_.size()) + " of " + std::to_string(cores_) + " cores)";
    }
  }

  [[nodiscard]] Reading<Frequency> mean() const {
    if (found_.empty()) return why_;
    double sum = 0;
    for (const auto one : found_) sum += static_cast<double>(one);
    const auto mean = std::llround(sum / static_cast<double>(found_.size()));
    return {Frequency{mean}, source_, time_};
  }
  [[nodiscard]] Reading<Frequency> highest() const {
    if (found_.empty()) return why_;
    return {Frequency{*std::ranges::max_element(found_)}, source_, time_};
  }

 private:
  std::size_t cores_;
  SteadyTime time_;
  std::vector<std::int64_t> found_;
  std::string source_;
  Reading<Frequency> why_;
};

/// x86 kernels state a clock even where no frequency driver runs, as in most virtual machines.
Reading<Frequency> cpuinfo_clock(const Machine& machine, Reading<Frequency> otherwise) {
  const auto path = machine.path("/proc/cpuinfo");
  const auto time = machine.clock->steady();
  const auto text = base::read_file(path, std::size_t{8} << 20);
  if (!text) return otherwise;
  double sum = 0;
  int count = 0;
  for (const auto& block : parse_cpuinfo(*text)) {
    const auto megahertz = base::parse_double(block.value("cpu MHz"));
    if (!megahertz || *megahertz <= 0 || *megahertz > 1e6) continue;
    sum += *megahertz;
    ++count;
  }
  if (count == 0) return otherwise;
  return {Frequency{std::llround(sum / count * 1e6)}, path.string() + " (cpu MHz)", time};
}

}  // namespace

void read_clocks(const Machine& machine, const std::vector<int>& threads, CpuInfo& cpu) {
  if (threads.empty()) {
    const Absence why = unsupported("which processors are online is not known");
    cpu.base_clock = why;
    cpu.boost_clock = why;
    cpu.current_clock = cpuinfo_clock(machine, why);
    return;
  }
  const auto first = cpu_directory(machine, threads.front());
  cpu.base_clock = quantity_field(machine, first.child("cpufreq"), kBase);
  if (!cpu.base_clock) {
    // AMD and ARM servers state it through ACPI's performance control.
    if (auto nominal = quantity_field(machine, first.child("acpi_cppc"), kNominal)) {
      cpu.base_clock = std::move(nominal);
    }
  }
  cpu.boost_clock = EveryCore(machine, threads, kFastest).highest();
  cpu.current_clock = EveryCore(machine, threads, kCurrent).mean();
  if (!cpu.current_clock) cpu.current_clock = cpuinfo_clock(machine, cpu.current_clock);
}

}  // namespace accel::host
