// Facts about the driver and the node as a whole.

#include <unistd.h>

#include <cerrno>
#include <string>

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

/// The library's own version: NVML's API number before the driver's, as in 13.580.95.05.
std::string nvml_version(const Node& node) {
  return std::to_string(node.cuda_version / 1000) + '.' + std::string(node.driver_version.view());
}

/// What a process was started as, argv[0], as `nvidia-smi` shows it. The calling process runs on
/// this node too.
nvmlReturn_t process_name(const Node& node, unsigned int pid, char* name, unsigned int length) {
  const auto cropped = [&](std::string_view text) {
    return put_text(name, length, text.substr(0, length > 0 ? length - 1 : 0));
  };
  for (const Gpu& gpu : gpus_of(node)) {
    for (std::uint32_t i = 0; i < gpu.process_count; ++i) {
      if (gpu.processes[i].pid != pid) continue;
      const std::string_view command = gpu.processes[i].command.view();
      return cropped(command.substr(0, command.find(' ')));
    }
  }
  if (pid == static_cast<unsigned int>(::getpid())) return cropped(program_invocation_name);
  return NVML_ERROR_NOT_FOUND;
}

}  // namespace

ACCEL_NVML nvmlSystemGetDriverVersion(char* version, unsigned int length) {
  return on_node(__func__,
                 [&](Node& node) { return put_text(version, length, node.driver_version.view()); });
}

ACCEL_NVML nvmlSystemGetNVMLVersion(char* version, unsigned int length) {
  return on_node(__func__,
                 [&](Node& node) { return put_text(version, length, nvml_version(node)); });
}

ACCEL_NVML nvmlSystemGetCudaDriverVersion(int* version) {
  return on_node(__func__,
                 [&](Node& node) { return put(version, static_cast<int>(node.cuda_version)); });
}

ACCEL_NVML nvmlSystemGetCudaDriverVersion_v2(int* version) {
  return on_node(__func__,
                 [&](Node& node) { return put(version, static_cast<int>(node.cuda_version)); });
}

ACCEL_NVML nvmlSystemGetDriverBranch(nvmlSystemDriverBranchInfo_v1_t* info, unsigned int length) {
  return on_node(__func__, [&](Node& node) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (info->version != version_word<nvmlSystemDriverBranchInfo_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    const auto room = static_cast<unsigned int>(sizeof info->branch);
    return put_text(info->branch, length < room ? length : room, node.driver_branch.view());
  });
}

ACCEL_NVML nvmlSystemGetProcessName(unsigned int pid, char* name, unsigned int length) {
  return on_node(__func__, [&](Node& node) {
    if (name == nullptr || length == 0) return NVML_ERROR_INVALID_ARGUMENT;
    return process_name(node, pid, name, length);
  });
}

ACCEL_NVML nvmlSystemGetHicVersion(unsigned int* count, void* entries) {
  static_cast<void>(entries);
  return on_node(__func__, [&](Node&) { return put(count, 0U); });
}

ACCEL_NVML nvmlUnitGetCount(unsigned int* count) {
  return on_node(__func__, [&](Node&) { return put(count, 0U); });
}

/// There are none: every index is beyond the last.
ACCEL_NVML nvmlUnitGetHandleByIndex(unsigned int index, nvmlUnit_t* unit) {
  static_cast<void>(index);
  static_cast<void>(unit);
  return on_node(__func__, [](Node&) { return NVML_ERROR_INVALID_ARGUMENT; });
}

ACCEL_NVML nvmlGetExcludedDeviceCount(unsigned int* count) {
  return on_node(__func__, [&](Node&) { return put(count, 0U); });
}

ACCEL_NVML nvmlGetExcludedDeviceInfoByIndex(unsigned int index, void* info) {
  static_cast<void>(index);
  static_cast<void>(info);
  return on_node(__func__, [](Node&) { return NVML_ERROR_INVALID_ARGUMENT; });
}

ACCEL_NVML nvmlSystemGetConfComputeGpusReadyState(unsigned int* ready) {
  return on_node(__func__, [&](Node&) { return put(ready, 0U); });
}
