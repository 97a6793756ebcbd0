// Devices that come, go, are reset or change their driver while a System lives.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/error.hpp"
#include "accel/system.hpp"
#include "accel/uevent_source.hpp"

namespace accel {

enum class DeviceChangeKind {
  added,
  removed,
  driver_changed,  ///< bound, unbound, or bound to another
  reset,           ///< by its driver; or it did not answer, and does again
};

[[nodiscard]] std::string_view to_string(DeviceChangeKind kind);

struct DeviceChange {
  std::chrono::nanoseconds time{};  ///< wall clock
  DeviceChangeKind kind = DeviceChangeKind::added;
  Severity severity = Severity::low;
  std::string uuid;
  std::string text;       ///< "NVIDIA H200 at 0000:41:00.0: is no longer there"
  std::string next_step;  ///< what to do about it; empty where there is nothing to do
};

/// Keeps the list of devices of a System as the machine is. One thread at a time, the one that uses
/// the System; it starts no thread of its own.
class DeviceWatch {
 public:
  struct Options {
    /// How long nothing more must have been announced before the devices are looked at, since one
    /// change is announced many times; and the most to wait for that.
    std::chrono::nanoseconds settle_time = std::chrono::milliseconds(500);
    std::chrono::nanoseconds longest_settling = std::chrono::seconds(3);
    /// How often the bus is looked at when nothing was announced: containers may not be told.
    std::chrono::nanoseconds rescan_interval = std::chrono::seconds(10);
  };

  /// `system` must live longer, and may have discovered already. `source`: where the kernel's
  /// announcements come from; null: this machine's own socket (no privilege needed) if the root of
  /// the machine is "/", none otherwise, and then only the bus tells.
  DeviceWatch(System& system, std::shared_ptr<UeventSource> source, Options options);
  explicit DeviceWatch(System& system, std::shared_ptr<UeventSource> source = nullptr)
      : DeviceWatch(system, std::move(source), Options()) {}
  ~DeviceWatch();
  DeviceWatch(const DeviceWatch&) = delete;
  DeviceWatch& operator=(const DeviceWatch&) = delete;

  /// Takes in what happened and tells of each. Meant to be called before every System::sample(). As
  /// long as nothing happened it reads a socket that does not wait (microseconds), looks at the bus
  /// once in `rescan_interval` (a millisecond), and returns nothing. After a change it lets the
  /// System discover, which may take up to its discovery_deadline.
  ///
  /// Whenever it has discovered, is_new() is true until the next call, and all positions in
  /// System::devices() are new ones: global indices count the devices that are present, in the
  /// order of the bus, so that those behind a device that went move up. What stays is the uuid; a
  /// device that comes back has the same. Infos that samples of before point to stay valid until it
  /// discovers once more. Readings that need two samples are pending again.
  ///
  /// `last`: what was sampled last. A device that is lost there and still on the bus is looked for
  /// again, ever more rarely, since a reset that mends it may be announced by nobody.
  std::vector<DeviceChange> refresh(std::span<const DeviceSample> last = {});
  /// Whether the last refresh() has discovered: also without a change of the list, after a reset.
  [[nodiscard]] bool is_new() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace accel
