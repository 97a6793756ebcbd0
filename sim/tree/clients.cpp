#include "clients.hpp"

#include <array>
#include <vector>

#include "../model/physics.hpp"
#include "cards.hpp"
#include "rewrite.hpp"

namespace accel::sim {
namespace {

constexpr double kXeTicks = 19'200'000;  // a second, of the clock that xe counts cycles in

/// An engine of a driver, and for whom it works.
struct Engine {
  const char* name;
  std::uint32_t capacity;
  double (*seconds)(const CardView& view, const GpuProcess& process);
};

double graphics(const CardView& v, const GpuProcess& p) {
  return p.graphics != 0 ? v.gpu.totals.busy * p.share : 0;
}
double compute(const CardView& v, const GpuProcess& p) {
  return p.graphics == 0 ? v.gpu.totals.busy * p.share : 0;
}
double decoding(const CardView& v, const GpuProcess& p) {
  return p.graphics != 0 ? v.gpu.totals.decoder_busy * p.share : 0;
}
double encoding(const CardView& v, const GpuProcess& p) {
  return p.graphics != 0 ? v.gpu.totals.encoder_busy * p.share : 0;
}
double copying(const CardView& v, const GpuProcess& p) {
  return v.gpu.totals.busy * p.share * 0.02;
}

/// How a driver tells of its clients (Documentation/gpu/drm-usage-stats.rst).
struct Vocabulary {
  const char* driver;
  const char* memory;  ///< Region of what the client holds.
  bool counts_cycles;
  std::vector<Engine> engines;
};

const Vocabulary* vocabulary_of(const CardView& view) {
  // amdgpu prints the engines that were used; the queues of its compute driver are none of them.
  static const Vocabulary amdgpu{
      "amdgpu", "vram", false, {{"gfx", 1, graphics}, {"enc", 1, encoding}, {"dma", 1, copying}}};
  static const std::vector<Engine> i915_engines{{"render", 1, graphics},
                                                {"copy", 1, copying},
                                                {"video", 2, decoding},
                                                {"compute", 1, compute}};
  static const Vocabulary i915{"i915", "local0", false, i915_engines};
  static const Vocabulary i915_inside{"i915", "system0", false, i915_engines};
  static const std::vector<Engine> xe_engines{
      {"rcs", 1, graphics}, {"bcs", 1, copying}, {"vcs", 2, decoding}, {"ccs", 1, compute}};
  static const Vocabulary xe{"xe", "vram0", true, xe_engines};
  static const Vocabulary xe_inside{"xe", "gtt", true, xe_engines};
  static const Vocabulary vpu{"intel_vpu", "memory", false, {}};
  static const Vocabulary xdna{"amdxdna_accel_driver", "memory", false, {}};
  const bool is_inside = view.product.is_integrated != 0;
  switch (view.product.driver) {
    case Driver::amdgpu: return &amdgpu;
    case Driver::i915: return is_inside ? &i915_inside : &i915;
    case Driver::xe: return is_inside ? &xe_inside : &xe;
    case Driver::intel_vpu: return &vpu;
    case Driver::amdxdna: return &xdna;
    default: return nullptr;
  }
}

std::string node_of(const CardView& view) {
  const std::string number = std::to_string(view.card.class_minor);
  switch (view.product.driver) {
    case Driver::amdgpu:
    case Driver::i915:
    case Driver::xe: return "/dev/dri/renderD" + std::to_string(128 + view.card.drm_minor);
    case Driver::intel_vpu:
    case Driver::amdxdna:
    case Driver::habanalabs: return "/dev/accel/accel" + number;
    case Driver::apex: return "/dev/apex_" + number;
    case Driver::vfio_pci: return "/dev/vfio/" + number;
  }
  return {};
}

void add(std::string& text, const std::string& key, std::int64_t value, const char* unit) {
  text += "drm-" + key + ":\t" + std::to_string(value) + unit + '\n';
}

void add_engine(std::string& text, const Vocabulary& words, const Engine& engine,
                const CardView& view, const GpuProcess& process) {
  const double seconds = engine.seconds(view, process);
  const bool is_silent = view.product.driver == Driver::amdgpu && seconds <= 0;
  if (is_silent) return;
  if (words.counts_cycles) {
    add(text, std::string("cycles-") + engine.name, whole(seconds * kXeTicks), "");
    add(text, std::string("total-cycles-") + engine.name,
        whole(static_cast<double>(view.elapsed()) * 1e-9 * kXeTicks), "");
  } else {
    add(text, std::string("engine-") + engine.name, whole(seconds * 1e9), " ns");
  }
  if (engine.capacity > 1) {
    add(text, std::string("engine-capacity-") + engine.name, engine.capacity, "");
  }
}

std::string fdinfo(const CardView& view, std::uint32_t position) {
  const GpuProcess& process = view.gpu.processes[position];
  std::string text = "pos:\t0\nflags:\t02100002\nmnt_id:\t26\nino:\t600\n";
  const Vocabulary* words = vocabulary_of(view);
  if (words == nullptr) return text;
  text += std::string("drm-driver:\t") + words->driver + '\n';
  add(text, "client-id", std::int64_t{view.gpu.index} * 64 + position + 1, "");
  text += "drm-pdev:\t" + pci_name(view.card) + '\n';
  const auto kib = static_cast<std::int64_t>(process.memory >> 10);
  const std::string region = words->memory;
  add(text, "total-" + region, kib, " KiB");
  add(text, "resident-" + region, kib, " KiB");
  if (view.product.driver == Driver::amdgpu) add(text, "memory-vram", kib, " KiB");
  for (const Engine& engine : words->engines) add_engine(text, *words, engine, view, process);
  return text;
}

/// Descriptors of different cards must differ where one program has several.
std::string descriptor(const Card& card) { return std::to_string(20 + card.gpu.index); }

std::string process_folder(const GpuProcess& process) {
  return "proc/" + std::to_string(process.pid) + '/';
}

/// Compute units that a program's work lies on at present, as its share of the load.
std::string occupancy(const CardView& view, const GpuProcess& process) {
  const double units = view.product.compute_units * view.gpu.load * process.share;
  return std::to_string(whole(units)) + '\n';
}

std::string stats_folder(const CardView& view, const GpuProcess& process) {
  return "sys/class/kfd/kfd/proc/" + std::to_string(process.pid) + "/stats_" +
         std::to_string(kfd_gpu_id(view.card, 0)) + '/';
}

bool is_of_kfd(const CardView& view, const GpuProcess& process) {
  return view.product.driver == Driver::amdgpu && process.graphics == 0;
}

/// What KFD shows of a program (drivers/gpu/drm/amd/amdkfd/kfd_process.c).
void write_kfd_process(TreeWriter& tree, const CardView& view, const GpuProcess& process) {
  const std::string dir = "sys/class/kfd/kfd/proc/" + std::to_string(process.pid) + '/';
  const std::string id = std::to_string(kfd_gpu_id(view.card, 0));
  tree.file(dir + "vram_" + id, std::to_string(process.memory) + '\n');
  tree.file(dir + "sdma_" + id, "0\n");
  tree.file(stats_folder(view, process) + "evicted_ms", "0\n");
  tree.file(stats_folder(view, process) + "cu_occupancy", occupancy(view, process));
}

}  // namespace

void write_clients(TreeWriter& tree, const Node& node) {
  for (const Card& card : cards_of(node)) {
    const CardView view(node, card);
    for (std::uint32_t i = 0; i < card.gpu.process_count; ++i) {
      const GpuProcess& process = card.gpu.processes[i];
      const std::string folder = process_folder(process);
      // As in /proc: the name of the node, not a way to it.
      tree.link(folder + "fd/" + descriptor(card), node_of(view));
      tree.file(folder + "fdinfo/" + descriptor(card), fdinfo(view, i));
      if (is_of_kfd(view, process)) write_kfd_process(tree, view, process);
    }
  }
}

void refresh_clients(const Node& node, const Card& card, const std::string& root) {
  const CardView view(node, card);
  for (std::uint32_t i = 0; i < card.gpu.process_count; ++i) {
    const GpuProcess& process = card.gpu.processes[i];
    const std::string folder = root + '/' + process_folder(process);
    rewrite(folder + "fdinfo/" + descriptor(card), fdinfo(view, i));
    if (!is_of_kfd(view, process)) continue;
    rewrite(root + '/' + stats_folder(view, process) + "cu_occupancy", occupancy(view, process));
  }
}

}  // namespace accel::sim
