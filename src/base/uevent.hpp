// A message by which the kernel announces that a device came, went or changed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/result.hpp"

namespace accel::base {

struct Uevent {
  std::string action;     ///< add, remove, change, move, online, offline, bind, unbind
  std::string device;     ///< path below /sys: "/devices/pci0000:00/0000:00:01.0"
  std::string subsystem;  ///< "pci", "drm"
  /// All of the message, those three included.
  std::vector<std::pair<std::string, std::string>> keys;

  /// Empty where there is no such key.
  [[nodiscard]] std::string_view value(std::string_view key) const;
};

/// malformed for what is no message of the kernel (lib/kobject_uevent.c), libudev's included.
[[nodiscard]] Result<Uevent> parse_uevent(std::string_view message);

}  // namespace accel::base
