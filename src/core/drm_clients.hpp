// Which programs hold a DRM device open, from what the kernel tells of their open files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "base/drm_fdinfo.hpp"

namespace accel {

/// Where a device is: its PCI address, or, for one that is not on a PCI bus, its nodes.
struct DrmPlace {
  std::string pci_address;         ///< "0000:03:00.0"
  std::vector<std::string> nodes;  ///< "/dev/dri/renderD128"
};

/// One program and the clients of the device that it holds.
struct DrmUser {
  std::int64_t pid = 0;
  std::vector<base::DrmClient> clients;
};

struct DrmUsers {
  /// By pid. A client that several programs hold (it is inherited) stands with the first.
  std::vector<DrmUser> users;
  int hidden = 0;  ///< programs, whatever they use, whose open files may not be looked at
};

/// Looks through /proc; opens no device. Only clients of the named drivers count (drm-driver).
[[nodiscard]] DrmUsers drm_users(const Machine& machine, const DrmPlace& place,
                                 std::span<const std::string_view> drivers);

}  // namespace accel
