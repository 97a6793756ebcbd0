// Sizes of the arrays in the shared model. Changing one changes the layout, hence kLayoutVersion.
#pragma once

#include <cstddef>
#include <cstdint>

namespace accel::sim {

inline constexpr std::uint32_t kLayoutVersion = 3;

inline constexpr std::size_t kMaxGpus = 1024;
inline constexpr std::size_t kMaxCards = 256;
inline constexpr std::size_t kMaxGpuKinds = 4;
inline constexpr std::size_t kMaxCardKinds = 12;
inline constexpr std::size_t kMaxBoards = kMaxGpuKinds + kMaxCardKinds;
inline constexpr std::size_t kMaxProcesses = 16;  ///< On one GPU.
inline constexpr std::size_t kMaxFans = 4;
inline constexpr std::size_t kMaxLinks = 18;  ///< NVLink links of one H100.
inline constexpr std::size_t kMaxSwitches = 8;
inline constexpr std::size_t kMaxMemoryClocks = 8;
inline constexpr std::size_t kMaxMigProfiles = 16;
inline constexpr std::size_t kMaxPlacements = 8;
inline constexpr std::size_t kMaxGpuInstances = 8;
inline constexpr std::size_t kMaxComputeInstances = 8;
inline constexpr std::size_t kMaxSamples = 128;  ///< History kept for GetSamples.
inline constexpr std::size_t kMaxEvents = 256;
inline constexpr std::size_t kMaxFaults = 32;
inline constexpr std::size_t kMaxRetiredPages = 16;

}  // namespace accel::sim
