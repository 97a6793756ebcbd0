// File systems whose data are elsewhere: which types these are, and what their sources say of
// server and export.
#pragma once

#include <string>
#include <string_view>

#include "host/mounts.hpp"

namespace accel::host {

enum class MountKind {
  local,    ///< on this host's own devices
  network,  ///< at a file server, or spread over many
  object,   ///< in a bucket
  pseudo,   ///< proc, tmpfs, overlay, ...: no storage of its own
};

[[nodiscard]] std::string_view to_string(MountKind kind);

/// By type, and by source where a program mounts as plain "fuse". `source` as in mountinfo.
[[nodiscard]] MountKind mount_kind(std::string_view type, std::string_view source);

/// Where the data are. Either is empty when the source does not tell.
struct RemotePlace {
  std::string server;
  std::string exported;
};

[[nodiscard]] RemotePlace remote_place(std::string_view type, std::string_view source);

/// The source without a password in it.
[[nodiscard]] std::string without_credentials(std::string_view source);

}  // namespace accel::host
