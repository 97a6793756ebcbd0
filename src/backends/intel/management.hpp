// What Level Zero tells of a GPU and the drivers' files do not: how busy engines and memory are,
// the memory's clock, and sensors that an older kernel has no file for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "backends/intel/level_zero.hpp"
#include "backends/intel/sampling.hpp"
#include "backends/intel/time_share.hpp"

namespace accel::intel {

/// Of one GPU that is awake.
class Management {
 public:
  Management(std::shared_ptr<const LevelZero> library, const PciAddress& address);

  /// Files engine shares, and what else has no value yet. Where the library cannot tell, what was
  /// filed before stays.
  void read(Sampling& sampling);

 private:
  struct Engine {
    zes_engine_handle_t handle = nullptr;
    std::uint32_t group = 0;
    TimeShare busy;
  };
  struct Traffic {
    std::uint64_t bytes = 0;
    std::uint64_t time = 0;  ///< microseconds
  };

  void find_engines();
  void read_engines(Sampling& sampling);
  void read_frequencies(Sampling& sampling);
  void read_temperatures(Sampling& sampling);
  void read_bandwidth(Sampling& sampling);

  std::shared_ptr<const LevelZero> library_;
  Result<zes_device_handle_t> device_;
  std::optional<Error> engine_failure_;
  std::vector<Engine> engines_;
  std::vector<std::optional<Traffic>> traffic_;  ///< by memory module
};

/// Level Zero's mask of throttle reasons by the names of its flags, unknown ones as "bit_12".
[[nodiscard]] TextList zes_throttle_names(std::uint32_t mask);
/// The same in the names that all vendors share.
[[nodiscard]] TextList zes_throttle_reasons(std::uint32_t mask);

}  // namespace accel::intel
