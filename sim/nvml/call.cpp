#include "call.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../node/mapping.hpp"
#include "faults.hpp"
#include "session.hpp"

namespace accel::sim::nvml {
namespace {

int trace_file() {
  static const int fd = [] {
    const std::string path = environment("ACCEL_SIM_TRACE");
    if (path.empty()) return -1;
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }();
  return fd;
}

nvmlReturn_t run_garbage(const View& view, CallRef<View> body) {
  Gpu gpu = view.gpu;
  Board board = view.board;
  scramble(gpu, board);
  View copy{view.node, gpu, board, view.instance, view.compute_instance, view.now};
  return body(copy);
}

nvmlReturn_t run_locked(Node& node, const Target& target, bool garbage, Access access,
                        CallRef<View> body) {
  const Lock lock(node);
  Gpu& gpu = gpus_of(node)[target.gpu];
  const std::int64_t now = model_time(node);
  advance(node, gpu, now);
  View view{node, gpu, board_of(node, gpu), target.instance, target.compute_instance, now};
  if (!still_there(gpu, target)) return NVML_ERROR_INVALID_ARGUMENT;
  if (garbage && access != Access::change) return run_garbage(view, body);
  const nvmlReturn_t result = body(view);
  if (access == Access::change && result == NVML_SUCCESS) settle(node, gpu);
  return result;
}

nvmlReturn_t device_call(const char* function, const void* handle, HandleKind kind, Access access,
                         CallRef<View> body) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return NVML_ERROR_UNINITIALIZED;
  Target target;
  if (!decode(handle, kind, target) || target.gpu >= node->gpu_count) {
    return NVML_ERROR_INVALID_ARGUMENT;
  }
  const Bite bite = bite_of_faults(*node, &gpus_of(*node)[target.gpu], function);
  if (bite.result != NVML_SUCCESS) return bite.result;
  const bool mig_device = kind == HandleKind::device && target.instance >= 0;
  if (access != Access::read_any && mig_device) return NVML_ERROR_NOT_SUPPORTED;
  return run_locked(*node, target, bite.garbage, access, body);
}

nvmlReturn_t node_call(const char* function, CallRef<Node> body) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return NVML_ERROR_UNINITIALIZED;
  const Bite bite = bite_of_faults(*node, nullptr, function);
  if (bite.result != NVML_SUCCESS) return bite.result;
  const Lock lock(*node);
  return body(*node);
}

}  // namespace

nvmlReturn_t run_on_device(const char* function, const void* handle, HandleKind kind, Access access,
                           CallRef<View> body) {
  return traced(function, device_call(function, handle, kind, access, body));
}

nvmlReturn_t run_on_node(const char* function, CallRef<Node> body) {
  return traced(function, node_call(function, body));
}

bool driver_from(const Node& node, std::string_view release) {
  return version_number(node.driver_version.view()) >= version_number(release);
}

nvmlReturn_t traced(const char* function, nvmlReturn_t result) {
  const int fd = trace_file();
  if (fd >= 0) {
    char line[160];
    const int length = std::snprintf(line, sizeof line, "%d %s %d\n", ::getpid(), function,
                                     static_cast<int>(result));
    [[maybe_unused]] const ssize_t written = ::write(fd, line, static_cast<std::size_t>(length));
  }
  return result;
}

nvmlReturn_t put_text(char* out, unsigned int length, std::string_view text) {
  if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  if (length <= text.size()) return NVML_ERROR_INSUFFICIENT_SIZE;
  std::memcpy(out, text.data(), text.size());
  out[text.size()] = '\0';
  return NVML_SUCCESS;
}

unsigned int whole(double value) {
  if (!(value > 0)) return value < 0 ? static_cast<unsigned int>(std::llround(value)) : 0;
  return value >= 4294967295.0 ? 0xFFFFFFFFU : static_cast<unsigned int>(std::llround(value));
}

unsigned long long whole_long(double value) {
  if (!(value > 0)) return 0;
  return value >= 1.8e19 ? 0xFFFFFFFFFFFFFFFFU : static_cast<unsigned long long>(value);
}

}  // namespace accel::sim::nvml
