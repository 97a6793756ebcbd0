#include "card_faults.hpp"

#include <unistd.h>

#include <functional>
#include <string>

namespace accel::sim {
namespace {

bool is_meant(const Fault& fault, const Card& card) {
  const bool is_ours = fault.pid == 0 || fault.pid == static_cast<std::uint32_t>(::getpid());
  return is_ours && selects(fault.selector.view(), card.gpu);
}

bool bites(const Fault& fault, const Card& card, std::int64_t now) {
  const bool is_over = fault.until != 0 && fault.until <= now;
  return !is_over && fault.after == 0 && is_meant(fault, card);
}

/// Whether the fault is on that file: without one named, on all.
bool names(const Fault& fault, std::string_view file) {
  const std::string_view wanted = fault.function.view();
  if (wanted.empty() || wanted == file) return true;
  return file.size() > wanted.size() && file.substr(file.size() - wanted.size()) == wanted &&
         file[file.size() - wanted.size() - 1] == '/';
}

}  // namespace

CardFaults::CardFaults(const Node& node, const Card& card, std::int64_t now) {
  for (std::uint32_t i = 0; i < node.fault_count; ++i) {
    const Fault& fault = node.faults[i];
    if (!bites(fault, card, now)) continue;
    switch (fault.kind) {
      case FaultKind::lost: is_lost_ = true; break;
      case FaultKind::hung: is_hung_ = true; continue;
      case FaultKind::slow: delay_ += fault.value; continue;
      case FaultKind::no_permission:
      case FaultKind::not_supported:
      case FaultKind::garbage: on_files_.push_back(&fault); break;
      default: continue;  // The others are those of a library.
    }
    fingerprint_ = fingerprint_ * 31 + std::hash<std::string>{}(fault_text(fault)) + 1;
  }
}

void count_reading(Node& node, const Card& card) {
  for (std::uint32_t i = 0; i < node.fault_count; ++i) {
    Fault& fault = node.faults[i];
    if (fault.after > 0 && is_meant(fault, card)) --fault.after;
  }
}

CardFaults::Spoilt CardFaults::spoilt(std::string_view name) const {
  for (const Fault* fault : on_files_) {
    if (!names(*fault, name)) continue;
    if (fault->kind == FaultKind::not_supported) return Spoilt::missing;
    return fault->kind == FaultKind::garbage ? Spoilt::garbage : Spoilt::unreadable;
  }
  return Spoilt::no;
}

}  // namespace accel::sim
