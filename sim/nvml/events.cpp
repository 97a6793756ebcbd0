// Event sets: registering, waiting, freeing. Events come from the node's queue, so that every
// process sees each of them.

#include <ctime>

#include <mutex>
#include <set>
#include <vector>

#include "../node/mapping.hpp"
#include "call.hpp"
#include "session.hpp"
#include "structs_process.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

/// What the client registered for and how far it has read.
struct nvmlEventSet_st {
  struct Registration {
    std::uint32_t gpu;
    std::uint64_t types;
  };
  std::vector<Registration> registrations;
  std::uint64_t read = 0;  ///< Running number of the newest event that was seen.
};

struct nvmlSystemEventSet_st {};

namespace {

// nvmlEventType*
constexpr unsigned long long kEcc = 0x1 | 0x2;
constexpr unsigned long long kAlways = 0x4 | 0x8 | 0x10;  // P-state, XID, clock
constexpr unsigned long long kMig = 0x100;
constexpr unsigned long long kRepair = 0x200 | 0x400 | 0x800;

constexpr std::int64_t kSlice = 100'000'000;  // ns between looks while clocks may change
constexpr unsigned int kNoInstance = 0xFFFFFFFF;

std::mutex mutex;

std::set<nvmlEventSet_t>* all_sets = nullptr;
std::set<nvmlSystemEventSet_t>* all_system_sets = nullptr;

std::set<nvmlEventSet_t>& sets() {
  if (all_sets == nullptr) all_sets = new std::set<nvmlEventSet_t>();
  return *all_sets;
}

std::set<nvmlSystemEventSet_t>& system_sets() {
  if (all_system_sets == nullptr) all_system_sets = new std::set<nvmlSystemEventSet_t>();
  return *all_system_sets;
}

template <class Set>
void release(Set*& all) {
  if (all == nullptr) return;
  for (auto* each : *all) delete each;
  delete all;
  all = nullptr;
}

__attribute__((destructor)) void release_sets() {
  if (Flight::any()) return;
  release(all_sets);
  release(all_system_sets);
}

unsigned long long supported(const Board& board) {
  unsigned long long types = kAlways;
  if (board.features.ecc != 0) types |= kEcc;
  if (board.mig_profile_count > 0) types |= kMig;
  if (board.features.row_remap != 0) types |= kRepair;
  return types;
}

std::int64_t steady_now() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

unsigned int instance_of(std::int32_t number) {
  return number < 0 ? kNoInstance : static_cast<unsigned int>(number);
}

bool wanted(const nvmlEventSet_st& set, const Event& event) {
  for (const auto& registration : set.registrations) {
    if (registration.gpu == event.gpu && (registration.types & event.type) != 0) return true;
  }
  return false;
}

/// The next event for the set. Caller holds both locks.
bool next(const Node& node, nvmlEventSet_st& set, nvmlEventData_t& data) {
  const EventQueue& queue = node.events;
  // What the ring has dropped is gone.
  if (queue.last > set.read + kMaxEvents) set.read = queue.last - kMaxEvents;
  while (set.read < queue.last) {
    const Event& event = queue.ring[++set.read % kMaxEvents];
    if (!wanted(set, event)) continue;
    data = {.device = device_handle(gpus_of(node)[event.gpu]),
            .eventType = event.type,
            .eventData = event.data,
            .gpuInstanceId = instance_of(event.gpu_instance),
            .computeInstanceId = instance_of(event.compute_instance)};
    return true;
  }
  return false;
}

/// Lets time pass on the GPUs of the set, so that their clocks can change, then looks.
nvmlReturn_t look(Node& node, nvmlEventSet_t set, nvmlEventData_t& data) {
  const std::lock_guard guard(mutex);
  if (!sets().contains(set)) return NVML_ERROR_INVALID_ARGUMENT;
  const Lock lock(node);
  for (const auto& registration : set->registrations) {
    advance(node, gpus_of(node)[registration.gpu], model_time(node));
  }
  return next(node, *set, data) ? NVML_SUCCESS : NVML_ERROR_TIMEOUT;
}

nvmlReturn_t wait(const char* function, nvmlEventSet_t set, unsigned int timeout_ms,
                  nvmlEventData_t& data) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return NVML_ERROR_UNINITIALIZED;
  const nvmlReturn_t entry = on_node(function, [](Node&) { return NVML_SUCCESS; });
  if (entry != NVML_SUCCESS) return entry;
  const std::int64_t end = steady_now() + std::int64_t{timeout_ms} * 1'000'000;
  while (true) {
    const std::uint32_t seen = __atomic_load_n(&node->events.wakeup, __ATOMIC_ACQUIRE);
    const nvmlReturn_t result = look(*node, set, data);
    if (result != NVML_ERROR_TIMEOUT) return result;
    const std::int64_t left = end - steady_now();
    const bool over = left <= 0 || current_node() != node;
    if (over || __atomic_load_n(&node->retired, __ATOMIC_ACQUIRE) != 0) return result;
    wait_for_event(node->events, seen, std::min(left, kSlice));
  }
}

}  // namespace

