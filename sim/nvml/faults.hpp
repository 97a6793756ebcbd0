// What injected faults do to a call.
#pragma once

#include "../model/node.hpp"
#include "types.hpp"

namespace accel::sim::nvml {

/// Reads this process's own faults from ACCEL_SIM_FAULT.
void read_environment(const Node& node);

struct Bite {
  nvmlReturn_t result = NVML_SUCCESS;  ///< Other than success: the call ends with it.
  bool garbage = false;                ///< The call answers nonsense.
};

/// Applies the faults that match a call on `gpu`, or on the system when null: delays, blocks or
/// crashes the caller, or says how the call ends. Call without the node's lock.
Bite bite_of_faults(Node& node, const Gpu* gpu, const char* function);

/// Turns a copy of a GPU into nonsense: absurd numbers, unprintable names.
void scramble(Gpu& gpu, Board& board);

}  // namespace accel::sim::nvml
