// The host's memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel {

/// One memory module, from the firmware's tables.
struct MemoryModule {
  std::string slot;  ///< "DIMM_A1"
  Reading<Bytes> size;
  Reading<std::string> type;                   ///< "DDR5"
  Reading<std::int64_t> speed_mts;             ///< rated, 10^6 transfers per second
  Reading<std::int64_t> configured_speed_mts;  ///< as it runs
  Reading<std::string> manufacturer;
  Reading<std::string> part_number;
};

/// Memory that keeps its content: an NVDIMM or Optane namespace, or a CXL device.
struct PersistentMemory {
  std::string name;  ///< "pmem0", "mem0"
  std::string kind;  ///< "nvdimm", "cxl"
  Reading<Bytes> size;
};

struct MemoryInfo {
  Reading<Bytes> total;
  Reading<Bytes> free;
  Reading<Bytes> available;  ///< what programs can still get without swapping
  Reading<Bytes> swap_total;
  Reading<Bytes> swap_free;
  Reading<std::string> type;        ///< "DDR5"; "mixed" is never said: see modules
  Reading<std::int64_t> speed_mts;  ///< configured, of the slowest module
  Reading<std::int64_t> channels;   ///< populated
  Reading<std::int64_t> ecc_corrected;
  Reading<std::int64_t> ecc_uncorrected;
  std::vector<MemoryModule> modules;
  std::vector<PersistentMemory> persistent;
};

}  // namespace accel
