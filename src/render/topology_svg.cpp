// The tree from top to bottom: NUMA nodes as frames, devices and adapters side by side at the
// bottom, and their own links below them.
#include <algorithm>
#include <map>

#include "render/svg.hpp"
#include "render/topology_drawing.hpp"
#include "render/topology_tree.hpp"
#include "render/utf8.hpp"

namespace accel::render {
namespace {

constexpr int kMargin = 16;
constexpr int kLineHeight = 14;
constexpr int kLetterWidth = 7;  // Of 11-pixel sans-serif, with some room.
constexpr int kGap = 12;
constexpr int kLevelGap = 28;
constexpr int kPadding = 6;
constexpr int kLeafLines = 3;

constexpr std::string_view kGrey = "#888888";
constexpr std::string_view kLinkColour = "#2e8b57";

std::string_view fill_of(BranchKind kind) {
  switch (kind) {
    case BranchKind::device: return "#c9f0c9";
    case BranchKind::nic: return "#cde6f7";
    case BranchKind::bridge: return "#fff3c4";
    default: return "#eeeeee";
  }
}

bool is_leaf(const Branch& branch) {
  return branch.kind == BranchKind::device || branch.kind == BranchKind::nic;
}

int box_height(std::size_t lines) { return static_cast<int>(lines) * kLineHeight + 2 * kPadding; }

int box_width(const Branch& branch) {
  std::size_t widest = 8;
  for (const auto& line : branch.lines) widest = std::max(widest, columns(printable(line)));
  return static_cast<int>(widest) * kLetterWidth + 2 * kPadding;
}

/// Bridges above the deepest device or adapter.
int depth_of(const Branch& branch) {
  int deepest = 0;
  for (const Branch& below : branch.children) deepest = std::max(deepest, depth_of(below));
  const bool counts = branch.kind == BranchKind::bridge || branch.kind == BranchKind::host_bridge;
  return deepest + (counts ? 1 : 0);
}

class Picture {
 public:
  explicit Picture(const TopologyReport& report) : report_(report) {}

  std::string draw() {
    const Branch tree = topology_tree(report_.topology);
    top_ = kMargin;
    if (!report_.simulated.empty()) top_ += 2 * kLineHeight;
    rows_top_ = top_ + 3 * kLineHeight;  // Below the captions of the NUMA nodes.
    leaf_top_ = rows_top_ + depth_of(tree) * row_height();
    for (const Branch& branch : tree.children) put_root(branch);
    const int below = put_links();
    const int width = std::max(right_ - kGap, 0) + kMargin;
    if (!report_.simulated.empty()) {
      svg_.text({width / 2, kMargin + kLineHeight}, "SIMULATED " + report_.simulated, true);
    }
    return svg_.take(width, below + kMargin);
  }

 private:
  static int row_height() { return box_height(1) + kLevelGap; }

  void put_root(const Branch& branch) {
    if (branch.kind != BranchKind::numa_node) {
      put(branch, 0);
      return;
    }
    // Drawn first, so that it lies below what stands in it.
    const int left = right_;
    right_ += kGap;
    const int inner = width_of(branch);
    const Box frame{{left, top_},
                    std::max(inner, box_width(branch)) + 2 * kGap,
                    leaf_top_ - top_ + box_height(kLeafLines) + kGap};
    svg_.box(frame, "#fafafa", kGrey);
    for (std::size_t i = 0; i < branch.lines.size(); ++i) {
      svg_.text({frame.centre(), top_ + kLineHeight * static_cast<int>(i + 1)}, branch.lines[i],
                i == 0);
    }
    for (const Branch& below : branch.children) put(below, 0);
    right_ = frame.corner.x + frame.width + kGap;
  }

  static int width_of(const Branch& branch) {
    if (is_leaf(branch)) return box_width(branch);
    int width = -kGap;
    for (const Branch& below : branch.children) width += width_of(below) + kGap;
    const bool has_box = branch.kind != BranchKind::numa_node;
    return has_box ? std::max(width, box_width(branch)) : width;
  }

