#include "accel/device_watch.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/bus_watch.hpp"

namespace accel {
namespace {

/// A device as it was before, to be compared with the one that has its place now.
struct Seen {
  std::string uuid;
  std::string place;  ///< PCI address; empty for one that is elsewhere and for a part
  std::string driver;
  std::string name;
  bool is_lost = false;
};

/// `last` knows better than discovery which of them is lost.
std::vector<Seen> seen(const System& system, std::span<const DeviceSample> last) {
  std::vector<Seen> all;
  for (const AcceleratorInfo* info : system.devices()) {
    const std::string address = info->pci_address ? info->pci_address->text() : std::string();
    Seen one{info->uuid, info->parent.empty() ? address : std::string(), "", "",
             info->state == DeviceState::lost};
    const auto function = std::ranges::find_if(system.pci(), [&](const PciFunction& candidate) {
      return candidate.address.text() == address;
    });
    if (function != system.pci().end()) one.driver = function->driver.optional().value_or("");
    one.name = info->model.optional().value_or(info->vendor + " device");
    if (!address.empty()) one.name += " at " + address;
    const auto sampled = std::ranges::find(last, info, &DeviceSample::info);
    if (sampled != last.end()) one.is_lost = sampled->state == DeviceState::lost;
    all.push_back(std::move(one));
  }
  return all;
}

/// Without a driver a device goes by its place.
bool goes_by_place(const Seen& device) { return device.uuid == "PCI-" + device.place; }

bool is_same(const Seen& a, const Seen& b) {
  if (a.uuid == b.uuid) return true;
  return !a.place.empty() && a.place == b.place && (goes_by_place(a) || goes_by_place(b));
}

const Seen* find_same(const std::vector<Seen>& all, const Seen& wanted) {
  const auto found =
      std::ranges::find_if(all, [&](const Seen& one) { return is_same(one, wanted); });
  return found == all.end() ? nullptr : &*found;
}

std::string named(const std::string& driver) { return driver.empty() ? "none" : driver; }

class Changes {
 public:
  explicit Changes(std::chrono::nanoseconds now) : now_(now) {}

  void add(const Seen& device, DeviceChangeKind kind, const std::string& what,
           const std::string& next_step) {
    DeviceChange event;
    event.time = now_;
    event.uuid = device.uuid;
    event.kind = kind;
    event.severity = kind == DeviceChangeKind::added ? Severity::low : Severity::medium;
    event.text = device.name + ": " + what;
    event.next_step = next_step;
    events_.push_back(std::move(event));
  }
  [[nodiscard]] std::vector<DeviceChange> take() { return std::move(events_); }

 private:
  std::chrono::nanoseconds now_;
  std::vector<DeviceChange> events_;
};

std::vector<DeviceChange> differences(const std::vector<Seen>& before, const std::vector<Seen>& now,
                                      const std::vector<std::string>& resets,
                                      std::chrono::nanoseconds time) {
  Changes changes(time);
  for (const Seen& device : before) {
    if (find_same(now, device) != nullptr) continue;
    changes.add(device, DeviceChangeKind::removed, "is no longer there",
                "if nobody removed it: see the kernel log (dmesg), check power and seating");
  }
  for (const Seen& device : now) {
    const Seen* earlier = find_same(before, device);
    if (earlier == nullptr) {
      changes.add(device, DeviceChangeKind::added, "is new", "");
    } else if (earlier->driver != device.driver) {
      changes.add(device, DeviceChangeKind::driver_changed,
                  "its driver was " + named(earlier->driver) + " and is " + named(device.driver),
                  "");
    }
    const bool was_reset =
        !device.place.empty() && std::ranges::find(resets, device.place) != resets.end();
    if (!was_reset && earlier != nullptr && earlier->is_lost && !device.is_lost) {
      changes.add(device, DeviceChangeKind::reset, "answers again", "");
    }
    if (was_reset) {
      changes.add(device, DeviceChangeKind::reset, "its driver has reset it or gives it up",
                  "see the kernel log (dmesg) for what hung");
    }
  }
  return changes.take();
}

}  // namespace

std::string_view to_string(DeviceChangeKind kind) {
  constexpr std::array<std::string_view, 4> names{"added", "removed", "driver_changed", "reset"};
  return names.at(static_cast<std::size_t>(kind));
}

struct DeviceWatch::State {
  System& system;
  BusWatch bus;
  bool is_new = false;
};

DeviceWatch::DeviceWatch(System& system, std::shared_ptr<UeventSource> source, Options options)
    : state_(new State{system, BusWatch(system.machine(), std::move(source), options)}) {
  state_->bus.accept(system.pci());
}

DeviceWatch::~DeviceWatch() = default;

std::vector<DeviceChange> DeviceWatch::refresh(std::span<const DeviceSample> last) {
  State& state = *state_;
  const auto is_lost = [](const DeviceSample& sample) { return sample.state == DeviceState::lost; };
  if (std::ranges::any_of(last, is_lost)) state.bus.suspect();
  state.is_new = state.bus.is_due();
  if (!state.is_new) return {};
  const auto before = seen(state.system, last);
  state.system.discover();
  state.bus.accept(state.system.pci());
  return differences(before, seen(state.system, {}), state.bus.take_resets(),
                     state.system.machine().clock->wall());
}

bool DeviceWatch::is_new() const { return state_->is_new; }

}  // namespace accel
