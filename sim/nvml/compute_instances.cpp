// Compute instances inside a GPU instance of MIG.

#include <cstring>
#include <string>

#include "call.hpp"
#include "mig_answer.hpp"
#include "structs_mig.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kProfileCount = 9;  // NVML_COMPUTE_INSTANCE_PROFILE_COUNT of NVML 13

/// Runs `body` with the slices of the compute profile; its identifier is its position.
template <class F>
nvmlReturn_t with_profile(const View& v, unsigned int index, F body) {
  if (index >= kProfileCount) return NVML_ERROR_INVALID_ARGUMENT;
  const std::uint32_t slices = compute_slices(index);
  if (slices == 0 || slices > v.profile().slices) return NVML_ERROR_NOT_SUPPORTED;
  return body(slices);
}

template <class Info>
void fill(const View& v, unsigned int index, std::uint32_t slices, Info& info) {
  const MigProfile& profile = v.profile();
  info.id = index;
  info.sliceCount = slices;
  info.instanceCount = profile.slices / slices;
  info.multiprocessorCount = compute_multiprocessors(v.board, profile, slices);
  info.sharedCopyEngineCount = profile.copy_engines;
  info.sharedDecoderCount = profile.decoders;
  info.sharedEncoderCount = profile.encoders;
  info.sharedJpegCount = profile.jpegs;
  info.sharedOfaCount = profile.ofas;
}

/// "MIG 1c.3g.40gb", or "MIG 3g.40gb" for the profile that takes all slices.
void fill_name(const View& v, std::uint32_t slices, char (&name)[96]) {
  std::string text = "MIG ";
  if (slices != v.profile().slices) text += std::to_string(slices) + "c.";
  text += v.profile().name.view();
  std::memset(name, 0, sizeof name);
  std::memcpy(name, text.data(), std::min(text.size(), sizeof name - 1));
}

nvmlReturn_t create(const char* function, nvmlGpuInstance_t instance, unsigned int index, int start,
                    nvmlComputeInstance_t* out) {
  return change_instance(function, instance, [&](View& v) {
    if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    int slot = -1;
    const MigError error =
        create_compute_instance(v.gpu, v.board, v.instance, {index, start}, slot);
    if (error != MigError::none) return answer(error);
    *out = compute_instance_handle(v.gpu, v.instance, slot);
    post_event(v.node, v.gpu.index, kEventMigConfig, 0);
    return NVML_SUCCESS;
  });
}

nvmlComputeInstanceInfo_t info_of(const View& v) {
  const ComputeInstance& compute = v.compute();
  return {.device = device_handle(v.gpu),
          .gpuInstance = gpu_instance_handle(v.gpu, v.instance),
          .id = compute.id,
          .profileId = compute.profile,
          .placement = {compute.start, compute.slices}};
}

}  // namespace

