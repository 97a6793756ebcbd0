#include "backends/intel/npu.hpp"

#include <array>
#include <utility>

#include "backends/intel/control/controller.hpp"
#include "backends/intel/identity.hpp"
#include "backends/intel/readings.hpp"
#include "backends/intel/vocabulary.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

// drivers/accel/ivpu/ivpu_sysfs.c
constexpr std::string_view kBusyTime = "npu_busy_time_us";
constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMegahertz = 1'000'000;
/// Bytes, despite its name.
constexpr base::Attribute<Bytes> kMemory{"npu_memory_utilization", 1};
/// "it shouldn't be read too often as it may have an impact on job submission performance.
/// Recommended period is 1 second" (ivpu_sysfs.c); a loop of one second is not exact.
constexpr auto kShortestInterval = 900ms;

/// Newer names stand behind: kernel 7.2 has a folder for clocks.
constexpr std::array<std::string_view, 2> kClock{"npu_current_frequency_mhz", "freq/current_freq"};
constexpr std::array<std::string_view, 2> kClockMax{"npu_max_frequency_mhz", "freq/hw_max_freq"};

base::Attribute<Frequency> first_of(const base::Dir& dir,
                                    const std::array<std::string_view, 2>& files) {
  return {dir.has(files[0]) || !dir.has(files[1]) ? files[0] : files[1], kMegahertz};
}

Reading<Frequency> clock(Sampling& sampling, const base::Dir& dir) {
  auto reading = sampling.live(dir, first_of(dir, kClock));
  if (!reading || reading->value != 0) return reading;
  return sampling.absent<Frequency>(
      {ReadingStatus::asleep, reading.source() + " is 0: the NPU is powered down", ""},
      reading.source());
}

template <class T>
void lacks(Sampling& sampling, const Metric<T>& metric, const char* what) {
  sampling.set(metric, Reading<T>(Absence{ReadingStatus::unsupported,
                                          std::string("intel_vpu does not tell ") + what, ""}));
}

}  // namespace

NpuDevice::NpuDevice(Place place, Access access)
    : place_(std::move(place)),
      access_(std::move(access)),
      info_(identity_of(place_, access_.machine())),
      processes_(drm_place_of(place_), vocabulary_of(place_, false)),
      controller_(make_npu_controller(Site(place_, access_, false))) {}

Reading<Ratio> NpuDevice::utilization(Sampling& sampling) {
  // A sample in between gives the last share once more, with the time at which it was taken.
  if (!busy_.is_due(sampling.now(), kShortestInterval)) return busy_.last();
  const base::Dir dir = place_.device();
  const std::string source = dir.source(kBusyTime);
  const auto now = sampling.now();
  const auto counter = sampling.number(dir, kBusyTime);
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / kMicrosecond;
  if (!counter || *counter < 0 || *counter > most) {
    busy_.forget();
    if (!counter) return {absence_of(counter.error()), source, now};
    return {Absence{ReadingStatus::error, source + ": cannot be true", ""}, source, now};
  }
  return busy_.advance(std::chrono::microseconds(*counter), now, source);
}

bool NpuDevice::read_all(ReadingSet& out) {
  Sampling sampling(out, *access_.machine().clock);
  const base::Dir dir = place_.device();
  const auto busy = utilization(sampling);
  sampling.set(metric::utilization, busy);
  lacks(sampling, metric::utilization_memory_controller, "how busy memory is");
  sampling.set(metric::utilization_npu, busy);
  lacks(sampling, metric::memory_total, "a size: the NPU works in the host's memory");
  sampling.set(metric::memory_shared_used, sampling.held(dir, kMemory));
  lacks(sampling, metric::temperature, "a temperature");
  lacks(sampling, metric::power, "power");
  sampling.set(metric::clock_npu, clock(sampling, dir));
  sampling.set(metric::clock_npu_max, sampling.held(dir, first_of(dir, kClockMax)));
  read_power_state(sampling);
  lacks(sampling, metric::throttle, "what keeps clocks down");
  return !sampling.is_gone();
}

void NpuDevice::sample(ReadingSet& out) {
  const auto answer = access_.ask(place_.function);
  if (answer.refusal) return file_refusal(out, *answer.refusal);
  ReadingSet read;
  if (read_all(read)) {
    out = std::move(read);
    return;
  }
  file_refusal(out, {Errc::device_lost,
                     place_.function.directory.string() +
                         ": the driver has no device any more, or every number that it gave has "
                         "all bits set",
                     "load the driver anew (modprobe -r intel_vpu; modprobe intel_vpu) or reboot",
                     {}});
}

Result<ProcessList> NpuDevice::processes() {
  if (auto answer = access_.ask(place_.function); answer.refusal) return *answer.refusal;
  return processes_.processes(access_.machine());
}

}  // namespace accel::intel
