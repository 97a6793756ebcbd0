// Modes of the whole GPU: persistence, compute, error correction.
#include <algorithm>
#include <array>

#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"
#include "backends/nvidia/mig.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

using Getter = Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t*)> Functions::*;
using Setter = Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t)> Functions::*;

constexpr Bounds kModeBounds{0, 3, ""};

bool is_on(std::uint32_t raw) { return raw == kEnabled; }

/// What NVML takes for each word. Mode 1 is deprecated: shown, never set.
struct ComputeWord {
  std::string_view word;
  std::uint32_t mode;
};
constexpr std::array kComputeWords{ComputeWord{"default", compute::kDefault},
                                   ComputeWord{"exclusive_process", compute::kExclusiveProcess},
                                   ComputeWord{"prohibited", compute::kProhibited}};

std::string word_of(std::uint32_t mode) {
  const auto* const known = std::ranges::find(kComputeWords, mode, &ComputeWord::mode);
  return std::string(known == kComputeWords.end() ? "exclusive_thread" : known->word);
}

template <Getter getter>
Result<std::string> mode_of(const Gpu& gpu, const KnobNumbers& /*numbers*/) {
  const auto mode = ask_number(gpu, kModeBounds, gpu.functions().*getter);
  if (!mode) return mode.error();
  return std::to_string(*mode);
}

template <Setter setter>
Result<Step> set_mode(const Gpu& gpu, const KnobNumbers& /*numbers*/, std::string_view value) {
  const auto& function = gpu.functions().*setter;
  const auto mode = knob_number<std::uint32_t>(function.name, value);
  if (!mode) return mode.error();
  return step_of(gpu, function, *mode);
}

Result<SetpointState> persistence_state(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_persistence_mode)) return std::move(*missing);
  const auto now = ask_number(gpu, kFlagBounds, nvml.persistence_mode);
  if (!now) return now.error();
  SetpointState found;
  found.present = reading_of(now, nvml.persistence_mode.name, is_on);
  // nvml.h: "After each reboot persistence mode is reset to Disabled".
  found.usual = {SetpointValue(false), "nvml.h"};
  return found;
}

std::vector<KnobWrite> persistence_to(bool on) {
  return {{std::string(kPersistenceKnob.name), on ? "1" : "0", rank::kPersistence}};
}

Result<SetpointState> compute_state(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_compute_mode)) return std::move(*missing);
  const auto now = ask_number(gpu, kModeBounds, nvml.compute_mode);
  if (!now) return now.error();
  if (is_divided(gpu)) {
    // nvml.h: a GPU in MIG mode has the default mode, and changing it is not supported.
    return Error{Errc::operation_not_supported,
                 std::string(nvml.set_compute_mode.name) + ": the GPU is divided (MIG)",
                 "",
                 {}};
  }
  SetpointState found;
  found.present = reading_of(now, nvml.compute_mode.name, word_of);
  // nvml.h: after a reboot the mode is "Default".
  found.usual = {SetpointValue(word_of(compute::kDefault)), "nvml.h"};
  for (const ComputeWord& known : kComputeWords) found.range.words.emplace_back(known.word);
  return found;
}

Result<std::vector<KnobWrite>> compute_to(std::string_view word) {
  const auto* const known = std::ranges::find(kComputeWords, word, &ComputeWord::word);
  if (known == kComputeWords.end()) return no_value_of(kComputeKnob.name, word);
  return std::vector<KnobWrite>{
      {std::string(kComputeKnob.name), std::to_string(known->mode), rank::kModes}};
}

struct EccModes {
  bool now;
  bool next;
};

Result<EccModes> ecc_modes(const Gpu& gpu) {
  const auto& function = gpu.functions().ecc_mode;
  std::uint32_t now = 0;
  std::uint32_t next = 0;
  if (auto done = gpu.call(function, &now, &next); !done) return done.error();
  for (const std::uint32_t mode : {now, next}) {
    if (const auto known = believed(kFlagBounds, mode, function.name); !known) return known.error();
  }
  return EccModes{is_on(now), is_on(next)};
}

Result<SetpointState> ecc_state(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_ecc_mode)) return std::move(*missing);
  const auto modes = ecc_modes(gpu);
  if (!modes) return modes.error();
  SetpointState found;
  found.present = {SetpointValue(modes->now), nvml.ecc_mode.name};
  found.pending = {SetpointValue(modes->next), nvml.ecc_mode.name};
  found.usual = reading_of(ask_number(gpu, kFlagBounds, nvml.ecc_mode_default),
                           nvml.ecc_mode_default.name, is_on);
  return found;
}

std::vector<KnobWrite> ecc_to(bool on) {
  return {{std::string(kEccKnob.name), on ? "1" : "0", rank::kModes, true}};
}

/// What was last set is what is pending.
Result<std::string> ecc_value(const Gpu& gpu, const KnobNumbers& /*numbers*/) {
  const auto modes = ecc_modes(gpu);
  if (!modes) return modes.error();
  return std::string(modes->next ? "1" : "0");
}

}  // namespace

constinit const Setting kPersistenceSetting{
    &setpoint::persistence_mode, persistence_state,
    [](const Gpu& /*gpu*/, const SetpointValue& value) -> Result<std::vector<KnobWrite>> {
      return persistence_to(std::get<bool>(value));
    },
    [](const Gpu& /*gpu*/) -> Result<std::vector<KnobWrite>> { return persistence_to(false); }};
constinit const Setting kComputeSetting{
    &setpoint::compute_mode, compute_state,
    [](const Gpu& /*gpu*/, const SetpointValue& value) {
      return compute_to(std::get<std::string>(value));
    },
    [](const Gpu& /*gpu*/) { return compute_to(kComputeWords[0].word); }};
constinit const Setting kEccSetting{
    &setpoint::ecc_enabled, ecc_state,
    [](const Gpu& /*gpu*/, const SetpointValue& value) -> Result<std::vector<KnobWrite>> {
      return ecc_to(std::get<bool>(value));
    },
    [](const Gpu& gpu) -> Result<std::vector<KnobWrite>> {
      const auto usual = ask_number(gpu, kFlagBounds, gpu.functions().ecc_mode_default);
      if (!usual) return usual.error();
      return ecc_to(is_on(*usual));
    }};

constinit const Knob kPersistenceKnob{"nvmlDeviceSetPersistenceMode", 0,
                                      mode_of<&Functions::persistence_mode>,
                                      set_mode<&Functions::set_persistence_mode>};
constinit const Knob kComputeKnob{"nvmlDeviceSetComputeMode", 0, mode_of<&Functions::compute_mode>,
                                  set_mode<&Functions::set_compute_mode>};
constinit const Knob kEccKnob{"nvmlDeviceSetEccMode", 0, ecc_value,
                              set_mode<&Functions::set_ecc_mode>};

}  // namespace accel::nvidia
