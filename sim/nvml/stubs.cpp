// Functions that exist by name only. They answer "not supported" whatever they are passed: the
// calling convention lets a function ignore its arguments.

#include "call.hpp"
#include "session.hpp"

namespace accel::sim::nvml {
namespace {

nvmlReturn_t not_supported(const char* function) {
  return traced(function,
                current_node() == nullptr ? NVML_ERROR_UNINITIALIZED : NVML_ERROR_NOT_SUPPORTED);
}

}  // namespace
}  // namespace accel::sim::nvml

#define DONE(name, since)
#define STUB(name, since) \
  ACCEL_NVML name() { return accel::sim::nvml::not_supported(#name); }
#include "functions.inc"
