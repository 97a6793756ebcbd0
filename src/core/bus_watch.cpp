#include "core/bus_watch.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/dir.hpp"
#include "base/uevent.hpp"
#include "base/uevent_socket.hpp"
#include "core/pci/scan.hpp"

namespace accel {
namespace {

constexpr std::array<std::string_view, 4> kSubsystems{"pci", "drm", "accel", "misc"};
constexpr std::array<std::string_view, 5> kComings{"add", "remove", "bind", "unbind", "move"};
// i915 announces "RESET=1" (I915_RESET_UEVENT, include/uapi/drm/i915_drm.h); every driver since
// Linux 6.15 "WEDGED=<what would help>" (Documentation/gpu/drm-uapi.rst).
constexpr std::array<std::string_view, 2> kResets{"RESET", "WEDGED"};
constexpr std::chrono::nanoseconds kLongestPatience = std::chrono::minutes(10);

bool is_one_of(std::string_view text, std::span<const std::string_view> all) {
  return std::ranges::find(all, text) != all.end();
}

/// The last PCI address in a path of the kernel: the function that the device belongs to.
std::string address_in(std::string_view device) {
  std::string address;
  while (!device.empty()) {
    const auto part = device.substr(0, device.find('/'));
    device.remove_prefix(std::min(part.size() + 1, device.size()));
    // "0000:41:00.0"; a bus ("pci0000:00") has no such form.
    if (part.size() >= 12 && part[part.size() - 2] == '.' && PciAddress::parse(part)) {
      address = part;
    }
  }
  return address;
}

/// Everything by which one set of devices differs from another: what is on the bus, with which
/// driver, and the nodes of those that are on none. Wakes nothing.
std::string bus_text(const Machine& machine, std::span<const PciFunction> pci) {
  std::string text;
  for (const PciFunction& function : pci) {
    text += function.address.text() + ' ' + std::to_string(function.ids.vendor) + ' ' +
            std::to_string(function.ids.device) + ' ' + function.driver.optional().value_or("") +
            '\n';
  }
  for (const char* folder : {"/sys/class/drm", "/sys/class/accel"}) {
    for (const auto& entry : base::Dir(machine.path(folder)).children()) {
      const std::string name = entry.name();
      // Screens ("card0-DP-1") are plugged in and out, which is no change of the card.
      if (name.find('-') == std::string::npos) text += name + '\n';
    }
  }
  return text;
}

}  // namespace

BusWatch::BusWatch(const Machine& machine, std::shared_ptr<UeventSource> source,
                   DeviceWatch::Options options)
    : machine_(machine), source_(std::move(source)), options_(options) {
  if (source_ == nullptr && machine_.is_this_machine()) {
    if (auto opened = base::open_uevent_socket()) source_ = std::move(*opened);
  }
  // What happened before anybody listened is seen on the bus.
  scanned_ = machine_.clock->steady() - options_.rescan_interval;
}

void BusWatch::note(std::chrono::nanoseconds now) {
  if (!first_) first_ = now;
  last_ = now;
}

void BusWatch::take(const UeventSource::Batch& batch) {
  const auto now = machine_.clock->steady();
  if (batch.lost) note(now);
  for (const std::string& message : batch.messages) {
    const auto event = base::parse_uevent(message);
    if (!event || !is_one_of(event->subsystem, kSubsystems)) continue;
    const bool reset = std::ranges::any_of(
        kResets, [&](std::string_view key) { return !event->value(key).empty(); });
    if (!reset && !is_one_of(event->action, kComings)) continue;
    machine_.trace("kernel: " + event->action + " " + event->device);
    note(now);
    if (reset) resets_.push_back(address_in(event->device));
    must_discover_ = must_discover_ || reset || event->subsystem != "pci";
  }
}

bool BusWatch::is_suspect_due(std::chrono::nanoseconds now) {
  if (!std::exchange(suspected_, false)) {
    patience_ = {};
    return false;
  }
  const bool is_first = patience_ == std::chrono::nanoseconds{};
  if (!is_first && now - suspect_seen_ < patience_) return false;
  patience_ = std::min(std::max(2 * patience_, options_.rescan_interval), kLongestPatience);
  suspect_seen_ = now;
  return true;
}

bool BusWatch::is_due() {
  const auto now = machine_.clock->steady();
  if (source_ != nullptr) take(source_->pending());
  const bool announced = first_.has_value();
  const bool settling =
      announced && now - last_ < options_.settle_time && now - *first_ < options_.longest_settling;
  const bool nothing = !announced && now - scanned_ < options_.rescan_interval;
  if (settling || nothing) return false;
  scanned_ = now;
  first_.reset();
  const bool suspect = is_suspect_due(now);
  return std::exchange(must_discover_, false) || suspect ||
         bus_text(machine_, pci::scan(machine_)) != known_;
}

void BusWatch::accept(std::span<const PciFunction> pci) { known_ = bus_text(machine_, pci); }

}  // namespace accel
