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
  std::string bank;  ///< "P0 CHANNEL A"; empty where the firmware names none
  Reading<Bytes> size;
  Reading<std::string> type;                   ///< "DDR5"
  Reading<std::int64_t> speed_mts;             ///< rated, 10^6 transfers per second
  Reading<std::int64_t> configured_speed_mts;  ///< as it runs
  Reading<std::string> manufacturer;
  Reading<std::string> part_number;
};

/// Memory beside the board's modules: an NVDIMM or Optane region, or a CXL device.
struct PersistentMemory {
  std::string name;              ///< "region0", "mem0"
  std::string kind;              ///< "nvdimm", "cxl"
  Reading<Bytes> size;           ///< the part that keeps its content without power
  Reading<Bytes> volatile_size;  ///< the part that does not; of CXL devices only
};

struct MemoryInfo {
  Reading<Bytes> total;
  Reading<Bytes> free;
  Reading<Bytes> available;  ///< what programs can still get without swapping
  Reading<Bytes> limit;      ///< of this program's control groups; unsupported where they set none
  Reading<Bytes> swap_total;
  Reading<Bytes> swap_free;
  Reading<std::string> type;              ///< "DDR5"; absent where modules differ, see there
  Reading<std::int64_t> speed_mts;        ///< configured, of the slowest module
  Reading<std::int64_t> channels;         ///< populated
  Reading<std::string> error_correction;  ///< "multi-bit ECC", "none": what the board can do
  Reading<std::int64_t> ecc_corrected;    ///< since the driver was loaded
  Reading<std::int64_t> ecc_uncorrected;
  std::vector<MemoryModule> modules;
  std::vector<PersistentMemory> persistent;
};

}  // namespace accel
