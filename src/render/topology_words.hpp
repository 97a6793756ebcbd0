// How levels, links and devices of a topology are called: short in a matrix, in words in a legend.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/topology.hpp"

namespace accel::render {

/// What `accel topo` found. Pure facts: no device is asked while it is shown.
struct TopologyReport {
  std::string simulated;  ///< name of the scenario; empty on a real machine
  Topology topology;
  std::vector<Error> problems;  ///< what went wrong while looking for accelerators
};

struct LevelWord {
  TopologyLevel level;
  std::string_view code;  ///< "PIX": those of nvidia-smi, where it has one
  std::string_view meaning;
};
struct LinkWord {
  LinkKind kind;
  std::string_view code;  ///< "NV", followed by the number of lanes
  std::string_view name;  ///< "NVLink"
};
[[nodiscard]] std::span<const LevelWord> level_words();
[[nodiscard]] std::span<const LinkWord> link_words();

/// "PIX"; "?" where the level is not known.
[[nodiscard]] std::string_view code_of(const Reading<TopologyLevel>& level);
[[nodiscard]] const LinkWord& word_of(LinkKind kind);
/// "NV18"; "NV?" where the number is not known.
[[nodiscard]] std::string code_of(const PeerLink& link);
/// The link, where there is one, else the level.
[[nodiscard]] std::string code_of(const TopologyPair& pair);

/// "GPU3", "NPU0", "GPU3.1": the type and what --device takes.
[[nodiscard]] std::string device_name(const AcceleratorInfo& info);

}  // namespace accel::render
