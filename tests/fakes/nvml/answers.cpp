#include "fakes/nvml/answers.hpp"

namespace fake_nvml {

Script& script() {
  static Script instance;
  return instance;
}

std::mutex& guard() {
  static std::mutex instance;
  return instance;
}

void log_call(std::string call) {
  const std::scoped_lock lock(guard());
  script().calls.push_back(std::move(call));
}

unsigned begin(const char* function, const Gpu* gpu) {
  log_call(function);
  if (gpu != nullptr) {
    if (gpu->before) gpu->before(function);
    const auto own = gpu->status.find(function);
    if (own != gpu->status.end()) return own->second;
  }
  const auto all = script().status.find(function);
  return all == script().status.end() ? 0 : all->second;
}

unsigned give_pair(const char* function, Device device, unsigned* first, unsigned* second,
                   const Pair& value) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(function, gpu)) return status;
  if (gpu->all_ones) {
    *first = *second = 0xFFFFFFFF;
    return 0;
  }
  if (!value) return kNotSupported;
  *first = value->first;
  *second = value->second;
  return 0;
}

}  // namespace fake_nvml
