// The bit of the driver's parameter ppfeaturemask without which cards hide their table of clocks
// and voltages and the settings of their fan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accel/machine.hpp"
#include "backends/amd/control/site.hpp"

namespace accel::amd {

/// PP_OVERDRIVE_MASK (drivers/gpu/drm/amd/include/amd_shared.h).
inline constexpr std::uint64_t kOverdriveBit = 0x4000;

/// What is set of the driver's power features; nothing where it cannot be read.
struct FeatureMask {
  std::uint64_t bits = 0;
  std::string text;    ///< as the kernel prints it
  std::string source;  ///< the file
};
[[nodiscard]] std::optional<FeatureMask> feature_mask(const Machine& machine);

/// Why a file of overdrive is not there: permission_denied where the bit would bring it.
[[nodiscard]] Error overdrive_refusal(const Site& site, std::string_view file);

}  // namespace accel::amd
