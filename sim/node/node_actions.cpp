#include "node_actions.hpp"

#include <algorithm>

#include "../model/physics.hpp"
#include "../model/xid.hpp"
#include "../tree/card_refresh.hpp"
#include "../tree/tree.hpp"
#include "state_dir.hpp"

namespace accel::sim {
namespace {

bool matches_gpu(const Node& node, std::string_view selector) {
  const auto gpus = gpus_of(node);
  return std::any_of(gpus.begin(), gpus.end(),
                     [&](const Gpu& gpu) { return selects(selector, gpu); });
}

bool matches_card(const Node& node, std::string_view selector) {
  const auto cards = cards_of(node);
  return std::any_of(cards.begin(), cards.end(),
                     [&](const Card& card) { return selects(selector, card.gpu); });
}

bool matches_any(const Node& node, std::string_view selector) {
  return selector.empty() || selector == "*" || matches_gpu(node, selector) ||
         matches_card(node, selector);
}

/// Some faults are those of NVIDIA's library, which the other vendors' cards do without.
bool is_of_a_library(FaultKind kind) {
  return kind == FaultKind::symbol_missing || kind == FaultKind::crash || kind == FaultKind::xid ||
         kind == FaultKind::mismatch;
}

/// Whether a device is meant by both.
bool meet(const Node& node, std::string_view a, std::string_view b) {
  const auto both = [&](const Gpu& gpu) { return selects(a, gpu) && selects(b, gpu); };
  const auto gpus = gpus_of(node);
  const auto cards = cards_of(node);
  return std::any_of(gpus.begin(), gpus.end(), both) ||
         std::any_of(cards.begin(), cards.end(), [&](const Card& card) { return both(card.gpu); });
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
    if (is_of_a_library(fault.kind) && !matches_gpu(node, fault.selector.view())) {
      return {Fail::invalid, std::string(fault_name(fault.kind)) + ": '" + std::string(device) +
                                 "' is read through files; this is a fault of NVIDIA's library"};
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
  refresh_cards(node, opened.root);
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
      return fault.selector.view() != "*" && meet(node, device, fault.selector.view());
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
  refresh_cards(node, opened.root);
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
  refresh_cards(node, opened.root);
  return {};
}

}  // namespace accel::sim
