// Clock offsets: by performance state (driver 555 and newer), or of the whole curve.
#include <algorithm>

#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

constexpr std::size_t kMostStates = 16;  // NVML_MAX_GPU_PERF_PSTATES

/// A kind of clock, with the functions of drivers before 555.
struct Domain {
  std::uint32_t type;
  Symbol<nvmlReturn_t(nvmlDevice_t, std::int32_t*)> Functions::*now;
  Symbol<nvmlReturn_t(nvmlDevice_t, std::int32_t*, std::int32_t*)> Functions::*range;
  Symbol<nvmlReturn_t(nvmlDevice_t, std::int32_t)> Functions::*set;
  const Knob* knob;
};

constexpr Domain kGraphics{clock_type::kGraphics, &Functions::graphics_offset,
                           &Functions::graphics_offset_range, &Functions::set_graphics_offset,
                           &kGraphicsOffsetKnob};
constexpr Domain kMemory{clock_type::kMemory, &Functions::memory_offset,
                         &Functions::memory_offset_range, &Functions::set_memory_offset,
                         &kMemoryOffsetKnob};

Result<nvmlClockOffset_t> offset_of(const Gpu& gpu, std::uint32_t type, std::uint32_t pstate) {
  const auto& function = gpu.functions().clock_offsets;
  nvmlClockOffset_t answer{struct_version<nvmlClockOffset_t>(1), type, pstate, 0, 0, 0};
  if (auto done = gpu.call(function, &answer); !done) return done.error();
  for (const std::int32_t number : {answer.offset, answer.lowest, answer.highest}) {
    const auto known = believed(kOffsetBounds, number, function.name);
    if (!known) return known.error();
  }
  return answer;
}

/// P0 and the others that the driver names.
std::vector<std::uint32_t> states_of(const Gpu& gpu) {
  std::array<std::uint32_t, kMostStates> named{};
  named.fill(kPstateUnknown);
  std::vector<std::uint32_t> states{0};
  // Without that function P0 is what there is for certain.
  if (!gpu.call(gpu.functions().performance_states, named.data(), std::uint32_t{sizeof named})) {
    return states;
  }
  for (const std::uint32_t state : named) {
    if (state != 0 && state <= kPstateMax) states.push_back(state);
  }
  return states;
}

/// The offset in each performance state that has one to set.
Result<std::vector<nvmlClockOffset_t>> offsets_of(const Gpu& gpu, std::uint32_t type) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_clock_offsets)) return std::move(*missing);
  std::vector<nvmlClockOffset_t> found;
  std::optional<Error> first;
  for (const std::uint32_t state : states_of(gpu)) {
    const auto own = offset_of(gpu, type, state);
    if (own && own->lowest < own->highest) found.push_back(*own);
    if (own || first) continue;
    first = own.error();
    if (first->code != Errc::operation_not_supported) return *first;
  }
  if (!found.empty()) return found;
  if (first) return *first;
  return Error{Errc::operation_not_supported,
               std::string(nvml.clock_offsets.name) + ": no offset may be set",
               "",
               {}};
}

SetpointState state_of(const std::vector<nvmlClockOffset_t>& offsets, const char* source) {
  SetpointState found;
  const auto other = std::ranges::find_if(
      offsets, [&](const nvmlClockOffset_t& one) { return one.offset != offsets.front().offset; });
  found.present = {SetpointValue(double(offsets.front().offset)), source};
  if (other != offsets.end()) {
    found.present = {
        Absence{ReadingStatus::unsupported,
                "P" + std::to_string(offsets.front().pstate) + " has " +
                    std::to_string(offsets.front().offset) + " MHz, P" +
                    std::to_string(other->pstate) + " " + std::to_string(other->offset) + " MHz",
                ""},
        source};
  }
  found.range.min = std::ranges::max(offsets, {}, &nvmlClockOffset_t::lowest).lowest;
  found.range.max = std::ranges::min(offsets, {}, &nvmlClockOffset_t::highest).highest;
  return found;
}

template <const Domain& domain>
Result<SetpointState> older_state(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.*domain.set)) return std::move(*missing);
  const auto now = ask_number(gpu, kOffsetBounds, nvml.*domain.now);
  if (!now) return now.error();
  SetpointState found;
  found.present =
      reading_of(now, (nvml.*domain.now).name, [](std::int32_t offset) { return double(offset); });
  const auto ends = ask_ends(gpu, kOffsetBounds, nvml.*domain.range);
  if (auto filled = fill(found.range, ends); !filled) return filled.error();
  return found;
}

