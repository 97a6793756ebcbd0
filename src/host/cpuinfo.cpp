#include "host/cpuinfo.hpp"

#include "host/field.hpp"

namespace accel::host {

std::string_view CpuinfoBlock::value(std::string_view key) const {
  for (const auto& [name, value] : lines_) {
    if (name == key) return value;
  }
  return {};
}

std::vector<CpuinfoBlock> parse_cpuinfo(std::string_view text) {
  std::vector<CpuinfoBlock> blocks;
  CpuinfoBlock block;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (trimmed(line).empty()) {
      if (!block.empty()) blocks.push_back(std::exchange(block, {}));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    block.add(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  }
  if (!block.empty()) blocks.push_back(std::move(block));
  return blocks;
}

}  // namespace accel::host
