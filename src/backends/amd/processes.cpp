#include "backends/amd/processes.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "core/process_lookup.hpp"

namespace accel::amd {
namespace {

using base::Dir;

constexpr std::array<std::string_view, 2> kDrivers{"amdgpu", "radeon"};
constexpr std::array<std::string_view, 1> kMemory{"vram"};

// amdgpu_ip_name in drivers/gpu/drm/amd/amdgpu/amdgpu_fdinfo.c.
constexpr std::array kSplitVideo{
    DrmVocabulary::Engine{"gfx", EngineUse::graphics},
    DrmVocabulary::Engine{"compute", EngineUse::compute},
    DrmVocabulary::Engine{"enc", EngineUse::encoding},
    DrmVocabulary::Engine{"enc_1", EngineUse::encoding},
    DrmVocabulary::Engine{"dec", EngineUse::decoding},
};
/// One engine does both, and the driver calls it "enc".
constexpr std::array kUnifiedVideo{
    DrmVocabulary::Engine{"gfx", EngineUse::graphics},
    DrmVocabulary::Engine{"compute", EngineUse::compute},
    DrmVocabulary::Engine{"enc", EngineUse::encoding},
    DrmVocabulary::Engine{"enc", EngineUse::decoding},
};

DrmVocabulary vocabulary(bool unified_video) {
  DrmVocabulary words{kDrivers, kSplitVideo, kMemory};
  if (unified_video) words.engines = kUnifiedVideo;
  words.omits_unused = true;  // amdgpu_show_fdinfo in the same file
  return words;
}

std::vector<std::string> render_node(const KfdNode& node) {
  if (!node.render_minor) return {};
  return {"/dev/dri/renderD" + std::to_string(*node.render_minor)};
}

Absence untold_share(const std::string& source) {
  return {ReadingStatus::unsupported,
          source + ": the driver does not tell engine time of compute queues", ""};
}

AcceleratorProcess unknown_process(std::int64_t pid, ProcessLookup& lookup,
                                   const std::string& source) {
  AcceleratorProcess process;
  process.pid = pid;
  process.type = ProcessType::compute;
  const Absence untold = untold_share(source);
  for (auto* share : {&process.utilization, &process.utilization_memory_controller,
                      &process.utilization_encoder, &process.utilization_decoder}) {
    *share = {untold, source};
  }
  lookup.describe(process, Numbering::driver, "/dev/kfd");
  return process;
}

/// Whether a program of that type does both, once it is known to compute.
bool does_both(ProcessType type) {
  return type == ProcessType::graphics || type == ProcessType::compute_and_graphics;
}

/// Bytes of device memory; no program has less than none.
Result<Bytes> memory_of(const Dir& process, const std::string& file) {
  const auto used = process.integer(file);
  if (!used) return used.error();
  if (*used >= 0) return bytes(*used);
  return Error{Errc::malformed, process.source(file) + ": " + std::to_string(*used), "", {}};
}

}  // namespace

Processes::Processes(const Card& card, std::optional<KfdNode> node, bool unified_video)
    : card_(card),
      node_(std::move(node)),
      drm_({card.function().address.text(), {}}, vocabulary(unified_video)) {}

Processes::Processes(const Card& card, KfdNode node)
    : card_(card),
      node_(std::move(node)),
      drm_({card.function().address.text(), render_node(*node_), true}, vocabulary(false)) {}

Reading<std::int64_t> Processes::compute_units(const Dir& process) const {
  const Dir stats = process.child("stats_" + std::to_string(node_->gpu_id));
  const std::string source = stats.source("cu_occupancy");
  // The driver asks the GPU for it, which would wake it.
  if (const auto refusal = card_.refusal()) return {absence_of(*refusal), source};
  return {stats.integer("cu_occupancy"), source};
}

void Processes::add_compute(ProcessList& list) const {
  ProcessLookup lookup(card_.machine());
  const std::string file = "vram_" + std::to_string(node_->gpu_id);
  for (const Dir& process : Dir(card_.machine().path("/sys/class/kfd/kfd/proc")).children()) {
    const auto pid = base::parse_integer(process.name());
    if (!pid || !is_process_number(*pid) || !process.has(file)) continue;
    const std::string source = process.source(file);
    const auto used = memory_of(process, file);
    auto row = std::ranges::find(list.processes, *pid, &AcceleratorProcess::pid);
    if (row == list.processes.end()) {
      // Every program that has opened /dev/kfd has a file for every GPU.
      if (used && used->value == 0) continue;
      row = list.processes.insert(row, unknown_process(*pid, lookup, source));
      list.hidden.remove(*pid);
    }
    if (!used || used->value > 0) {
      row->type = does_both(row->type) ? ProcessType::compute_and_graphics : ProcessType::compute;
      row->compute_units = compute_units(process);
      // What the DRM side counts is the rest: compute queues are in no engine's time.
      row->utilization = {untold_share(source), source};
    }
    // Drivers differ in whether the DRM side counts what compute allocated: the larger is whole.
    const Reading<Bytes> memory = {used, source};
    if (!row->memory || (memory && *row->memory < *memory)) row->memory = memory;
  }
}

ProcessList Processes::processes() {
  ProcessList list = drm_.processes(card_.machine());
  if (node_) add_compute(list);
  std::ranges::sort(list.processes, {}, &AcceleratorProcess::pid);
  return list;
}

}  // namespace accel::amd