template <const Domain& domain>
Result<SetpointState> state(const Gpu& gpu) {
  const auto offsets = offsets_of(gpu, domain.type);
  Result<SetpointState> found =
      offsets ? Result<SetpointState>(state_of(*offsets, gpu.functions().clock_offsets.name))
              : offsets.error();
  if (!found && found.error().code == Errc::operation_not_supported) {
    auto older = older_state<domain>(gpu);
    if (!older && older.error().code == Errc::operation_not_supported) return found;
    found = std::move(older);
  }
  // What an offset is counted from.
  if (found) found->usual = {SetpointValue(0.0), "nvml.h"};
  return found;
}

template <const Domain& domain>
Result<std::vector<KnobWrite>> shift_by(const Gpu& gpu, const std::string& megahertz) {
  std::vector<KnobWrite> all;
  const auto offsets = offsets_of(gpu, domain.type);
  if (!offsets) {
    if (offsets.error().code != Errc::operation_not_supported) return offsets.error();
    all.push_back({std::string(domain.knob->name), megahertz, rank::kOffsets});
    return all;
  }
  for (const nvmlClockOffset_t& one : *offsets) {
    all.push_back({std::string(kOffsetKnob.name) + " " + std::to_string(one.clock_type) + " " +
                       std::to_string(one.pstate),
                   megahertz, rank::kOffsets});
  }
  return all;
}

template <const Domain& domain>
Result<std::vector<KnobWrite>> writes(const Gpu& gpu, const SetpointValue& value) {
  return shift_by<domain>(gpu, whole(std::get<double>(value)));
}

template <const Domain& domain>
Result<std::vector<KnobWrite>> default_writes(const Gpu& gpu) {
  return shift_by<domain>(gpu, "0");
}

Result<std::string> value(const Gpu& gpu, const KnobNumbers& numbers) {
  const auto now = offset_of(gpu, numbers[0], numbers[1]);
  if (!now) return now.error();
  return std::to_string(now->offset);
}

Result<Step> step(const Gpu& gpu, const KnobNumbers& numbers, std::string_view value) {
  const auto offset = knob_number<std::int32_t>(kOffsetKnob.name, value);
  if (!offset) return offset.error();
  const auto& function = gpu.functions().set_clock_offsets;
  nvmlClockOffset_t wanted{
      struct_version<nvmlClockOffset_t>(1), numbers[0], numbers[1], *offset, 0, 0};
  return Step{call_of(function.name, numbers[0], numbers[1], *offset),
              [gpu, function, wanted]() mutable { return gpu.call(function, &wanted); }};
}

template <const Domain& domain>
Result<std::string> older_value(const Gpu& gpu, const KnobNumbers& /*numbers*/) {
  const auto now = ask_number(gpu, kOffsetBounds, gpu.functions().*domain.now);
  if (!now) return now.error();
  return std::to_string(*now);
}

template <const Domain& domain>
Result<Step> older_step(const Gpu& gpu, const KnobNumbers& /*numbers*/, std::string_view value) {
  const auto offset = knob_number<std::int32_t>(domain.knob->name, value);
  if (!offset) return offset.error();
  return step_of(gpu, gpu.functions().*domain.set, *offset);
}

}  // namespace

constinit const Setting kGraphicsOffsetSetting{&setpoint::gpu_clock_offset_mhz, state<kGraphics>,
                                               writes<kGraphics>, default_writes<kGraphics>};
constinit const Setting kMemoryOffsetSetting{&setpoint::mem_clock_offset_mhz, state<kMemory>,
                                             writes<kMemory>, default_writes<kMemory>};
constinit const Knob kOffsetKnob{"nvmlDeviceSetClockOffsets", 2, value, step};
constinit const Knob kGraphicsOffsetKnob{"nvmlDeviceSetGpcClkVfOffset", 0, older_value<kGraphics>,
                                         older_step<kGraphics>};
constinit const Knob kMemoryOffsetKnob{"nvmlDeviceSetMemClkVfOffset", 0, older_value<kMemory>,
                                       older_step<kMemory>};

}  // namespace accel::nvidia
