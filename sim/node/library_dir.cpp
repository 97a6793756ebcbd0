#include "library_dir.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

#include "environment_faults.hpp"
#include "symbols.hpp"

namespace accel::sim {
namespace {

constexpr char kOldDriver[] = "470.999";  // symbol-missing without a name leaves what 470 had

void add_hidden(const Fault& fault, std::vector<std::string_view>& hidden) {
  if (fault.kind != FaultKind::symbol_missing) return;
  std::string_view wanted = fault.symbol.view();
  if (wanted.empty()) wanted = fault.function.view();
  if (wanted.empty()) {
    const auto newer = symbols_after(kOldDriver);
    hidden.insert(hidden.end(), newer.begin(), newer.end());
    return;
  }
  for (const Symbol& symbol : nvml_symbols()) {
    if (symbol.name == wanted) hidden.push_back(symbol.name);
  }
}

std::vector<std::string_view> hidden_by_node(const Node& node) {
  auto hidden = symbols_after(node.driver_version.view());
  for (std::uint32_t i = 0; i < node.fault_count; ++i) add_hidden(node.faults[i], hidden);
  return hidden;
}

}  // namespace

Problem place_libraries(OpenNode& opened) {
  return place_library(opened.library, opened.state_dir + "/lib",
                       hidden_by_node(opened.mapping->node()));
}

Problem choose_library_dir(OpenNode& opened) {
  opened.library_dir = opened.state_dir + "/lib";
  std::vector<std::string_view> extra;
  for (const Fault& fault : environment_faults(0)) add_hidden(fault, extra);
  if (extra.empty()) return {};
  auto hidden = hidden_by_node(opened.mapping->node());
  hidden.insert(hidden.end(), extra.begin(), extra.end());
  std::sort(hidden.begin(), hidden.end());
  std::string all;
  for (const std::string_view name : hidden) all += std::string(name) + ' ';
  opened.library_dir += '.' + std::to_string(std::hash<std::string>{}(all));
  return place_library(opened.library, opened.library_dir, hidden);
}

}  // namespace accel::sim
