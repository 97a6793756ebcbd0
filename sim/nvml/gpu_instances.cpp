// GPU instances of MIG: profiles, placements, making and removing them.

#include <cstring>
#include <string>

#include "call.hpp"
#include "mig_answer.hpp"
#include "structs_mig.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kProfileCount = 18;  // NVML_GPU_INSTANCE_PROFILE_COUNT of NVML 13

/// Profiles can be asked for without MIG mode from this driver on (field 199 says so).
constexpr char kQueryWithoutMode[] = "550.40.07";

nvmlReturn_t ready(const View& v) {
  if (v.board.mig_profile_count == 0) return NVML_ERROR_NOT_SUPPORTED;
  const bool query = v.gpu.settings.mig_current != 0 || driver_from(v.node, kQueryWithoutMode);
  return query ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
}

const MigProfile* profile_at(const Board& board, unsigned int index) {
  for (std::uint32_t i = 0; i < board.mig_profile_count; ++i) {
    if (board.mig_profiles[i].index == index) return &board.mig_profiles[i];
  }
  return nullptr;
}

/// Runs `body` with the profile at this position of the driver's loop.
template <class F>
nvmlReturn_t with_index(const View& v, unsigned int index, F body) {
  if (index >= kProfileCount) return NVML_ERROR_INVALID_ARGUMENT;
  if (const nvmlReturn_t bad = ready(v); bad != NVML_SUCCESS) return bad;
  const MigProfile* profile = profile_at(v.board, index);
  return profile != nullptr ? body(*profile) : NVML_ERROR_NOT_SUPPORTED;
}

/// Runs `body` with the profile of this identifier.
template <class F>
nvmlReturn_t with_id(const View& v, unsigned int id, F body) {
  if (const nvmlReturn_t bad = ready(v); bad != NVML_SUCCESS) return bad;
  const int at = find_profile(v.board, id);
  return at >= 0 ? body(v.board.mig_profiles[at]) : NVML_ERROR_INVALID_ARGUMENT;
}

template <class Info>
void fill(const MigProfile& profile, Info& info) {
  info.id = profile.id;
  info.sliceCount = profile.slices;
  info.instanceCount = profile.max;
  info.multiprocessorCount = profile.multiprocessors;
  info.copyEngineCount = profile.copy_engines;
  info.decoderCount = profile.decoders;
  info.encoderCount = profile.encoders;
  info.jpegCount = profile.jpegs;
  info.ofaCount = profile.ofas;
  info.memorySizeMB = profile.memory_mib;
}

void fill_name(const MigProfile& profile, char (&name)[96]) {
  const std::string text = "MIG " + std::string(profile.name.view());
  std::memset(name, 0, sizeof name);
  std::memcpy(name, text.data(), std::min(text.size(), sizeof name - 1));
}

/// Versions 2 and 3 have one size and other fields.
nvmlReturn_t fill_versioned(const MigProfile& profile, nvmlGpuInstanceProfileInfo_v2_t* info) {
  const unsigned int version = info->version;
  if (version == version_word<nvmlGpuInstanceProfileInfo_v2_t>(2)) {
    *info = {};
    info->version = version;
    fill(profile, *info);
    fill_name(profile, info->name);
    return NVML_SUCCESS;
  }
  if (version == version_word<nvmlGpuInstanceProfileInfo_v3_t>(3)) {
    nvmlGpuInstanceProfileInfo_v3_t third{};
    third.version = version;
    fill(profile, third);
    fill_name(profile, third.name);
    std::memcpy(static_cast<void*>(info), &third, sizeof third);
    return NVML_SUCCESS;
  }
  return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
}

nvmlReturn_t placements(const char* function, nvmlDevice_t device, unsigned int id,
                        nvmlGpuInstancePlacement_t* out, unsigned int* count) {
  return on_gpu(function, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return with_id(v, id, [&](const MigProfile& profile) {
      const unsigned int room = *count;
      *count = profile.placement_count;
      if (out == nullptr) return NVML_SUCCESS;
      if (room < *count) return NVML_ERROR_INSUFFICIENT_SIZE;
      for (std::uint32_t i = 0; i < *count; ++i) out[i] = {profile.placements[i], profile.size};
      return NVML_SUCCESS;
    });
  });
}

nvmlReturn_t create(const char* function, nvmlDevice_t device, unsigned int id, int start,
                    nvmlGpuInstance_t* instance) {
  return change_gpu(function, device, [&](View& v) {
    if (instance == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.gpu.settings.mig_current == 0) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    int slot = -1;
    const MigError error = create_gpu_instance(v.gpu, v.board, id, start, slot);
    if (error != MigError::none) return answer(error);
    *instance = gpu_instance_handle(v.gpu, slot);
    post_event(v.node, v.gpu.index, kEventMigConfig, 0);
    return NVML_SUCCESS;
  });
}

}  // namespace