ACCEL_NVML nvmlGpuInstanceGetComputeInstanceProfileInfo(nvmlGpuInstance_t instance,
                                                        unsigned int index, unsigned int engine,
                                                        nvmlComputeInstanceProfileInfo_t* info) {
  return on_instance(__func__, instance, [&](View& v) {
    if (info == nullptr || engine != 0) return NVML_ERROR_INVALID_ARGUMENT;
    return with_profile(v, index, [&](std::uint32_t slices) {
      fill(v, index, slices, *info);
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlGpuInstanceGetComputeInstanceProfileInfoV(
    nvmlGpuInstance_t instance, unsigned int index, unsigned int engine,
    nvmlComputeInstanceProfileInfo_v2_t* info) {
  return on_instance(__func__, instance, [&](View& v) {
    if (info == nullptr || engine != 0) return NVML_ERROR_INVALID_ARGUMENT;
    const bool third = info->version == version_word<nvmlComputeInstanceProfileInfo_v3_t>(3);
    if (!third && check_version(info, 2) != NVML_SUCCESS) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    return with_profile(v, index, [&](std::uint32_t slices) {
      fill(v, index, slices, *info);
      fill_name(v, slices, info->name);
      // Version 3 only adds a word of capabilities at the end.
      if (third) reinterpret_cast<nvmlComputeInstanceProfileInfo_v3_t*>(info)->capabilities = 0;
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlGpuInstanceGetComputeInstanceRemainingCapacity(nvmlGpuInstance_t instance,
                                                              unsigned int index,
                                                              unsigned int* count) {
  return on_instance(__func__, instance, [&](View& v) {
    return with_profile(v, index, [&](std::uint32_t) {
      return put(count, compute_capacity(v.gpu, v.board, v.instance, index));
    });
  });
}

ACCEL_NVML nvmlGpuInstanceGetComputeInstancePossiblePlacements(nvmlGpuInstance_t instance,
                                                               unsigned int index,
                                                               nvmlComputeInstancePlacement_t* out,
                                                               unsigned int* count) {
  return on_instance(__func__, instance, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return with_profile(v, index, [&](std::uint32_t slices) {
      const unsigned int room = *count;
      *count = v.profile().slices - slices + 1;
      if (out == nullptr) return NVML_SUCCESS;
      if (room < *count) return NVML_ERROR_INSUFFICIENT_SIZE;
      for (std::uint32_t start = 0; start < *count; ++start) out[start] = {start, slices};
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlGpuInstanceCreateComputeInstance(nvmlGpuInstance_t instance, unsigned int index,
                                                nvmlComputeInstance_t* out) {
  return create(__func__, instance, index, -1, out);
}

ACCEL_NVML nvmlGpuInstanceCreateComputeInstanceWithPlacement(
    nvmlGpuInstance_t instance, unsigned int index, const nvmlComputeInstancePlacement_t* placement,
    nvmlComputeInstance_t* out) {
  if (placement == nullptr || placement->start > 15) {
    return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  }
  return create(__func__, instance, index, static_cast<int>(placement->start), out);
}

ACCEL_NVML nvmlComputeInstanceDestroy(nvmlComputeInstance_t instance) {
  return change_instance(__func__, instance, [&](View& v) {
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    const MigError error = destroy_compute_instance(v.gpu, v.instance, v.compute_instance);
    if (error == MigError::none) post_event(v.node, v.gpu.index, kEventMigConfig, 0);
    return answer(error);
  });
}

ACCEL_NVML nvmlGpuInstanceGetComputeInstances(nvmlGpuInstance_t instance, unsigned int index,
                                              nvmlComputeInstance_t* out, unsigned int* count) {
  return on_instance(__func__, instance, [&](View& v) {
    if (out == nullptr || count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *count = 0;
    for (int slot = 0; slot < static_cast<int>(kMaxComputeInstances); ++slot) {
      const ComputeInstance& compute = v.gpu_instance().compute[slot];
      if (compute.used == 0 || compute.profile != index) continue;
      out[(*count)++] = compute_instance_handle(v.gpu, v.instance, slot);
    }
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlGpuInstanceGetComputeInstanceById(nvmlGpuInstance_t instance, unsigned int id,
                                                 nvmlComputeInstance_t* out) {
  return on_instance(__func__, instance, [&](View& v) {
    if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    for (int slot = 0; slot < static_cast<int>(kMaxComputeInstances); ++slot) {
      const ComputeInstance& compute = v.gpu_instance().compute[slot];
      if (compute.used == 0 || compute.id != id) continue;
      *out = compute_instance_handle(v.gpu, v.instance, slot);
      return NVML_SUCCESS;
    }
    return NVML_ERROR_NOT_FOUND;
  });
}

ACCEL_NVML nvmlComputeInstanceGetInfo_v2(nvmlComputeInstance_t instance,
                                         nvmlComputeInstanceInfo_t* info) {
  return on_instance(__func__, instance, [&](View& v) { return put(info, info_of(v)); });
}

ACCEL_NVML nvmlComputeInstanceGetInfo(nvmlComputeInstance_t instance,
                                      nvmlComputeInstanceInfo_t* info) {
  return on_instance(__func__, instance, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const nvmlComputeInstanceInfo_t whole_record = info_of(v);
    std::memcpy(static_cast<void*>(info), &whole_record, kComputeInstanceInfoSize1);
    return NVML_SUCCESS;
  });
}
