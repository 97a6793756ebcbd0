// The mounted file systems, as /proc/self/mountinfo lists them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace accel::host {

struct Mount {
  std::string device_number;  ///< "259:1"; "0:45" where no block device is behind it
  std::string root;           ///< the part of the file system that is mounted: "/" for all of it
  std::string mount_point;
  std::string type;     ///< "ext4", "nfs4", "fuse.s3fs"
  std::string source;   ///< "/dev/nvme0n1p1", "server:/export"
  std::string options;  ///< of the file system; may hold names of servers, and secrets
};

/// In the order of the text (proc(5)); lines that are not of its form are passed over.
[[nodiscard]] std::vector<Mount> parse_mountinfo(std::string_view text);

/// Without the escapes for blanks: "\040" is a space.
[[nodiscard]] std::string unescaped(std::string_view text);

}  // namespace accel::host
