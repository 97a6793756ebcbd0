#include "backends/amd/processes.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

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
  if (unified_video) return {kDrivers, kUnifiedVideo, kMemory};
  return {kDrivers, kSplitVideo, kMemory};
}

AcceleratorProcess unknown_process(std::int64_t pid, ProcessLookup& lookup,
                                   const std::string& source) {
  AcceleratorProcess process;
  process.pid = pid;
  process.type = ProcessType::compute;
  Program program = lookup.program(pid);
  process.name = std::move(program.name);
  process.user = std::move(program.user);
  process.container = std::move(program.container);
  process.container_pid = std::move(program.container_pid);
  const Absence untold{ReadingStatus::unsupported,
                       source + ": the driver does not tell engine time of compute queues", ""};
  process.utilization = untold;
  return process;
}

}  // namespace

Processes::Processes(const Card& card, std::optional<KfdNode> node, bool unified_video)
    : card_(card),
      node_(std::move(node)),
      drm_({card.function().address.text(), {}}, vocabulary(unified_video)) {}

void Processes::add_compute(ProcessList& list) const {
  ProcessLookup lookup(card_.machine());
  const std::string file = "vram_" + std::to_string(node_->gpu_id);
  for (const Dir& process : Dir(card_.machine().path("/sys/class/kfd/kfd/proc")).children()) {
    const auto pid = base::parse_integer(process.name());
    if (!pid || *pid <= 0 || !process.has(file)) continue;
    const std::string source = process.source(file);
    const auto used = process.integer(file);
    auto row = std::ranges::find(list.processes, *pid, &AcceleratorProcess::pid);
    if (row == list.processes.end()) {
      // Every program that has opened /dev/kfd has a file for every GPU.
      if (used && *used == 0) continue;
      row = list.processes.insert(row, unknown_process(*pid, lookup, source));
    } else if (row->type == ProcessType::graphics && used && *used > 0) {
      row->type = ProcessType::compute_and_graphics;
    }
    // Drivers differ in whether the DRM side counts what compute allocated: the larger is whole.
    const Reading<Bytes> memory = {used ? Result<Bytes>(bytes(*used)) : Result<Bytes>(used.error()),
                                   source};
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
