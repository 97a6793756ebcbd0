#include "mig.hpp"

#include <algorithm>
#include <cstdio>

#include "gpu.hpp"

namespace accel::sim {
namespace {

constexpr std::uint32_t kComputeSlices = 7;  // of a whole GPU; NVIDIA MIG user guide

// NVML_COMPUTE_INSTANCE_PROFILE_*_SLICE in order of the driver's loop.
constexpr std::uint32_t kSlicesByIndex[] = {1, 2, 3, 4, 7, 8, 6};

const MigProfile& profile_of(const Board& board, const GpuInstance& instance) {
  return board.mig_profiles[instance.profile];
}

bool overlap(std::uint32_t a, std::uint32_t a_size, std::uint32_t b, std::uint32_t b_size) {
  return a < b + b_size && b < a + a_size;
}

std::uint32_t slices_in_use(const Gpu& gpu, const Board& board) {
  std::uint32_t sum = 0;
  for (const GpuInstance& instance : gpu.instances) {
    if (instance.used != 0) sum += profile_of(board, instance).slices;
  }
  return sum;
}

std::uint32_t instances_of(const Gpu& gpu, const Board& board, const MigProfile& profile) {
  std::uint32_t count = 0;
  for (const GpuInstance& instance : gpu.instances) {
    if (instance.used != 0 && profile_of(board, instance).id == profile.id) ++count;
  }
  return count;
}

/// The lowest identifier that no instance has. Real drivers begin with the smallest at 1 and keep
/// 0 for the instance of all slices.
std::uint32_t free_instance_id(const Gpu& gpu, bool whole) {
  for (std::uint32_t id = whole ? 0 : 1;; ++id) {
    const bool taken = std::any_of(std::begin(gpu.instances), std::end(gpu.instances),
                                   [&](const auto& i) { return i.used != 0 && i.id == id; });
    if (!taken) return id;
  }
}

std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDU;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53U;
  return x ^ (x >> 33);
}

void make_uuid(const Gpu& gpu, std::uint32_t generation, ComputeInstance& instance) {
  const std::uint64_t a = mixed(gpu.seed * 31 + std::uint64_t{generation} * 2 + 1);
  const std::uint64_t b = mixed(a + gpu.index);
  char text[48];
  std::snprintf(text, sizeof text, "MIG-%08x-%04x-5%03x-%04x-%012llx",
                static_cast<unsigned>(a >> 32), static_cast<unsigned>((a >> 16) & 0xFFFF),
                static_cast<unsigned>(a & 0xFFF),
                static_cast<unsigned>(0x8000 | ((b >> 48) & 0x3FFF)),
                static_cast<unsigned long long>(b & 0xFFFFFFFFFFFF));
  instance.uuid.set(text);
}

/// The lowest MIG device number that is free, so that a removed device leaves a hole.
std::uint32_t free_number(const Gpu& gpu) {
  for (std::uint32_t number = 0;; ++number) {
    bool taken = false;
    for (const GpuInstance& instance : gpu.instances) {
      if (instance.used == 0) continue;
      for (const ComputeInstance& compute : instance.compute) {
        taken = taken || (compute.used != 0 && compute.number == number);
      }
    }
    if (!taken) return number;
  }
}

std::uint32_t compute_in_use(const GpuInstance& instance) {
  std::uint32_t sum = 0;
  for (const ComputeInstance& compute : instance.compute) {
    if (compute.used != 0) sum += compute.slices;
  }
  return sum;
}

}  // namespace

