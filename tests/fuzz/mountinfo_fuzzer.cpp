// /proc/self/mountinfo and /etc/fstab: what comes out is within bounds, and a source never shows
// a password.
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "host/fstab.hpp"
#include "host/mounts.hpp"
#include "host/remote_storage.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto& mount : accel::host::parse_mountinfo(text)) {
    require(mount.mount_point.starts_with('/') && !mount.type.empty());
    (void)accel::host::mount_kind(mount.type, mount.source);
    const auto place = accel::host::remote_place(mount.type, mount.source);
    require(place.server.size() + place.exported.size() <= mount.source.size());
    const auto clean = accel::host::without_credentials(mount.source);
    require(accel::host::without_credentials(clean) == clean);
  }
  for (const auto& entry : accel::host::parse_fstab(text)) require(!entry.type.empty());
  return 0;
}
