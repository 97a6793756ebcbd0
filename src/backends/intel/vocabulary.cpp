#include "backends/intel/vocabulary.hpp"

#include <array>

namespace accel::intel {
namespace {

using Engine = DrmVocabulary::Engine;

// Documentation/gpu/i915.rst and drivers/gpu/drm/i915/i915_drm_client.c: nanoseconds. The video
// engines decode and encode; nothing tells which of the two.
constexpr std::array<std::string_view, 1> kI915{"i915"};
constexpr std::array kI915Engines{
    Engine{"compute", EngineUse::compute}, Engine{"render", EngineUse::graphics},
    Engine{"copy", EngineUse::copying},    Engine{"video", EngineUse::decoding},
    Engine{"video", EngineUse::encoding},  Engine{"video-enhance", EngineUse::media}};
constexpr std::array<std::string_view, 2> kI915Own{"local0", "local1"};
constexpr std::array<std::string_view, 1> kI915Shared{"system0"};

// drivers/gpu/drm/xe/xe_drm_client.c: cycles.
constexpr std::array<std::string_view, 1> kXe{"xe"};
constexpr std::array kXeEngines{
    Engine{"ccs", EngineUse::compute},  Engine{"rcs", EngineUse::graphics},
    Engine{"bcs", EngineUse::copying},  Engine{"vcs", EngineUse::decoding},
    Engine{"vcs", EngineUse::encoding}, Engine{"vecs", EngineUse::media}};
constexpr std::array<std::string_view, 2> kXeOwn{"vram0", "vram1"};
constexpr std::array<std::string_view, 2> kXeShared{"system", "gtt"};

// drivers/accel/ivpu/ivpu_drv.c: drm-total-memory and so on, no engines.
constexpr std::array<std::string_view, 1> kNpu{"intel_vpu"};
constexpr std::array<std::string_view, 1> kNpuShared{"memory"};

}  // namespace

DrmVocabulary vocabulary_of(const Place& place, bool is_discrete) {
  using Names = std::span<const std::string_view>;
  const bool is_xe = place.driver() == "xe";
  if (is_xe || place.driver() == "i915") {
    DrmVocabulary gpu;
    gpu.drivers = is_xe ? Names(kXe) : kI915;
    gpu.engines = is_xe ? std::span<const Engine>(kXeEngines) : kI915Engines;
    if (is_discrete) {
      gpu.memory = is_xe ? Names(kXeOwn) : kI915Own;
    } else {
      gpu.memory = is_xe ? Names(kXeShared) : kI915Shared;
    }
    gpu.counts_all_work = true;
    return gpu;
  }
  DrmVocabulary npu{kNpu, {}, kNpuShared};
  npu.otherwise = ProcessType::compute;
  return npu;
}

DrmPlace drm_place_of(const Place& place) { return {place.function.address.text(), place.nodes}; }

}  // namespace accel::intel
