// MIG instances of one GPU: which profiles stand where, and the rules for making and removing them.
#pragma once

#include <cstdint>

#include "board.hpp"
#include "limits.hpp"
#include "text.hpp"

namespace accel::sim {

struct Gpu;

struct ComputeInstance {
  std::uint32_t used;
  std::uint32_t id;
  std::uint32_t number;   ///< Of the MIG device, as nvmlDeviceGetMigDeviceHandleByIndex counts.
  std::uint32_t profile;  ///< Position in the driver's loop over compute profiles, also its id.
  std::uint32_t start;
  std::uint32_t slices;
  std::uint32_t generation;
  Text<48> uuid;
};

struct GpuInstance {
  std::uint32_t used;
  std::uint32_t id;
  std::uint32_t profile;  ///< Position in Board::mig_profiles.
  std::uint32_t start;
  std::uint32_t generation;
  ComputeInstance compute[kMaxComputeInstances];
};

enum class MigError : std::uint32_t { none, invalid, not_supported, no_room, in_use, not_found };

/// Position of the profile with this id in the board's table, or -1.
int find_profile(const Board& board, std::uint32_t id);

/// Whether an instance of the profile fits at `start` beside those that exist.
bool placement_free(const Gpu& gpu, const Board& board, const MigProfile& profile,
                    std::uint32_t start);

/// How many more instances of the profile could be made now.
std::uint32_t remaining_capacity(const Gpu& gpu, const Board& board, const MigProfile& profile);

/// Takes the first free placement when `start` is negative. On success `slot` is the new instance.
MigError create_gpu_instance(Gpu& gpu, const Board& board, std::uint32_t profile_id, int start,
                             int& slot);
MigError destroy_gpu_instance(Gpu& gpu, int slot);

/// Slices of compute profile `index` (0..8) or 0 where there is no such profile.
std::uint32_t compute_slices(std::uint32_t index);
std::uint32_t compute_multiprocessors(const Board& board, const MigProfile& profile,
                                      std::uint32_t slices);
std::uint32_t compute_capacity(const Gpu& gpu, const Board& board, int slot, std::uint32_t index);
bool compute_placement_free(const GpuInstance& instance, std::uint32_t start, std::uint32_t slices);
/// What of an instance a compute instance shall have; the first free place when `start` is
/// negative.
struct ComputeShare {
  std::uint32_t profile = 0;  // 0..8
  int start = -1;
};
MigError create_compute_instance(Gpu& gpu, const Board& board, int slot, ComputeShare share,
                                 int& compute_slot);
MigError destroy_compute_instance(Gpu& gpu, int slot, int compute_slot);

/// Whether a process runs in the instance; compute_slot -1 means in any of its compute instances.
bool instance_busy(const Gpu& gpu, int slot, int compute_slot);

/// The (instance, compute instance) pair that is MIG device number `index`, false where it is a
/// hole.
bool mig_device(const Gpu& gpu, std::uint32_t index, int& slot, int& compute_slot);
std::uint32_t max_mig_devices(const Board& board);
void clear_instances(Gpu& gpu);

}  // namespace accel::sim
