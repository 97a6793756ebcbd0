// The temperature that the driver regulates to: its acoustic threshold.
#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

Result<std::uint32_t> ask_threshold(const Gpu& gpu, std::uint32_t which) {
  return ask_number(gpu, kCelsiusBounds, gpu.functions().temperature_threshold, which);
}

Result<Ends> ends_of(const Gpu& gpu) {
  const auto low = ask_threshold(gpu, threshold::kAcousticMin);
  if (!low) return low.error();
  const auto high = ask_threshold(gpu, threshold::kAcousticMax);
  if (!high) return high.error();
  return Ends{double(*low), double(*high)};
}

Result<SetpointState> state(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_temperature_threshold)) return std::move(*missing);
  const auto now = ask_threshold(gpu, threshold::kAcousticCurrent);
  if (!now) return now.error();
  SetpointState found;
  found.present = reading_of(now, nvml.temperature_threshold.name,
                             [](std::uint32_t celsius) { return double(celsius); });
  found.usual =
      Absence{ReadingStatus::unsupported, "NVML does not tell what the driver began with", ""};
  if (auto filled = fill(found.range, ends_of(gpu)); !filled) return filled.error();
  return found;
}

KnobWrite regulate_to(std::string celsius) {
  return {std::string(kTemperatureKnob.name), std::move(celsius), rank::kTemperature};
}

Result<std::vector<KnobWrite>> writes(const Gpu& /*gpu*/, const SetpointValue& value) {
  return std::vector{regulate_to(whole(std::get<double>(value)))};
}

Result<std::vector<KnobWrite>> default_writes(const Gpu& /*gpu*/) {
  KnobWrite write = regulate_to("");
  write.to_original = true;
  return std::vector{std::move(write)};
}

Result<std::string> value(const Gpu& gpu, const KnobNumbers& /*numbers*/) {
  const auto celsius = ask_threshold(gpu, threshold::kAcousticCurrent);
  if (!celsius) return celsius.error();
  return std::to_string(*celsius);
}

Result<Step> step(const Gpu& gpu, const KnobNumbers& /*numbers*/, std::string_view value) {
  const auto celsius = knob_number<std::int32_t>(kTemperatureKnob.name, value);
  if (!celsius) return celsius.error();
  const auto& function = gpu.functions().set_temperature_threshold;
  return Step{call_of(function.name, threshold::kAcousticCurrent, *celsius),
              [gpu, function, celsius = *celsius]() mutable {
                return gpu.call(function, threshold::kAcousticCurrent, &celsius);
              }};
}

}  // namespace

constinit const Setting kTemperatureSetting{&setpoint::temp_target_c, state, writes,
                                            default_writes};
constinit const Knob kTemperatureKnob{"nvmlDeviceSetTemperatureThreshold", 0, value, step};

}  // namespace accel::nvidia
