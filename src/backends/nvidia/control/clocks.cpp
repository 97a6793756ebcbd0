// Clocks of the engines and of the memory: locked where driver and GPU can, else application
// clocks.
#include "backends/nvidia/control/application_clocks.hpp"
#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"
#include "backends/nvidia/control/supported_clocks.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

constexpr std::string_view kUnlocked = "unlocked";

struct Domain {
  std::uint32_t type;
  Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t, std::uint32_t)> Functions::*lock;
  Symbol<nvmlReturn_t(nvmlDevice_t)> Functions::*unlock;
  /// nvml.h: "For Volta or newer", "For Ampere or newer fully supported devices".
  std::uint32_t first_architecture;
  Result<std::vector<double>> (*steps)(const Gpu&);
  const Knob* knob;
};

constexpr Domain kGraphics{clock_type::kGraphics,
                           &Functions::lock_graphics_clock,
                           &Functions::unlock_graphics_clock,
                           architecture_number::kVolta,
                           graphics_clocks,
                           &kGraphicsLockKnob};
constexpr Domain kMemory{clock_type::kMemory,
                         &Functions::lock_memory_clock,
                         &Functions::unlock_memory_clock,
                         architecture_number::kAmpere,
                         memory_clocks,
                         &kMemoryLockKnob};

template <const Domain& domain>
bool can_lock(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if ((nvml.*domain.lock).call == nullptr || (nvml.*domain.unlock).call == nullptr) return false;
  const auto architecture = gpu.ask<std::uint32_t>(nvml.architecture);
  // Where that is not told, the driver will say at the time.
  return !architecture || *architecture >= domain.first_architecture;
}

/// Where there are neither locked nor application clocks, the locked ones are what is missing.
Error neither(const Error& locked, const Error& application) {
  Error error = locked;
  error.message += "; " + application.message;
  return error;
}

template <const Domain& domain>
Result<SetpointState> state_without_lock(const Gpu& gpu) {
  auto found = application_state(gpu, domain.type);
  if (found || found.error().code != Errc::operation_not_supported) return found;
  const auto& lock = gpu.functions().*domain.lock;
  if (auto missing = obstacle(gpu, lock)) return neither(*missing, found.error());
  return neither({Errc::operation_not_supported,
                  std::string(lock.name) + ": not for GPUs of this architecture",
                  "",
                  {}},
                 found.error());
}

template <const Domain& domain>
Result<SetpointState> state(const Gpu& gpu) {
  if (const Error* refusal = gpu.refusal()) return *refusal;
  if (!can_lock<domain>(gpu)) return state_without_lock<domain>(gpu);
  SetpointState found;
  found.present = Absence{ReadingStatus::unsupported,
                          "NVML has no function that tells to what clocks are locked", ""};
  found.usual = Absence{ReadingStatus::unsupported, "unlocked, the driver chooses the clock", ""};
  if (auto filled = fill(found.range, domain.steps(gpu)); !filled) return filled.error();
  return found;
}

template <const Domain& domain>
KnobWrite lock_to(std::string value) {
  return {.knob = std::string(domain.knob->name),
          .value = std::move(value),
          .rank = rank::kClocks,
          .rest = std::string(kUnlocked)};
}

template <const Domain& domain>
Result<std::vector<KnobWrite>> writes(const Gpu& gpu, const SetpointValue& value) {
  if (!can_lock<domain>(gpu)) return application_writes(domain.type, value);
  const auto* clock = std::get_if<double>(&value);
  const auto ends = clock != nullptr ? NumberSpan{*clock, *clock} : std::get<NumberSpan>(value);
  return std::vector{lock_to<domain>(whole(ends.low) + " " + whole(ends.high))};
}

template <const Domain& domain>
Result<std::vector<KnobWrite>> default_writes(const Gpu& gpu) {
  if (!can_lock<domain>(gpu)) return application_default(gpu, domain.type);
  std::vector<KnobWrite> all{lock_to<domain>(std::string(kUnlocked))};
  // An older program may have set those as well.
  if (has_application_clock(gpu, domain.type)) {
    auto more = application_default(gpu, domain.type);
    if (!more) return more;
    all.insert(all.end(), more->begin(), more->end());
  }
  return all;
}

Result<std::string> value(const Gpu& /*gpu*/, const KnobNumbers& /*numbers*/) {
  return Error{Errc::operation_not_supported,
               "NVML has no function that tells to what clocks are locked",
               "",
               {}};
}

template <const Domain& domain>
Result<Step> step(const Gpu& gpu, const KnobNumbers& /*numbers*/, std::string_view value) {
  const Functions& nvml = gpu.functions();
  if (value == kUnlocked) return step_of(gpu, nvml.*domain.unlock);
  const auto space = value.find(' ');
  if (space == std::string_view::npos) return no_value_of(domain.knob->name, value);
  const auto low = knob_number<std::uint32_t>(domain.knob->name, value.substr(0, space));
  const auto high = knob_number<std::uint32_t>(domain.knob->name, value.substr(space + 1));
  if (!low || !high) return no_value_of(domain.knob->name, value);
  return step_of(gpu, nvml.*domain.lock, *low, *high);
}

}  // namespace

constinit const Setting kGraphicsClockSetting{&setpoint::sm_clock_mhz, state<kGraphics>,
                                              writes<kGraphics>, default_writes<kGraphics>};
constinit const Setting kMemoryClockSetting{&setpoint::mem_clock_mhz, state<kMemory>,
                                            writes<kMemory>, default_writes<kMemory>};
constinit const Knob kGraphicsLockKnob{"nvmlDeviceSetGpuLockedClocks", 0, value, step<kGraphics>};
constinit const Knob kMemoryLockKnob{"nvmlDeviceSetMemoryLockedClocks", 0, value, step<kMemory>};

}  // namespace accel::nvidia
