// What the functions of the fake have in common: the script, the record of calls, and how a
// scripted value is given.
#pragma once

#include <cstring>
#include <mutex>

#include "fakes/nvml/script.hpp"

#define ACCEL_EXPORT extern "C" __attribute__((visibility("default")))

namespace fake_nvml {

using Device = void*;
constexpr unsigned kInvalid = 2, kNotSupported = 3, kNotFound = 6, kInsufficient = 7, kTimeout = 10,
                   kOldVersion = 25;

Script& script();
/// NVML takes calls from any thread once it is initialized; guards what calls leave behind.
std::mutex& guard();
void log_call(std::string call);
/// The status scripted for that function, having logged the call.
unsigned begin(const char* function, const Gpu* gpu);
inline Gpu* gpu_of(Device device) { return static_cast<Gpu*>(device); }
unsigned give_pair(const char* function, Device device, unsigned* first, unsigned* second,
                   const Pair& value);

/// Writes the scripted value, or all ones.
template <class Out, class In>
unsigned give(const char* function, Device device, Out* out, const std::optional<In>& value) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(function, gpu)) return status;
  if (gpu->all_ones) {
    std::memset(out, 0xFF, sizeof(Out));
    return 0;
  }
  if (!value) return kNotSupported;
  *out = static_cast<Out>(*value);
  return 0;
}

template <class Out, class In>
unsigned give_at(const char* function, Device device, Out* out,
                 const std::map<unsigned, In>& values, unsigned key) {
  const auto found = values.find(key);
  const std::optional<In> value =
      found == values.end() ? std::nullopt : std::optional<In>(found->second);
  return give(function, device, out, value);
}

}  // namespace fake_nvml
