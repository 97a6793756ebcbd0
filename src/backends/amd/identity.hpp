// Who a GPU is, from files that the driver answers from memory, so that none of them wakes it.
#pragma once

#include "accel/accelerator_info.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/kfd.hpp"

namespace accel::amd {

/// `node` may be null: the GPU has no compute side, or it is not loaded.
[[nodiscard]] AcceleratorInfo identify(const Card& card, const KfdNode* node);

/// Whether it shares a chip with a CPU; from its sensors and its metrics table, so that it must be
/// awake.
[[nodiscard]] Reading<GpuType> gpu_type(const Card& card);

/// The line of libdrm's amdgpu.ids for that device and revision; empty where there is none.
[[nodiscard]] std::string marketing_name(std::string_view database, std::uint16_t device,
                                         std::uint8_t revision);

}  // namespace accel::amd