ACCEL_NVML nvmlDeviceGetGpuInstanceProfileInfo(nvmlDevice_t device, unsigned int profile,
                                               nvmlGpuInstanceProfileInfo_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return with_index(v, profile, [&](const MigProfile& found) {
      *info = {};
      fill(found, *info);
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstanceProfileInfoV(nvmlDevice_t device, unsigned int profile,
                                                nvmlGpuInstanceProfileInfo_v2_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return with_index(v, profile,
                      [&](const MigProfile& found) { return fill_versioned(found, info); });
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstanceProfileInfoByIdV(nvmlDevice_t device, unsigned int id,
                                                    nvmlGpuInstanceProfileInfo_v2_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return with_id(v, id, [&](const MigProfile& found) { return fill_versioned(found, info); });
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstanceRemainingCapacity(nvmlDevice_t device, unsigned int id,
                                                     unsigned int* count) {
  return on_gpu(__func__, device, [&](View& v) {
    if (v.gpu.settings.mig_current == 0) return NVML_ERROR_NOT_SUPPORTED;
    return with_id(v, id, [&](const MigProfile& profile) {
      return put(count, remaining_capacity(v.gpu, v.board, profile));
    });
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstancePossiblePlacements_v2(nvmlDevice_t device, unsigned int id,
                                                         nvmlGpuInstancePlacement_t* out,
                                                         unsigned int* count) {
  return placements(__func__, device, id, out, count);
}
ACCEL_NVML nvmlDeviceGetGpuInstancePossiblePlacements(nvmlDevice_t device, unsigned int id,
                                                      nvmlGpuInstancePlacement_t* out,
                                                      unsigned int* count) {
  return placements(__func__, device, id, out, count);
}

ACCEL_NVML nvmlDeviceCreateGpuInstance(nvmlDevice_t device, unsigned int id,
                                       nvmlGpuInstance_t* instance) {
  return create(__func__, device, id, -1, instance);
}

ACCEL_NVML nvmlDeviceCreateGpuInstanceWithPlacement(nvmlDevice_t device, unsigned int id,
                                                    const nvmlGpuInstancePlacement_t* placement,
                                                    nvmlGpuInstance_t* instance) {
  if (placement == nullptr || placement->start > 15) {
    return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  }
  return create(__func__, device, id, static_cast<int>(placement->start), instance);
}

ACCEL_NVML nvmlGpuInstanceDestroy(nvmlGpuInstance_t instance) {
  return change_instance(__func__, instance, [&](View& v) {
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    const MigError error = destroy_gpu_instance(v.gpu, v.instance);
    if (error == MigError::none) post_event(v.node, v.gpu.index, kEventMigConfig, 0);
    return answer(error);
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstances(nvmlDevice_t device, unsigned int id,
                                     nvmlGpuInstance_t* instances, unsigned int* count) {
  return on_gpu(__func__, device, [&](View& v) {
    if (instances == nullptr || count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.gpu.settings.mig_current == 0) return NVML_ERROR_NOT_SUPPORTED;
    return with_id(v, id, [&](const MigProfile& profile) {
      *count = 0;
      for (int slot = 0; slot < static_cast<int>(kMaxGpuInstances); ++slot) {
        const GpuInstance& instance = v.gpu.instances[slot];
        if (instance.used == 0 || v.board.mig_profiles[instance.profile].id != profile.id) continue;
        // The caller's array has room for as many as the profile allows.
        instances[(*count)++] = gpu_instance_handle(v.gpu, slot);
      }
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstanceById(nvmlDevice_t device, unsigned int id,
                                        nvmlGpuInstance_t* instance) {
  return on_gpu(__func__, device, [&](View& v) {
    if (instance == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.gpu.settings.mig_current == 0) return NVML_ERROR_NOT_SUPPORTED;
    for (int slot = 0; slot < static_cast<int>(kMaxGpuInstances); ++slot) {
      if (v.gpu.instances[slot].used == 0 || v.gpu.instances[slot].id != id) continue;
      *instance = gpu_instance_handle(v.gpu, slot);
      return NVML_SUCCESS;
    }
    return NVML_ERROR_NOT_FOUND;
  });
}

ACCEL_NVML nvmlGpuInstanceGetInfo(nvmlGpuInstance_t instance, nvmlGpuInstanceInfo_t* info) {
  return on_instance(__func__, instance, [&](View& v) {
    const GpuInstance& found = v.gpu_instance();
    return put(info, nvmlGpuInstanceInfo_t{.device = device_handle(v.gpu),
                                           .id = found.id,
                                           .profileId = v.profile().id,
                                           .placement = {found.start, v.profile().size}});
  });
}
