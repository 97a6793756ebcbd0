// The topology that AMD's compute driver shows: a node for the host's processors, one for each GPU
// or partition, and the links between them. Forms: drivers/gpu/drm/amd/amdkfd/kfd_topology.c.

#include <vector>

#include "../node/state_dir.hpp"
#include "amdgpu_rows.hpp"
#include "cards.hpp"

namespace accel::sim {
namespace {

constexpr std::string_view kNodes = "sys/class/kfd/kfd/topology/nodes/";

// KFD_IOLINK_TYPE: 2 PCI Express, 11 xGMI. A hop of the latter weighs 15, the bus 20 and more.
constexpr int kPciLink = 2;
constexpr int kXgmiLink = 11;

/// A GPU, or one partition of it.
struct KfdNode {
  const Card* card;
  std::uint32_t partition;
  std::uint32_t partitions;
};

std::vector<KfdNode> gpu_nodes(const Node& node) {
  std::vector<KfdNode> found;
  for (const Card& card : cards_of(node)) {
    if (product_of(node, card).driver != Driver::amdgpu) continue;
    const std::uint32_t count = kPartitionCounts[card.amd.compute_partition];
    for (std::uint32_t k = 0; k < count; ++k) found.push_back({&card, k, count});
  }
  return found;
}

std::string pair(const char* name, std::uint64_t value) {
  return std::string(name) + ' ' + std::to_string(value) + '\n';
}

std::string gpu_properties(const Node& node, const KfdNode& gpu, std::uint32_t links) {
  const CardView view(node, *gpu.card);
  const std::uint64_t location =
      std::uint64_t{gpu.partition} << 28 | view.gpu.bus << 8 | view.gpu.device << 3;
  const std::uint64_t hive = view.product.has_xgmi != 0 ? node.seed * 0x9E3779B97F4A7C15U : 0;
  const std::uint32_t simds_a_unit = view.product.metrics == kMetrics17 ? 4 : 2;
  const std::uint32_t units = view.product.compute_units / gpu.partitions;
  const std::uint32_t own_node = gpu.partition <= partition_devices(view).count ? gpu.partition : 0;
  return pair("cpu_cores_count", 0) + pair("simd_count", std::uint64_t{units} * simds_a_unit) +
         pair("mem_banks_count", 1) + pair("caches_count", 0) + pair("io_links_count", links) +
         pair("p2p_links_count", 0) + pair("wave_front_size", simds_a_unit == 4 ? 64 : 32) +
         pair("simd_per_cu", simds_a_unit) + pair("gfx_target_version", view.product.gfx_target) +
         pair("vendor_id", view.board.pci_device & 0xFFFF) +
         pair("device_id", view.board.pci_device >> 16) + pair("location_id", location) +
         pair("domain", view.gpu.domain) +
         pair("drm_render_minor", 128 + std::uint64_t{view.card.drm_minor} + own_node) +
         pair("hive_id", hive) + pair("max_engine_clk_fcompute", view.board.clocks.graphics_max) +
         pair("unique_id", view.product.is_integrated != 0 ? 0 : view.card.unique_id);
}

std::string link_properties(int type, std::size_t from, std::size_t to) {
  const bool is_xgmi = type == kXgmiLink;
  return pair("type", static_cast<std::uint64_t>(type)) + pair("version_major", 0) +
         pair("version_minor", 0) + pair("node_from", from) + pair("node_to", to) +
         pair("weight", is_xgmi ? 15 : 20) + pair("min_latency", 0) + pair("max_latency", 0) +
         pair("min_bandwidth", is_xgmi ? 50'000 : 312) +
         pair("max_bandwidth", is_xgmi ? 50'000 : 64'000) + pair("recommended_transfer_size", 0) +
         pair("flags", 1);
}

/// The links of a GPU: to the processors, and, in a hive, to every other GPU.
std::vector<std::size_t> peers(const Node& node, const std::vector<KfdNode>& all, std::size_t i) {
  std::vector<std::size_t> found;
  if (product_of(node, *all[i].card).has_xgmi == 0) return found;
  for (std::size_t j = 0; j < all.size(); ++j) {
    if (j != i && product_of(node, *all[j].card).has_xgmi != 0) found.push_back(j);
  }
  return found;
}

void write_processors(TreeWriter& tree, const Node& node, std::size_t gpus) {
  const std::string dir = std::string(kNodes) + "0/";
  tree.file(dir + "gpu_id", "0\n");
  tree.file(dir + "name", "\n");
  tree.file(dir + "properties", pair("cpu_cores_count", std::uint64_t{node.host.sockets} *
                                                            node.host.cores * node.host.threads) +
                                    pair("simd_count", 0) + pair("mem_banks_count", 1) +
                                    pair("io_links_count", gpus) + pair("domain", 0));
  for (std::size_t i = 0; i < gpus; ++i) {
    tree.file(dir + "io_links/" + std::to_string(i) + "/properties",
              link_properties(kPciLink, 0, i + 1));
  }
}

void write_gpu(TreeWriter& tree, const Node& node, const std::vector<KfdNode>& all, std::size_t i) {
  const CardView view(node, *all[i].card);
  const std::string dir = std::string(kNodes) + std::to_string(i + 1) + '/';
  const auto linked = peers(node, all, i);
  tree.file(dir + "gpu_id", std::to_string(kfd_gpu_id(*all[i].card, all[i].partition)) + '\n');
  tree.file(dir + "name", "gfx\n");
  tree.file(dir + "properties",
            gpu_properties(node, all[i], static_cast<std::uint32_t>(linked.size() + 1)));
  // KFD_CRAT heap type 1: memory of the GPU that the host can see.
  tree.file(dir + "mem_banks/0/properties",
            pair("heap_type", 1) +
                pair("size_in_bytes", view.board.memory_total / all[i].partitions) +
                pair("flags", 0) + pair("width", view.board.bus_width) +
                pair("mem_clk_max", view.board.clocks.memory[0]));
  tree.file(dir + "io_links/0/properties", link_properties(kPciLink, i + 1, 0));
  for (std::size_t k = 0; k < linked.size(); ++k) {
    tree.file(dir + "io_links/" + std::to_string(k + 1) + "/properties",
              link_properties(kXgmiLink, i + 1, linked[k] + 1));
  }
}

}  // namespace

std::uint32_t kfd_gpu_id(const Card& card, std::uint32_t partition) {
  return static_cast<std::uint32_t>(card.unique_id >> 48 << 4 | (partition & 0xF)) + 1;
}

void write_kfd(TreeWriter& tree, const Node& node) {
  const auto all = gpu_nodes(node);
  if (all.empty()) return;
  tree.file("sys/class/kfd/kfd/dev", "234:0\n");
  tree.file("sys/class/kfd/kfd/topology/generation_id", "2\n");
  tree.file("dev/kfd", "");
  write_processors(tree, node, all.size());
  for (std::size_t i = 0; i < all.size(); ++i) write_gpu(tree, node, all, i);
}

void rewrite_kfd(const Node& node, const std::string& root) {
  remove_all(root + "/sys/class/kfd/kfd/topology");
  TreeWriter tree(root);
  write_kfd(tree, node);
}

}  // namespace accel::sim
