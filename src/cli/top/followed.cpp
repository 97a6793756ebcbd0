#include "cli/top/followed.hpp"

#include <algorithm>
#include <utility>

namespace accel::cli::top {

Followed::Identity Followed::identity(const AcceleratorInfo& info) {
  const bool has_place = info.pci_address && info.parent.empty();
  return {info.uuid, has_place ? info.pci_address->text() : std::string()};
}

bool Followed::Identity::is(const Identity& other) const {
  return uuid == other.uuid || (!place.empty() && place == other.place);
}

void Followed::choose() {
  positions_.clear();
  const auto devices = system_.devices();
  if (asked_.empty()) {
    for (std::size_t i = 0; i < devices.size(); ++i) positions_.push_back(i);
    return;
  }
  for (const Identity& wanted : asked_) {
    const auto found = std::ranges::find_if(
        devices, [&](const AcceleratorInfo* info) { return wanted.is(identity(*info)); });
    if (found == devices.end()) continue;
    positions_.push_back(static_cast<std::size_t>(found - devices.begin()));
  }
}

Result<void> Followed::discover() {
  system_.discover();
  states_.clear();
  if (std::exchange(is_first_, false)) {
    auto chosen = context_.chosen(system_);
    if (!chosen) return chosen.error();
    positions_ = std::move(*chosen);
    if (!context_.settings.devices.empty()) {
      const auto devices = system_.devices();
      for (const std::size_t position : positions_) {
        asked_.push_back(identity(*devices[position]));
      }
    }
  } else {
    choose();
  }
  watch_.emplace(system_);
  return {};
}

std::vector<std::string> Followed::refresh() {
  std::vector<DeviceSample> lost;
  const auto devices = system_.devices();
  for (std::size_t i = 0; i < std::min(states_.size(), positions_.size()); ++i) {
    if (states_[i] != DeviceState::lost) continue;
    DeviceSample& sample = lost.emplace_back();
    sample.info = devices[positions_[i]];
    sample.state = states_[i];
  }
  const auto changes = watch_->refresh(lost);
  if (!watch_->is_new()) return {};
  states_.clear();
  choose();
  std::vector<std::string> texts;
  for (const DeviceChange& change : changes) {
    const bool is_shown =
        asked_.empty() || std::ranges::find(asked_, change.uuid, &Identity::uuid) != asked_.end();
    if (is_shown) texts.push_back(change.text);
  }
  return texts;
}

}  // namespace accel::cli::top
