#include "faults.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstring>
#include <ctime>
#include <mutex>
#include <span>
#include <vector>

#include "../model/xid.hpp"
#include "../node/environment_faults.hpp"
#include "../node/mapping.hpp"
#include "session.hpp"

namespace accel::sim::nvml {
namespace {

constexpr std::int64_t kHangCheck = 50'000'000;  // ns between looks whether a hang was cleared

std::mutex own_mutex;
Fault own_faults[kMaxFaults];
std::size_t own_fault_count = 0;
std::atomic<bool> has_own_faults{false};

/// What all matching faults ask for together.
struct Effects {
  Bite bite;
  std::int64_t delay = 0;
  bool hung = false;
  bool crash = false;
  bool changed = false;  ///< The tree has to follow.
};

bool starts_with(const char* text, const char* start) {
  return std::strncmp(text, start, std::strlen(start)) == 0;
}

/// Calls that only find a device: faults that spoil readings leave them alone.
bool is_lookup(const char* function) {
  return starts_with(function, "nvmlDeviceGetHandleBy") ||
         starts_with(function, "nvmlDeviceGetMigDeviceHandleByIndex") ||
         starts_with(function, "nvmlDeviceIsMigDeviceHandle");
}

bool concerns(const Fault& fault, const Gpu* gpu, const char* function, std::int64_t now) {
  if (fault.until != 0 && now >= fault.until) return false;
  if (fault.pid != 0 && fault.pid != static_cast<std::uint32_t>(::getpid())) return false;
  if (!fault.function.empty() && fault.function.view() != function) return false;
  if (gpu != nullptr) return selects(fault.selector.view(), *gpu);
  return fault.selector.view() == "*";
}

bool is_init(const char* function) { return starts_with(function, "nvmlInit"); }

void add_device_effect(const Fault& fault, const Gpu* gpu, const char* function, Bite& bite) {
  const bool named = !fault.function.empty();
  if (gpu == nullptr && !named) return;  // counting devices and the like still works
  if (is_lookup(function) && !named &&
      (fault.kind == FaultKind::not_supported || fault.kind == FaultKind::garbage)) {
    return;
  }
  switch (fault.kind) {
    case FaultKind::lost: bite.result = NVML_ERROR_GPU_IS_LOST; break;
    case FaultKind::no_permission: bite.result = NVML_ERROR_NO_PERMISSION; break;
    case FaultKind::not_supported: bite.result = NVML_ERROR_NOT_SUPPORTED; break;
    case FaultKind::garbage: bite.garbage = true; break;
    default: break;
  }
}

void add_effect(Node& node, Fault& fault, const Gpu* gpu, const char* function, Effects& effects) {
  switch (fault.kind) {
    case FaultKind::symbol_missing: break;
    case FaultKind::slow: effects.delay += fault.value; break;
    case FaultKind::hung: effects.hung = true; break;
    case FaultKind::crash: effects.crash = true; break;
    case FaultKind::mismatch:
      if (is_init(function)) effects.bite.result = NVML_ERROR_LIB_RM_VERSION_MISMATCH;
      break;
    case FaultKind::xid:
      if (fault.fired == 0 && gpu != nullptr) {
        fault.fired = 1;
        raise_xid(node, gpus_of(node)[gpu->index], static_cast<std::uint32_t>(fault.value));
        effects.changed = true;
      }
      break;
    default: add_device_effect(fault, gpu, function, effects.bite); break;
  }
}

void add_effects(Node& node, std::span<Fault> faults, const Gpu* gpu, const char* function,
                 Effects& effects) {
  const std::int64_t now = model_time(node);
  for (Fault& fault : faults) {
    if (!concerns(fault, gpu, function, now)) continue;
    if (fault.after > 0) {
      --fault.after;
      effects.changed = effects.changed || fault.after == 0;
      continue;
    }
    add_effect(node, fault, gpu, function, effects);
  }
}

Effects all_effects(Node& node, const Gpu* gpu, const char* function) {
  Effects effects;
  const Lock lock(node);
  add_effects(node, {node.faults, node.fault_count}, gpu, function, effects);
  if (has_own_faults.load(std::memory_order_relaxed)) {
    const std::lock_guard guard(own_mutex);
    add_effects(node, {own_faults, own_fault_count}, gpu, function, effects);
  }
  if (effects.changed) ++node.tree_generation;
  return effects;
}

bool any_hung(std::span<const Fault> faults, const Gpu* gpu, const char* function,
              std::int64_t now) {
  for (const Fault& fault : faults) {
    if (fault.kind == FaultKind::hung && fault.after == 0 && concerns(fault, gpu, function, now)) {
      return true;
    }
  }
  return false;
}

bool still_hung(Node& node, const Gpu* gpu, const char* function) {
  if (__atomic_load_n(&node.retired, __ATOMIC_ACQUIRE) != 0) return false;
  const Lock lock(node);
  const std::int64_t now = model_time(node);
  if (any_hung({node.faults, node.fault_count}, gpu, function, now)) return true;
  const std::lock_guard guard(own_mutex);
  return any_hung({own_faults, own_fault_count}, gpu, function, now);
}

void sleep_for(std::int64_t ns) {
  const timespec span{.tv_sec = ns / 1'000'000'000, .tv_nsec = ns % 1'000'000'000};
  ::nanosleep(&span, nullptr);
}

/// Bytes that no name should hold, but terminated.
template <std::size_t N>
void scramble_text(Text<N>& text, std::uint64_t seed) {
  for (std::size_t i = 0; i + 1 < N; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    text.bytes[i] = static_cast<char>((seed >> 56) | 1);
  }
  text.bytes[N - 1] = '\0';
}

}  // namespace

void read_environment(const Node& node) {
  const std::lock_guard guard(own_mutex);
  const std::vector<Fault> faults = environment_faults(model_time(node));
  own_fault_count = std::min(faults.size(), kMaxFaults);
  std::copy_n(faults.begin(), own_fault_count, own_faults);
  has_own_faults.store(own_fault_count > 0, std::memory_order_relaxed);
}

Bite bite_of_faults(Node& node, const Gpu* gpu, const char* function) {
  Bite bite;
  const bool lost = gpu != nullptr && gpu->lost != 0;
  if (node.fault_count > 0 || has_own_faults.load(std::memory_order_relaxed)) {
    const Effects effects = all_effects(node, gpu, function);
    if (effects.changed) follow_in_tree(node);
    if (effects.delay > 0) sleep_for(effects.delay);
    if (effects.crash) ::raise(SIGSEGV);
    while (effects.hung && still_hung(node, gpu, function)) sleep_for(kHangCheck);
    bite = effects.bite;
  }
  if (lost || (gpu != nullptr && gpu->lost != 0)) bite.result = NVML_ERROR_GPU_IS_LOST;
  return bite;
}

void scramble(Gpu& gpu, Board& board) {
  const std::uint64_t seed = gpu.seed;
  gpu.load = 42949672.95;
  gpu.memory_load = 40000;
  gpu.temperature = -2.1e9;
  gpu.memory_temperature = 2.1e9;
  gpu.power_mw = gpu.power_average_mw = 4.2e9;
  gpu.graphics_mhz = gpu.memory_mhz = 0xFFFFFFFF;
  gpu.reasons = 0xFFFFFFFFFFFFFFFF;
  gpu.pstate = 255;
  gpu.settings.power_limit_mw = 1;
  for (double& percent : gpu.fan_percent) percent = 4e9;
  gpu.totals.energy_mj = 1.8e19;
  gpu.pcie_tx_rate = gpu.pcie_rx_rate = 4e12;
  for (std::uint32_t i = 0; i < gpu.process_count; ++i) {
    gpu.processes[i].pid = 0xFFFFFFFE - i;
    gpu.processes[i].memory = 0xFFFFFFFFFFFFFF00;
  }
  board.memory_total = 0xFFFFFFFFFFFFFFF0;
  board.memory_reserved = 0xFFFFFFFFFFFFFF00;
  scramble_text(board.name, seed);
  scramble_text(board.vbios, seed + 1);
  scramble_text(board.part_number, seed + 2);
  if (!gpu.serial.empty()) scramble_text(gpu.serial, seed + 3);
}

}  // namespace accel::sim::nvml
