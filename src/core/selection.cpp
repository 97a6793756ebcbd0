// Which device a selector means.
#include "core/selection.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "accel/system.hpp"
#include "base/spelling.hpp"
#include "core/system_state.hpp"

namespace accel {
namespace {

using Slots = std::vector<std::unique_ptr<DeviceSlot>>;

/// The nearest of all the ways in which the devices can be named.
std::string nearest_names(const Slots& slots, const std::string& text) {
  if (slots.empty()) return "no accelerator was detected; see `accel doctor`";
  std::vector<std::string> names;
  for (const auto& slot : slots) {
    const AcceleratorInfo& info = slot->info;
    std::string name = "GPU" + std::to_string(info.global_index);
    if (info.partition >= 0) name += "." + std::to_string(info.partition);
    names.push_back(std::move(name));
    names.push_back(info.uuid);
    if (info.pci_address && info.parent.empty()) names.push_back(info.pci_address->text());
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string suggestion = base::suggestion(text, known);
  return suggestion.empty() ? "`accel list` shows them" : suggestion;
}

Error not_found(const Slots& slots, const Selector& selector) {
  return {Errc::not_found,
          "Device not found: " + selector.text,
          nearest_names(slots, selector.text),
          {}};
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
  if (has_device) return not_found(slots, selector);
  Error error = index_not_found(selector, index);
  error.remedy = nearest_names(slots, selector.text);
  return error;
}

/// A partition shares its device's address, unless it is a virtual function and has its own.
Result<std::size_t> by_address(const Slots& slots, const Selector& selector, PciAddress address) {
  std::optional<std::size_t> part;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const AcceleratorInfo& info = slots[i]->info;
    if (!info.pci_address || *info.pci_address != address) continue;
    if (info.parent.empty()) return i;
    const auto& function = slots[i]->function;
    if (function != nullptr && function->physical_function) part = i;
  }
  return part ? Result<std::size_t>(*part) : not_found(slots, selector);
}

Result<std::size_t> by_uuid(const Slots& slots, const Selector& selector,
                            const Selector::Uuid& uuid) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (is_all_of(uuid, slots[i]->info.uuid)) return i;
    if (matches(uuid, slots[i]->info.uuid)) fitting.push_back(i);
  }
  if (fitting.empty()) return not_found(slots, selector);
  if (fitting.size() == 1) return fitting.front();
  std::string names;
  for (const std::size_t i : fitting) names += (names.empty() ? "" : ", ") + slots[i]->info.uuid;
  return Error{Errc::invalid_argument,
               "Ambiguous device id: '" + selector.text + "' fits " + names,
               "write more characters",
               {}};
}

}  // namespace

Error index_not_found(const Selector& selector, const Selector::Index& index) {
  Error error = gpu_not_found(index.device);
  if (index.device == std::numeric_limits<std::int64_t>::max()) {
    const auto digits = selector.text.find_first_of("0123456789");
    const auto number = selector.text.substr(digits, selector.text.find('.') - digits);
    error.message = "GPU with index " + number + " not found";
  }
  return error;
}

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
