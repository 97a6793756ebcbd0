// How busy the engines are, as the driver averages it.
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// Functions that give a percentage and the length of the window it was measured over.
Reading<Ratio> engine(
    Sampling& sampling,
    const Symbol<nvmlReturn_t(nvmlDevice_t, std::uint32_t*, std::uint32_t*)>& function) {
  std::uint32_t share = 0;
  std::uint32_t window = 0;
  auto done = sampling.gpu().call(function, &share, &window);
  return sampling.judge(kPercent,
                        done ? Result<std::uint32_t>(share) : Result<std::uint32_t>(done.error()),
                        function.name);
}

}  // namespace

void read_utilization(Sampling& sampling) {
  const Functions& nvml = sampling.functions();
  const auto rates = sampling.gpu().ask<nvmlUtilization_t>(nvml.utilization);
  const auto part = [&](std::uint32_t nvmlUtilization_t::*member) -> Result<std::uint32_t> {
    if (!rates) return rates.error();
    return *rates.*member;
  };
  const char* source = nvml.utilization.name;
  sampling.set(metric::utilization,
               sampling.judge(kPercent, part(&nvmlUtilization_t::gpu), source));
  sampling.set(metric::utilization_memory_controller,
               sampling.judge(kPercent, part(&nvmlUtilization_t::memory), source));
  sampling.set(metric::utilization_encoder, engine(sampling, nvml.encoder_utilization));
  sampling.set(metric::utilization_decoder, engine(sampling, nvml.decoder_utilization));
  sampling.set(metric::utilization_jpeg, engine(sampling, nvml.jpeg_utilization));
  sampling.set(metric::utilization_ofa, engine(sampling, nvml.ofa_utilization));
}

}  // namespace accel::nvidia
