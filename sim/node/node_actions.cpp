#include "node_actions.hpp"

#include <algorithm>

#include "../model/physics.hpp"
#include "../model/xid.hpp"
#include "../tree/tree.hpp"
#include "state_dir.hpp"

namespace accel::sim {
namespace {

bool matches_any(const Node& node, std::string_view selector) {
  if (selector.empty() || selector == "*") return true;
  const auto gpus = gpus_of(node);
  return std::any_of(gpus.begin(), gpus.end(),
                     [&](const Gpu& gpu) { return selects(selector, gpu); });
}

bool touches_symbols(const Fault& fault) { return fault.kind == FaultKind::symbol_missing; }

}  // namespace

Problem inject(OpenNode& opened, std::string_view device, std::string_view text) {
  Node& node = opened.mapping->node();
  Fault fault{};
  std::string why;
  {
    const Lock lock(node);
    const std::string whole = std::string(device.empty() ? "*" : device) + ' ' + std::string(text);
    if (!parse_fault(whole, model_time(node), fault, why)) return {Fail::invalid, why};
    if (!matches_any(node, fault.selector.view())) {
      return {Fail::not_found, "no simulated device '" + std::string(device) + "'"};
    }
    if (fault.kind == FaultKind::xid && fault.after == 0) {
      for (Gpu& gpu : gpus_of(node)) {
        if (selects(fault.selector.view(), gpu)) {
          raise_xid(node, gpu, static_cast<std::uint32_t>(fault.value));
        }
      }
    } else {
      if (node.fault_count == kMaxFaults) return {Fail::invalid, "too many faults; clear some"};
      node.faults[node.fault_count] = fault;
      ++node.fault_count;
      ++node.tree_generation;
    }
  }
  refresh_tree(node, opened.root);
  return touches_symbols(fault) ? place_libraries(opened) : Problem{};
}

Problem clear(OpenNode& opened, std::string_view device) {
  Node& node = opened.mapping->node();
  bool symbols = false;
  {
    const Lock lock(node);
    if (!matches_any(node, device)) {
      return {Fail::not_found, "no simulated device '" + std::string(device) + "'"};
    }
    const bool all = device.empty() || device == "*";
    const auto gone = [&](const Fault& fault) {
      if (all) return true;
      const auto gpus = gpus_of(node);
      return fault.selector.view() != "*" &&
             std::any_of(gpus.begin(), gpus.end(), [&](const Gpu& gpu) {
               return selects(device, gpu) && selects(fault.selector.view(), gpu);
             });
    };
    for (std::uint32_t i = 0; i < node.fault_count; ++i) {
      symbols = symbols || (gone(node.faults[i]) && touches_symbols(node.faults[i]));
    }
    Fault* end = std::remove_if(node.faults, node.faults + node.fault_count, gone);
    node.fault_count = static_cast<std::uint32_t>(end - node.faults);
    for (Gpu& gpu : gpus_of(node)) {
      if (selects(device, gpu)) gpu.lost = gpu.last_xid = 0;
    }
    ++node.tree_generation;
  }
  refresh_tree(node, opened.root);
  return symbols ? place_libraries(opened) : Problem{};
}

Problem remove(OpenNode& opened) {
  __atomic_store_n(&opened.mapping->node().retired, 1U, __ATOMIC_RELEASE);
  return remove_state(opened.state_dir);
}

Problem step(OpenNode& opened, std::int64_t ns) {
  Node& node = opened.mapping->node();
  if (ns < 0) return {Fail::invalid, "time moves forward only"};
  {
    const Lock lock(node);
    step_clock(node, ns);
    for (Gpu& gpu : gpus_of(node)) advance(node, gpu, model_time(node));
  }
  refresh_tree(node, opened.root);
  return {};
}

}  // namespace accel::sim
