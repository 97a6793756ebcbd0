#include "host/numa.hpp"

#include <string>
#include <string_view>

#include "base/number.hpp"
#include "host/cpu_list.hpp"
#include "host/field.hpp"
#include "host/meminfo.hpp"

namespace accel::host {
namespace {

/// "10 21"; empty when any of it is no number.
std::vector<int> distances(const base::Dir& dir) {
  const auto text = dir.text("distance");
  if (!text) return {};
  std::vector<int> found;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto end = rest.find(' ');
    const auto word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (word.empty()) continue;
    const auto distance = base::parse_integer(word);
    if (!distance || *distance < 0 || *distance > 65535) return {};
    found.push_back(static_cast<int>(*distance));
  }
  return found;
}

/// Unlike other texts, an empty line is a fact here: a node of memory alone.
Reading<std::string> processors(const Machine& machine, const base::Dir& dir) {
  const auto source = dir.source("cpulist");
  const auto time = machine.clock->steady();
  const auto raw = base::read_file(dir.path() / "cpulist");
  if (!raw) return {absence_of(raw.error()), source, time};
  if (raw->empty()) return {unsupported(source + ": empty"), source, time};
  const auto text = trimmed(*raw);
  if (const auto list = parse_cpu_list(text); !list) {
    return {nonsense(source + ": " + list.error().message), source, time};
  }
  return {std::string(text), source, time};
}

}  // namespace

std::vector<NumaNode> read_numa_nodes(const Machine& machine) {
  std::vector<NumaNode> nodes;
  for (const auto& dir : directory(machine, "/sys/devices/system/node").children("node")) {
    const auto id = base::parse_integer(dir.name().substr(4));
    if (!id || *id < 0 || *id > 65535) continue;
    const auto meminfo = read_meminfo(machine, dir.path() / "meminfo");
    nodes.push_back({static_cast<int>(*id), processors(machine, dir), meminfo.amount("MemTotal"),
                     meminfo.amount("MemFree"), distances(dir)});
  }
  return nodes;
}

}  // namespace accel::host
