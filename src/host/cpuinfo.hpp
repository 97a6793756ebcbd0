// The text of /proc/cpuinfo in its blocks of "key : value"; what the keys mean depends on the
// architecture and is not known here.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace accel::host {

/// What the kernel says of one processor. The views last as long as the text.
class CpuinfoBlock {
 public:
  /// Without blanks around it; empty where the block lacks the key.
  [[nodiscard]] std::string_view value(std::string_view key) const;
  [[nodiscard]] bool empty() const { return lines_.empty(); }
  void add(std::string_view key, std::string_view value) { lines_.emplace_back(key, value); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> lines_;
};

/// The blocks that a blank line or the end of the text closes. Lines without a colon are passed
/// over.
[[nodiscard]] std::vector<CpuinfoBlock> parse_cpuinfo(std::string_view text);

}  // namespace accel::host
