// The DOT language: https://graphviz.org/doc/info/lang.html
#include <array>
#include <string_view>

#include "render/topology_drawing.hpp"
#include "render/topology_tree.hpp"
#include "render/utf8.hpp"

namespace accel::render {
namespace {

/// A quoted string; `lines` become lines of a label.
std::string quoted(const std::vector<std::string>& lines) {
  std::string text = "\"";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) text += "\\n";
    for (const char letter : printable(lines[i])) {
      if (letter == '"' || letter == '\\') text += '\\';
      text += letter;
    }
  }
  return text + '"';
}

std::string_view shape_of(BranchKind kind) {
  switch (kind) {
    case BranchKind::host_bridge: return "shape=ellipse";
    case BranchKind::bridge: return "shape=diamond";
    case BranchKind::device: return "shape=box, style=filled, fillcolor=palegreen";
    case BranchKind::nic: return "shape=box, style=filled, fillcolor=lightblue";
    default: return "shape=plaintext";
  }
}

class Graph {
 public:
  void put_branches(const Branch& parent, const std::string& above, std::size_t depth) {
    for (const Branch& branch : parent.children) put(branch, above, depth);
  }
  void put_link(const LinkLine& line) {
    const std::string to = line.to_switches ? switches(line.kind) : "d" + std::to_string(line.to);
    text_ += "  d" + std::to_string(line.from) + " -- " + to + " [label=" + quoted({line.label}) +
             ", color=forestgreen, penwidth=2];\n";
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void put(const Branch& branch, const std::string& above, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    if (branch.kind == BranchKind::numa_node) {
      text_ += indent + "subgraph cluster_" + std::to_string(clusters_++) + " {\n" + indent +
               "  label=" + quoted(branch.lines) + ";\n";
      put_branches(branch, above, depth + 1);
      text_ += indent + "}\n";
      return;
    }
    const std::string name = name_of(branch);
    text_ += indent + name + " [label=" + quoted(branch.lines) + ", ";
    text_ += shape_of(branch.kind);
    text_ += "];\n";
    if (!above.empty()) text_ += indent + above + " -- " + name + ";\n";
    put_branches(branch, name, depth);
  }

  std::string name_of(const Branch& branch) {
    if (branch.kind == BranchKind::device) return "d" + std::to_string(branch.position);
    if (branch.kind == BranchKind::nic) return "n" + std::to_string(branch.position);
    return "b" + std::to_string(bridges_++);
  }

  /// The node that stands for all switches of a kind.
  std::string switches(LinkKind kind) {
    const auto position = static_cast<std::size_t>(kind);
    std::string name = "s" + std::to_string(position);
    if (!has_switches_.at(position)) {
      has_switches_.at(position) = true;
      text_ += "  " + name + " [label=" + quoted({std::string(word_of(kind).name) + " switches"}) +
               ", shape=hexagon];\n";
    }
    return name;
  }

  std::string text_;
  int clusters_ = 0;
  int bridges_ = 0;
  std::array<bool, 3> has_switches_{};
};

}  // namespace

std::string topology_dot(const TopologyReport& report) {
  Graph graph;
  graph.put_branches(topology_tree(report.topology), "", 1);
  for (const LinkLine& line : link_lines(report.topology)) graph.put_link(line);
  const std::string title = report.simulated.empty()
                                ? ""
                                : "  label=" + quoted({"SIMULATED " + report.simulated}) + ";\n";
  return "graph topology {\n" + title + "  node [fontname=\"sans-serif\"];\n" + graph.take() +
         "}\n";
}

}  // namespace accel::render