int find_profile(const Board& board, std::uint32_t id) {
  for (std::uint32_t i = 0; i < board.mig_profile_count; ++i) {
    if (board.mig_profiles[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

bool placement_free(const Gpu& gpu, const Board& board, const MigProfile& profile,
                    std::uint32_t start) {
  const auto* end = profile.placements + profile.placement_count;
  if (std::find(profile.placements, end, start) == end) return false;
  return std::none_of(std::begin(gpu.instances), std::end(gpu.instances), [&](const auto& other) {
    return other.used != 0 &&
           overlap(start, profile.size, other.start, profile_of(board, other).size);
  });
}

std::uint32_t remaining_capacity(const Gpu& gpu, const Board& board, const MigProfile& profile) {
  const std::uint32_t made = instances_of(gpu, board, profile);
  if (made >= profile.max) return 0;
  std::uint32_t room = 0;
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < profile.placement_count; ++i) {
    const std::uint32_t start = profile.placements[i];
    if (start < next || !placement_free(gpu, board, profile, start)) continue;
    ++room;
    next = start + profile.size;
  }
  const std::uint32_t slices = (kComputeSlices - slices_in_use(gpu, board)) / profile.slices;
  return std::min({room, slices, profile.max - made});
}

MigError create_gpu_instance(Gpu& gpu, const Board& board, std::uint32_t profile_id, int start,
                             int& slot) {
  const int index = find_profile(board, profile_id);
  if (index < 0) return MigError::invalid;
  const MigProfile& profile = board.mig_profiles[index];
  if (remaining_capacity(gpu, board, profile) == 0) return MigError::no_room;
  if (start < 0) {
    for (std::uint32_t i = 0; i < profile.placement_count && start < 0; ++i) {
      if (placement_free(gpu, board, profile, profile.placements[i])) {
        start = static_cast<int>(profile.placements[i]);
      }
    }
  } else {
    const auto* end = profile.placements + profile.placement_count;
    if (std::find(profile.placements, end, static_cast<std::uint32_t>(start)) == end) {
      return MigError::invalid;
    }
  }
  if (start < 0 || !placement_free(gpu, board, profile, static_cast<std::uint32_t>(start))) {
    return MigError::no_room;
  }
  for (std::size_t i = 0; i < kMaxGpuInstances; ++i) {
    GpuInstance& instance = gpu.instances[i];
    if (instance.used != 0) continue;
    const std::uint32_t id = free_instance_id(gpu, profile.slices == kComputeSlices);
    instance = {};
    instance.id = id;
    instance.profile = static_cast<std::uint32_t>(index);
    instance.start = static_cast<std::uint32_t>(start);
    instance.generation = ++gpu.generation;
    instance.used = 1;  // Last: a process killed here leaves no half of an instance.
    slot = static_cast<int>(i);
    return MigError::none;
  }
  return MigError::no_room;
}

MigError destroy_gpu_instance(Gpu& gpu, int slot) {
  GpuInstance& instance = gpu.instances[slot];
  if (compute_in_use(instance) > 0 || instance_busy(gpu, slot, -1)) return MigError::in_use;
  instance.used = 0;
  return MigError::none;
}

std::uint32_t compute_slices(std::uint32_t index) {
  return index < std::size(kSlicesByIndex) ? kSlicesByIndex[index] : 0;
}

std::uint32_t compute_multiprocessors(const Board& board, const MigProfile& profile,
                                      std::uint32_t slices) {
  if (slices == profile.slices) return profile.multiprocessors;
  return board.mig_profiles[0].multiprocessors * slices;
}

bool compute_placement_free(const GpuInstance& instance, std::uint32_t start,
                            std::uint32_t slices) {
  return std::none_of(std::begin(instance.compute), std::end(instance.compute),
                      [&](const ComputeInstance& other) {
                        return other.used != 0 && overlap(start, slices, other.start, other.slices);
                      });
}

std::uint32_t compute_capacity(const Gpu& gpu, const Board& board, int slot, std::uint32_t index) {
  const GpuInstance& instance = gpu.instances[slot];
  const std::uint32_t slices = compute_slices(index);
  const std::uint32_t all = profile_of(board, instance).slices;
  if (slices == 0 || slices > all) return 0;
  std::uint32_t room = 0;
  for (std::uint32_t start = 0; start + slices <= all;) {
    if (compute_placement_free(instance, start, slices)) {
      ++room;
      start += slices;
    } else {
      ++start;
    }
  }
  return room;
}

MigError create_compute_instance(Gpu& gpu, const Board& board, int slot, ComputeShare share,
                                 int& compute_slot) {
  GpuInstance& instance = gpu.instances[slot];
  const std::uint32_t slices = compute_slices(share.profile);
  int start = share.start;
  const std::uint32_t all = profile_of(board, instance).slices;
  if (slices == 0 || slices > all) return MigError::invalid;
  for (std::uint32_t at = 0; start < 0 && at + slices <= all; ++at) {
    if (compute_placement_free(instance, at, slices)) start = static_cast<int>(at);
  }
  if (start < 0) return MigError::no_room;
  if (static_cast<std::uint32_t>(start) + slices > all) return MigError::invalid;
  if (!compute_placement_free(instance, static_cast<std::uint32_t>(start), slices)) {
    return MigError::no_room;
  }
  for (std::size_t i = 0; i < kMaxComputeInstances; ++i) {
    ComputeInstance& compute = instance.compute[i];
    if (compute.used != 0) continue;
    const std::uint32_t number = free_number(gpu);
    compute = {};
    compute.id = static_cast<std::uint32_t>(i);
    compute.number = number;
    compute.profile = share.profile;
    compute.start = static_cast<std::uint32_t>(start);
    compute.slices = slices;
    compute.generation = ++gpu.generation;
    make_uuid(gpu, compute.generation, compute);
    compute.used = 1;
    compute_slot = static_cast<int>(i);
    return MigError::none;
  }
  return MigError::no_room;
}

MigError destroy_compute_instance(Gpu& gpu, int slot, int compute_slot) {
  if (instance_busy(gpu, slot, compute_slot)) return MigError::in_use;
  gpu.instances[slot].compute[compute_slot].used = 0;
  return MigError::none;
}

bool instance_busy(const Gpu& gpu, int slot, int compute_slot) {
  const auto* end = gpu.processes + gpu.process_count;
  return std::any_of(gpu.processes, end, [&](const GpuProcess& process) {
    return process.gpu_instance == slot &&
           (compute_slot < 0 || process.compute_instance == compute_slot);
  });
}

bool mig_device(const Gpu& gpu, std::uint32_t index, int& slot, int& compute_slot) {
  if (gpu.settings.mig_current == 0) return false;
  for (std::size_t i = 0; i < kMaxGpuInstances; ++i) {
    if (gpu.instances[i].used == 0) continue;
    for (std::size_t j = 0; j < kMaxComputeInstances; ++j) {
      const ComputeInstance& compute = gpu.instances[i].compute[j];
      if (compute.used == 0 || compute.number != index) continue;
      slot = static_cast<int>(i);
      compute_slot = static_cast<int>(j);
      return true;
    }
  }
  return false;
}

std::uint32_t max_mig_devices(const Board& board) {
  return board.mig_profile_count > 0 ? board.mig_profiles[0].max : 0;
}

void clear_instances(Gpu& gpu) {
  for (GpuInstance& instance : gpu.instances) instance = {};
  for (std::uint32_t i = 0; i < gpu.process_count; ++i) {
    gpu.processes[i].gpu_instance = -1;
    gpu.processes[i].compute_instance = -1;
  }
}

}  // namespace accel::sim
