#include "backends/amd/kfd.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "backends/amd/lines.hpp"
#include "base/dir.hpp"

namespace accel::amd {
namespace {

using base::Dir;

constexpr std::size_t kMostProperties = 256;

/// KFD_CRAT heap types of memory that is the GPU's own: all of it visible to the host, or not.
constexpr std::array<std::uint64_t, 2> kDeviceHeaps{1, 2};

/// Wider than any; MI300X has 8192.
constexpr std::uint64_t kWidestBus = 65536;

void read_memory(KfdNode& node, const Dir& dir) {
  for (const Dir& bank : dir.child("mem_banks").children()) {
    const auto text = bank.text("properties");
    if (!text) continue;
    const KfdProperties properties = parse_kfd_properties(*text);
    const auto heap = properties.value("heap_type");
    const auto size = properties.value("size_in_bytes");
    if (!heap || !size || std::ranges::find(kDeviceHeaps, *heap) == kDeviceHeaps.end()) continue;
    if (*size > std::uint64_t{1} << 60U) continue;
    node.memory = bytes(static_cast<std::int64_t>(*size)) + node.memory.value_or(Bytes{0});
    // Every bank has the width of all of them (amdkfd/kfd_crat.c).
    const auto width = properties.value("width");
    if (width && *width > 0 && *width <= kWidestBus) {
      node.memory_bits = static_cast<std::int64_t>(*width);
    }
  }
}

/// location_id: bus, device and function in the low 16 bits, the number of the partition in the
/// highest four (drivers/gpu/drm/amd/amdkfd/kfd_topology.c).
void place(KfdNode& node, const KfdProperties& properties) {
  const std::uint64_t location = properties.value("location_id").value_or(0);
  node.address = {static_cast<std::uint16_t>(properties.value("domain").value_or(0)),
                  static_cast<std::uint8_t>(location >> 8U),
                  static_cast<std::uint8_t>((location >> 3U) & 0x1FU),
                  static_cast<std::uint8_t>(location & 0x7U)};
  node.partition = static_cast<int>((location >> 28U) & 0xFU);
}

std::optional<KfdNode> read_node(const Dir& dir) {
  const auto id = dir.text("gpu_id");
  const auto text = dir.text("properties");
  if (!id || !text) return std::nullopt;
  KfdNode node;
  const char* end = id->data() + id->size();
  // 0 is a node of CPUs.
  if (std::from_chars(id->data(), end, node.gpu_id).ptr != end || node.gpu_id == 0) {
    return std::nullopt;
  }
  const KfdProperties properties = parse_kfd_properties(*text);
  node.source = dir.source("properties");
  place(node, properties);
  if (const auto minor = properties.value("drm_render_minor"); minor && *minor < 1U << 20U) {
    node.render_minor = static_cast<int>(*minor);
  }
  const auto count = [&](std::string_view name) {
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(properties.value(name).value_or(0), 1U << 20U));
  };
  node.simd_count = count("simd_count");
  node.simd_per_cu = count("simd_per_cu");
  node.gfx_version = properties.value("gfx_target_version").value_or(0);
  node.hive_id = properties.value("hive_id").value_or(0);
  node.unique_id = properties.value("unique_id").value_or(0);
  read_memory(node, dir);
  return node;
}

}  // namespace

std::optional<std::int64_t> KfdNode::compute_units() const {
  if (simd_count <= 0 || simd_per_cu <= 0 || simd_count % simd_per_cu != 0) return std::nullopt;
  return simd_count / simd_per_cu;
}

std::string KfdNode::gfx_target() const {
  if (gfx_version < 10'000 || gfx_version > 999'999) return {};
  const auto hex = [](std::uint64_t digit) { return "0123456789abcdef"[digit & 0xFU]; };
  const std::uint64_t minor = gfx_version / 100 % 100;
  const std::uint64_t step = gfx_version % 100;
  if (minor > 15 || step > 15) return {};
  return "gfx" + std::to_string(gfx_version / 10'000) + hex(minor) + hex(step);
}

std::optional<std::uint64_t> KfdProperties::value(std::string_view name) const {
  const auto found = std::ranges::find(values, name, &std::pair<std::string, std::uint64_t>::first);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

KfdProperties parse_kfd_properties(std::string_view text) {
  KfdProperties properties;
  while (!text.empty() && properties.values.size() < kMostProperties) {
    auto line = next_line(text);
    const auto name = next_word(line);
    const auto word = next_word(line);
    std::uint64_t value = 0;
    const char* end = word.data() + word.size();
    const auto [stop, status] = std::from_chars(word.data(), end, value);
    if (status != std::errc{} || stop != end || word.empty()) continue;
    properties.values.emplace_back(name, value);
  }
  return properties;
}

std::vector<KfdNode> kfd_nodes(const Machine& machine) {
  std::vector<KfdNode> nodes;
  for (const Dir& dir : Dir(machine.path("/sys/class/kfd/kfd/topology/nodes")).children()) {
    if (auto node = read_node(dir)) nodes.push_back(std::move(*node));
  }
  std::ranges::sort(nodes, {},
                    [](const KfdNode& node) { return std::tuple(node.address, node.partition); });
  return nodes;
}

}  // namespace accel::amd
