// The frame around every NVML function: initialized? faults? which device? lock, advance, answer.
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>

#include "../model/node.hpp"
#include "../model/physics.hpp"
#include "../node/environment.hpp"
#include "handle.hpp"
#include "types.hpp"

#define ACCEL_NVML extern "C" __attribute__((visibility("default"))) nvmlReturn_t

namespace accel::sim::nvml {

/// A call in progress, under the node's lock. On a read with the fault `garbage`, `gpu` and `board`
/// are scrambled copies.
struct View {
  Node& node;
  Gpu& gpu;
  const Board& board;
  int instance;          ///< Slot of the GPU instance behind a MIG handle, else -1.
  int compute_instance;  ///< Slot of its compute instance, else -1.
  std::int64_t now;      ///< Model time, ns

  [[nodiscard]] bool is_mig() const { return instance >= 0; }
  [[nodiscard]] const GpuInstance& gpu_instance() const { return gpu.instances[instance]; }
  [[nodiscard]] const ComputeInstance& compute() const {
    return gpu_instance().compute[compute_instance];
  }
  [[nodiscard]] const MigProfile& profile() const {
    return board.mig_profiles[gpu_instance().profile];
  }
};

/// A reference to something callable, without a copy of it.
template <class Argument>
class CallRef {
 public:
  template <class F>
  explicit CallRef(F& f)
      : object_(&f), call_([](void* object, Argument& argument) {
          return (*static_cast<F*>(object))(argument);
        }) {}
  nvmlReturn_t operator()(Argument& argument) const { return call_(object_, argument); }

 private:
  void* object_;
  nvmlReturn_t (*call_)(void*, Argument&);
};

enum class Access { read_any, read_gpu, change };

/// Works on whatever the handle names, which must be of this kind.
nvmlReturn_t run_on_device(const char* function, const void* handle, HandleKind kind, Access access,
                           CallRef<View> body);
nvmlReturn_t run_on_node(const char* function, CallRef<Node> body);

/// Reads a GPU or a MIG device.
template <class F>
nvmlReturn_t on_device(const char* function, nvmlDevice_t device, F body) {
  return run_on_device(function, device, HandleKind::device, Access::read_any, CallRef<View>(body));
}

/// Reads a GPU; a MIG handle is not supported.
template <class F>
nvmlReturn_t on_gpu(const char* function, nvmlDevice_t device, F body) {
  return run_on_device(function, device, HandleKind::device, Access::read_gpu, CallRef<View>(body));
}

/// Changes a GPU; needs root.
template <class F>
nvmlReturn_t change_gpu(const char* function, nvmlDevice_t device, F body) {
  return run_on_device(function, device, HandleKind::device, Access::change, CallRef<View>(body));
}

/// Reads a GPU instance or compute instance.
template <class F>
nvmlReturn_t on_instance(const char* function, nvmlGpuInstance_t instance, F body) {
  return run_on_device(function, instance, HandleKind::gpu_instance, Access::read_any,
                       CallRef<View>(body));
}
template <class F>
nvmlReturn_t on_instance(const char* function, nvmlComputeInstance_t instance, F body) {
  return run_on_device(function, instance, HandleKind::compute_instance, Access::read_any,
                       CallRef<View>(body));
}

/// Changes one; needs root.
template <class F>
nvmlReturn_t change_instance(const char* function, nvmlGpuInstance_t instance, F body) {
  return run_on_device(function, instance, HandleKind::gpu_instance, Access::change,
                       CallRef<View>(body));
}
template <class F>
nvmlReturn_t change_instance(const char* function, nvmlComputeInstance_t instance, F body) {
  return run_on_device(function, instance, HandleKind::compute_instance, Access::change,
                       CallRef<View>(body));
}

/// Reads the node as a whole.
template <class F>
nvmlReturn_t on_node(const char* function, F body) {
  return run_on_node(function, CallRef<Node>(body));
}

/// Answers for a versioned structure: success when its first word is that of `version`.
template <class T>
nvmlReturn_t check_version(const T* out, unsigned int version) {
  if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  return out->version == version_word<T>(version) ? NVML_SUCCESS
                                                  : NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
}

/// Whether the simulated driver is of this release or a later one.
bool driver_from(const Node& node, std::string_view release);

/// Records a call in the file that ACCEL_SIM_TRACE names, and passes the result on.
nvmlReturn_t traced(const char* function, nvmlReturn_t result);

/// Stores an output; a null pointer is an invalid argument.
template <class T>
nvmlReturn_t put(T* out, T value) {
  if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  *out = value;
  return NVML_SUCCESS;
}

/// Copies a text with its terminator, or says that the buffer is too small.
nvmlReturn_t put_text(char* out, unsigned int length, std::string_view text);

/// A quantity as the unsigned integer that NVML passes, cut to its range.
unsigned int whole(double value);
unsigned long long whole_long(double value);

/// ns to µs.
constexpr long long micros(std::int64_t ns) { return ns / 1000; }

}  // namespace accel::sim::nvml
