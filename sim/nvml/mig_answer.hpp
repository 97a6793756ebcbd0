// What the rules for MIG instances say, in NVML's codes.
#pragma once

#include "../model/mig.hpp"
#include "types.hpp"

namespace accel::sim::nvml {

constexpr unsigned long long kEventMigConfig = 0x100;  // nvmlEventMigConfigChange

constexpr nvmlReturn_t answer(MigError error) {
  switch (error) {
    case MigError::none: return NVML_SUCCESS;
    case MigError::invalid: return NVML_ERROR_INVALID_ARGUMENT;
    case MigError::not_supported: return NVML_ERROR_NOT_SUPPORTED;
    case MigError::no_room: return NVML_ERROR_INSUFFICIENT_RESOURCES;
    case MigError::in_use: return NVML_ERROR_IN_USE;
    case MigError::not_found: return NVML_ERROR_NOT_FOUND;
  }
  return NVML_ERROR_UNKNOWN;
}

}  // namespace accel::sim::nvml
