// How a GPU moves in time: load, clocks, power, temperature, fans, throttling, counters.
#pragma once

#include <cstdint>

#include "gpu.hpp"
#include "node.hpp"

namespace accel::sim {

/// Brings one GPU up to model time `now`. Cheap when little time has passed. Caller holds the lock.
void advance(Node& node, Gpu& gpu, std::int64_t now);

/// What the card would draw at this load and these clocks, mW.
double power_demand(const Board& board, double load, double graphics_mhz, double memory_mhz);

/// Applies changed settings at the present moment, without letting time pass.
void settle(Node& node, Gpu& gpu);

/// Puts a freshly made GPU into the state it reaches after long running at its load.
void warm_up(Node& node, Gpu& gpu, std::int64_t now);

/// How busy the video engines are at present, 0..1
double encoder_load(const Gpu& gpu);
double decoder_load(const Gpu& gpu);

/// The rising edge that a fan in automatic mode follows, %.
double automatic_fan(const Board& board, double temperature);

inline constexpr std::uint64_t kReasonIdle = 0x1;  // NVML, nvmlClocksEventReason*
inline constexpr std::uint64_t kReasonApplicationClocks = 0x2;
inline constexpr std::uint64_t kReasonPowerCap = 0x4;
inline constexpr std::uint64_t kReasonHardware = 0x8;
inline constexpr std::uint64_t kReasonSoftwareThermal = 0x20;
inline constexpr std::uint64_t kReasonHardwareThermal = 0x40;

}  // namespace accel::sim