  /// Its box, drawn after those below it, over whose middle it stands.
  Box put(const Branch& branch, int row) {
    if (is_leaf(branch)) return put_leaf(branch);
    const int left = right_;
    std::vector<Box> below;
    for (const Branch& child : branch.children) below.push_back(put(child, row + 1));
    const int own = box_width(branch);
    right_ = std::max(right_, left + own + kGap);
    const int centre =
        below.empty() ? left + own / 2 : (below.front().centre() + below.back().centre()) / 2;
    const Box box{
        {std::max(left, centre - own / 2), rows_top_ + row * row_height()}, own, box_height(1)};
    for (const Box& child : below) {
      svg_.line({box.centre(), box.bottom()}, {child.centre(), child.corner.y}, kGrey);
    }
    svg_.box(box, fill_of(branch.kind), kGrey);
    svg_.text({box.centre(), box.corner.y + kPadding + kLineHeight - 3}, branch.lines.front());
    return box;
  }

  Box put_leaf(const Branch& branch) {
    const Box box{{right_, leaf_top_}, box_width(branch), box_height(kLeafLines)};
    svg_.box(box, fill_of(branch.kind), kGrey);
    for (std::size_t i = 0; i < branch.lines.size() && i < kLeafLines; ++i) {
      svg_.text({box.centre(), box.corner.y + kPadding + kLineHeight * static_cast<int>(i + 1) - 3},
                branch.lines[i], i == 0);
    }
    if (branch.kind == BranchKind::device) devices_[branch.position] = box;
    right_ += box.width + kGap;
    return box;
  }

  /// Below the devices; gives back where the picture ends.
  int put_links() {
    const auto lines = link_lines(report_.topology);
    const int bottom = leaf_top_ + box_height(kLeafLines) + kGap;
    if (lines.empty()) return bottom;
    int row = 0;
    for (const LinkLine& line : lines) {
      if (line.to_switches) continue;
      const int depth = kLevelGap * (++row % 8 + 1);
      const Box& from = devices_[line.from];
      const Box& to = devices_[line.to];
      svg_.arc({from.centre(), from.bottom()}, {to.centre(), to.bottom()}, depth, kLinkColour);
      // A cubic curve whose inner points are that deep reaches three quarters of it.
      svg_.text({(from.centre() + to.centre()) / 2, from.bottom() + depth * 3 / 4 - 3}, line.label);
    }
    const int arcs_bottom = row == 0 ? bottom : bottom + kLevelGap * (std::min(row, 7) + 1);
    return put_switches(lines, arcs_bottom + kLevelGap);
  }

  /// A bar for the switches of each kind of link, with a line to each device.
  int put_switches(const std::vector<LinkLine>& lines, int top) {
    for (const LinkWord& word : link_words()) {
      std::vector<const LinkLine*> into;
      for (const LinkLine& line : lines) {
        if (line.to_switches && line.kind == word.kind) into.push_back(&line);
      }
      if (into.empty()) continue;
      const Box bar{{kMargin, top}, std::max(right_ - kGap - kMargin, 120), box_height(1)};
      for (const LinkLine* line : into) {
        const Box& device = devices_[line->from];
        svg_.line({device.centre(), device.bottom()}, {device.centre(), top}, kLinkColour);
        svg_.text({device.centre() + 16, top - 6}, line->label);
      }
      svg_.box(bar, "#d8f0e2", kLinkColour);
      svg_.text({bar.centre(), top + kPadding + kLineHeight - 3},
                std::string(word.name) + " switches", true);
      top = bar.bottom() + kLevelGap;
    }
    return top;
  }

  const TopologyReport& report_;
  Svg svg_;
  int top_ = 0;
  int rows_top_ = 0;
  int leaf_top_ = 0;
  int right_ = kMargin;  ///< where the next leaf goes
  std::map<std::size_t, Box> devices_;
};

}  // namespace

std::string topology_svg(const TopologyReport& report) { return Picture(report).draw(); }

}  // namespace accel::render
