// Which device a selector means.
#include <algorithm>

#include "accel/system.hpp"
#include "core/system_state.hpp"

namespace accel {
namespace {

using Slots = std::vector<std::unique_ptr<DeviceSlot>>;

Error not_found(const Selector& selector) {
  return {Errc::not_found, "Device not found: " + selector.text, "`accel list` shows them", {}};
}

Result<std::size_t> by_index(const Slots& slots, const Selector& selector,
                             const Selector::Index& index) {
  bool has_device = false;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const AcceleratorInfo& info = slots[i]->info;
    if (info.global_index != index.device) continue;
    has_device = true;
    if (info.partition == index.partition) return i;
  }
  return has_device ? not_found(selector) : gpu_not_found(index.device);
}

Result<std::size_t> by_address(const Slots& slots, const Selector& selector, PciAddress address) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const AcceleratorInfo& info = slots[i]->info;
    if (info.parent.empty() && info.pci_address && *info.pci_address == address) return i;
  }
  return not_found(selector);
}

Result<std::size_t> by_uuid(const Slots& slots, const Selector& selector,
                            const Selector::Uuid& uuid) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (is_all_of(uuid, slots[i]->info.uuid)) return i;
    if (matches(uuid, slots[i]->info.uuid)) fitting.push_back(i);
  }
  if (fitting.empty()) return not_found(selector);
  if (fitting.size() == 1) return fitting.front();
  std::string names;
  for (const std::size_t i : fitting) names += (names.empty() ? "" : ", ") + slots[i]->info.uuid;
  return Error{Errc::invalid_argument,
               "Ambiguous device id: '" + selector.text + "' fits " + names,
               "write more characters",
               {}};
}

}  // namespace

Result<std::size_t> System::select(const Selector& selector) const {
  const Slots& slots = state_->devices;
  if (const auto* index = std::get_if<Selector::Index>(&selector.what)) {
    return by_index(slots, selector, *index);
  }
  if (const auto* address = std::get_if<PciAddress>(&selector.what)) {
    return by_address(slots, selector, *address);
  }
  return by_uuid(slots, selector, std::get<Selector::Uuid>(selector.what));
}

}  // namespace accel
