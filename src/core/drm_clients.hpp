// Which programs hold a DRM device open, from what the kernel tells of their open files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/process.hpp"
#include "base/drm_fdinfo.hpp"

namespace accel {

/// Where a device is: its PCI address, or, for one that is not on a PCI bus, its nodes.
struct DrmPlace {
  std::string pci_address;         ///< "0000:03:00.0"
  std::vector<std::string> nodes;  ///< "/dev/dri/renderD128"
  /// It is a part of the device at that address: of the clients there, its own are those that have
  /// one of its nodes open.
  bool is_part = false;
};

/// One program and the clients of the device that it holds.
struct DrmUser {
  std::int64_t pid = 0;
  /// None where it has one of the device's nodes open, and the kernel tells nothing of the client.
  std::vector<base::DrmClient> clients;
};

struct DrmUsers {
  /// By pid. A client that several programs hold (it is inherited) stands with the first.
  std::vector<DrmUser> users;
  /// Programs, whatever they use, whose open files may not be looked at.
  HiddenPrograms hidden;
};

/// Looks through /proc; opens no device. Only clients of the named drivers count (drm-driver).
[[nodiscard]] DrmUsers drm_users(const Machine& machine, const DrmPlace& place,
                                 std::span<const std::string_view> drivers);

/// The programs that hold one of the nodes open, for a driver that tells nothing of its clients.
[[nodiscard]] DrmUsers node_users(const Machine& machine, std::span<const std::string> nodes);

}  // namespace accel