ACCEL_NVML nvmlDeviceGetSupportedEventTypes(nvmlDevice_t device, unsigned long long* types) {
  return on_gpu(__func__, device, [&](View& v) { return put(types, supported(v.board)); });
}

ACCEL_NVML nvmlEventSetCreate(nvmlEventSet_t* set) {
  return on_node(__func__, [&](Node& node) {
    if (set == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const std::lock_guard guard(mutex);
    *set = *sets().insert(new nvmlEventSet_st()).first;
    (*set)->read = node.events.last;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlEventSetFree(nvmlEventSet_t set) {
  if (current_node() == nullptr) return traced(__func__, NVML_ERROR_UNINITIALIZED);
  const std::lock_guard guard(mutex);
  if (sets().erase(set) == 0) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  delete set;
  return traced(__func__, NVML_SUCCESS);
}

ACCEL_NVML nvmlDeviceRegisterEvents(nvmlDevice_t device, unsigned long long types,
                                    nvmlEventSet_t set) {
  std::uint32_t gpu = 0;
  const nvmlReturn_t result = on_gpu(__func__, device, [&](View& v) {
    gpu = v.gpu.index;
    return (types & ~supported(v.board)) != 0 ? NVML_ERROR_NOT_SUPPORTED : NVML_SUCCESS;
  });
  if (result != NVML_SUCCESS) return result;
  const std::lock_guard guard(mutex);
  if (!sets().contains(set)) return NVML_ERROR_INVALID_ARGUMENT;
  set->registrations.push_back({gpu, types});
  return NVML_SUCCESS;
}

ACCEL_NVML nvmlEventSetWait_v2(nvmlEventSet_t set, nvmlEventData_t* data, unsigned int timeout_ms) {
  if (data == nullptr) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  return traced(__func__, wait(__func__, set, timeout_ms, *data));
}

ACCEL_NVML nvmlEventSetWait(nvmlEventSet_t set, nvmlEventData_t* data, unsigned int timeout_ms) {
  if (data == nullptr) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  nvmlEventData_t whole_record{};
  const nvmlReturn_t result = wait(__func__, set, timeout_ms, whole_record);
  if (result == NVML_SUCCESS) {
    // The record of old clients ends before the instance numbers.
    data->device = whole_record.device;
    data->eventType = whole_record.eventType;
    data->eventData = whole_record.eventData;
  }
  return traced(__func__, result);
}

ACCEL_NVML nvmlSystemEventSetCreate(nvmlSystemEventSetCreateRequest_v1_t* request) {
  return on_node(__func__, [&](Node&) {
    if (const nvmlReturn_t bad = check_version(request, 1); bad != NVML_SUCCESS) return bad;
    const std::lock_guard guard(mutex);
    request->set = *system_sets().insert(new nvmlSystemEventSet_st()).first;
    return NVML_SUCCESS;
  });
}

/// Freeing shares its record's layout with creating.
ACCEL_NVML nvmlSystemEventSetFree(nvmlSystemEventSetCreateRequest_v1_t* request) {
  return on_node(__func__, [&](Node&) {
    if (const nvmlReturn_t bad = check_version(request, 1); bad != NVML_SUCCESS) return bad;
    const std::lock_guard guard(mutex);
    if (system_sets().erase(request->set) == 0) return NVML_ERROR_INVALID_ARGUMENT;
    delete request->set;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlSystemRegisterEvents(nvmlSystemRegisterEventRequest_v1_t* request) {
  return on_node(__func__, [&](Node&) {
    if (const nvmlReturn_t bad = check_version(request, 1); bad != NVML_SUCCESS) return bad;
    const std::lock_guard guard(mutex);
    return system_sets().contains(request->set) ? NVML_SUCCESS : NVML_ERROR_INVALID_ARGUMENT;
  });
}

ACCEL_NVML nvmlSystemEventSetWait(nvmlSystemEventSetWaitRequest_v1_t* request) {
  const nvmlReturn_t entry = on_node(__func__, [&](Node&) {
    if (const nvmlReturn_t bad = check_version(request, 1); bad != NVML_SUCCESS) return bad;
    const std::lock_guard guard(mutex);
    return system_sets().contains(request->set) ? NVML_SUCCESS : NVML_ERROR_INVALID_ARGUMENT;
  });
  if (entry != NVML_SUCCESS) return entry;
  // The simulated driver is never unbound, so the wait always ends by its time.
  const timespec span{.tv_sec = static_cast<time_t>(request->timeoutms / 1000),
                      .tv_nsec = static_cast<long>(request->timeoutms % 1000) * 1'000'000};
  ::nanosleep(&span, nullptr);
  request->numEvent = 0;
  return NVML_ERROR_TIMEOUT;
}
