// How busy a GPU and its engines are, now and over the last seconds.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kPeriod = 167000;  // µs: the driver's sampling window of 1/6 s

unsigned int percent(double share) { return whole(share * 100); }

nvmlReturn_t engine(const char* function, nvmlDevice_t device, unsigned int* utilization,
                    unsigned int* period, double (*load)(const View&)) {
  return on_gpu(function, device, [&](View& v) {
    if (utilization == nullptr || period == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const double share = load(v);
    if (share < 0) return NVML_ERROR_NOT_SUPPORTED;
    *utilization = percent(share);
    *period = kPeriod;
    return NVML_SUCCESS;
  });
}

double busy_or_none(const View& v, std::uint32_t engines, double load) {
  if (v.gpu.settings.mig_current != 0) return -1;
  return engines > 0 ? load : 0;
}

/// Where a sample's value of this type lies; false for a type that no GPU here has.
bool sample_value(const Board& board, const Sample& sample, nvmlSamplingType_t type,
                  unsigned int& value) {
  static_cast<void>(board);
  switch (type) {
    case 0: value = sample.power_mw; return true;
    case 1: value = percent(sample.load); return true;
    case 2: value = percent(sample.memory_load); return true;
    case 3: value = percent(sample.encoder); return true;
    case 4: value = percent(sample.decoder); return true;
    case 5: value = sample.graphics_mhz; return true;
    case 6: value = sample.memory_mhz; return true;
    case 8:
    case 9: value = 0; return true;
    default: return false;
  }
}

nvmlReturn_t copy_samples(const View& v, nvmlSamplingType_t type, unsigned long long last_seen,
                          unsigned int* count, nvmlSample_t* samples) {
  unsigned int value = 0;
  if (!sample_value(v.board, v.gpu.samples[0], type, value)) return NVML_ERROR_NOT_SUPPORTED;
  if (samples == nullptr) {
    *count = static_cast<unsigned int>(kMaxSamples);
    return NVML_SUCCESS;
  }
  unsigned int stored = 0;
  for (std::uint32_t i = 0; i < v.gpu.sample_count && stored < *count; ++i) {
    const std::size_t at = (v.gpu.sample_next + kMaxSamples - v.gpu.sample_count + i) % kMaxSamples;
    const Sample& sample = v.gpu.samples[at];
    const auto time = static_cast<unsigned long long>(micros(sample.time));
    if (time <= last_seen) continue;
    sample_value(v.board, sample, type, value);
    samples[stored].timeStamp = time;
    samples[stored].sampleValue.ullVal = 0;
    samples[stored].sampleValue.uiVal = value;
    ++stored;
  }
  *count = stored;
  return stored > 0 ? NVML_SUCCESS : NVML_ERROR_NOT_FOUND;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t* utilization) {
  return on_gpu(__func__, device, [&](View& v) {
    if (v.gpu.settings.mig_current != 0) return NVML_ERROR_NOT_SUPPORTED;
    return put(utilization, nvmlUtilization_t{percent(v.gpu.load), percent(v.gpu.memory_load)});
  });
}

ACCEL_NVML nvmlDeviceGetEncoderUtilization(nvmlDevice_t device, unsigned int* utilization,
                                           unsigned int* period) {
  return engine(__func__, device, utilization, period, [](const View& v) {
    return busy_or_none(v, v.board.engines.encoders, encoder_load(v.gpu));
  });
}

ACCEL_NVML nvmlDeviceGetDecoderUtilization(nvmlDevice_t device, unsigned int* utilization,
                                           unsigned int* period) {
  return engine(__func__, device, utilization, period, [](const View& v) {
    return busy_or_none(v, v.board.engines.decoders, decoder_load(v.gpu));
  });
}

ACCEL_NVML nvmlDeviceGetJpgUtilization(nvmlDevice_t device, unsigned int* utilization,
                                       unsigned int* period) {
  return engine(__func__, device, utilization, period, [](const View& v) {
    return v.board.engines.jpegs > 0 ? busy_or_none(v, 1, 0) : -1.0;
  });
}

ACCEL_NVML nvmlDeviceGetOfaUtilization(nvmlDevice_t device, unsigned int* utilization,
                                       unsigned int* period) {
  return engine(__func__, device, utilization, period, [](const View& v) {
    return v.board.engines.ofas > 0 ? busy_or_none(v, 1, 0) : -1.0;
  });
}

ACCEL_NVML nvmlDeviceGetSamples(nvmlDevice_t device, nvmlSamplingType_t type,
                                unsigned long long last_seen, nvmlValueType_t* value_type,
                                unsigned int* count, nvmlSample_t* samples) {
  return on_gpu(__func__, device, [&](View& v) {
    if (value_type == nullptr || count == nullptr || type > 9) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.gpu.settings.mig_current != 0 && type != 0) return NVML_ERROR_NOT_SUPPORTED;
    *value_type = NVML_VALUE_TYPE_UNSIGNED_INT;
    return copy_samples(v, type, last_seen, count, samples);
  });
}

ACCEL_NVML nvmlDeviceGetDynamicPstatesInfo(nvmlDevice_t device, nvmlGpuDynamicPstatesInfo_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *info = {};
    info->flags = 1;
    const double loads[] = {v.gpu.load, v.gpu.memory_load, decoder_load(v.gpu), 0};
    for (int i = 0; i < 4; ++i) {
      info->utilization[i].bIsPresent = 1;
      info->utilization[i].percentage = percent(loads[i]);
    }
    return NVML_SUCCESS;
  });
}
