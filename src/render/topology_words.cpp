#include "render/topology_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace accel::render {
namespace {

constexpr std::array kLevels{
    LevelWord{TopologyLevel::same_device, "SELF", "partitions of one device"},
    LevelWord{TopologyLevel::same_board, "BRD", "on one board"},
    LevelWord{TopologyLevel::single_switch, "PIX", "over at most one PCI Express switch"},
    LevelWord{TopologyLevel::several_switches, "PXB", "over several PCI Express switches"},
    LevelWord{TopologyLevel::host_bridge, "PHB", "over one host bridge of a processor"},
    LevelWord{TopologyLevel::numa_node, "NODE", "over several host bridges of one NUMA node"},
    LevelWord{TopologyLevel::system, "SYS", "from one NUMA node to another"},
};

constexpr std::array kLinks{
    LinkWord{LinkKind::nvlink, "NV", "NVLink"},
    LinkWord{LinkKind::xgmi, "XG", "xGMI"},
    LinkWord{LinkKind::xe_link, "XL", "Xe-Link"},
};

}  // namespace

std::span<const LevelWord> level_words() { return kLevels; }
std::span<const LinkWord> link_words() { return kLinks; }

std::string_view code_of(const Reading<TopologyLevel>& level) {
  if (!level) return "?";
  const auto word = std::ranges::find(kLevels, *level, &LevelWord::level);
  return word == kLevels.end() ? "?" : word->code;
}

const LinkWord& word_of(LinkKind kind) {
  const auto* word = std::ranges::find(kLinks, kind, &LinkWord::kind);
  return word == kLinks.end() ? kLinks.front() : *word;
}

std::string code_of(const PeerLink& link) {
  std::string code(word_of(link.kind).code);
  code += link.lanes ? std::to_string(*link.lanes) : "?";
  return code;
}

std::string code_of(const TopologyPair& pair) {
  return pair.link ? code_of(*pair.link) : std::string(code_of(pair.level));
}

std::string device_name(const AcceleratorInfo& info) {
  std::string name(to_string(info.device_type));
  std::ranges::transform(name, name.begin(), [](unsigned char letter) {
    return static_cast<char>(std::toupper(letter));
  });
  name += std::to_string(info.global_index);
  if (info.partition >= 0) name.append(".").append(std::to_string(info.partition));
  return name;
}

}  // namespace accel::render
