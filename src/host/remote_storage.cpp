#include "host/remote_storage.hpp"

#include <algorithm>
#include <array>

namespace accel::host {
namespace {

// Types as the kernel and the FUSE programs register them; those of a program that mounts as
// plain "fuse" are told by their source (mountpoint-s3, blobfuse2, ...).
constexpr std::array<std::string_view, 22> kNetwork{
    "nfs",       "nfs4",       "cifs",   "smb3",         "smbfs",      "ceph",
    "lustre",    "gpfs",       "beegfs", "beegfs_nodev", "glusterfs",  "fuse.glusterfs",
    "fuse.ceph", "fuse.sshfs", "wekafs", "fuse.daos",    "fuse.dfuse", "pvfs2",
    "9p",        "virtiofs",   "afs",    "fuse.moosefs",
};
constexpr std::array<std::string_view, 18> kObject{
    "fuse.s3fs",   "fuse.goofys",   "fuse.mount-s3", "fuse.mountpoint-s3", "fuse.geesefs",
    "fuse.rclone", "fuse.s3ql",     "fuse.gcsfuse",  "fuse.blobfuse",      "fuse.blobfuse2",
    "fuse.ossfs",  "fuse.cosfs",    "fuse.obsfs",    "fuse.juicefs",       "fuse.riofs",
    "fuse.yas3fs", "fuse.gcsfuse2", "fuse.s3backer",
};
// Types that lie on block devices or memory devices of this host (filesystems of Linux 6.12, and
// ZFS beside it).
constexpr std::array<std::string_view, 21> kLocal{
    "ext2",    "ext3",     "ext4",  "xfs",      "btrfs", "vfat",     "msdos",
    "exfat",   "ntfs",     "ntfs3", "fuseblk",  "f2fs",  "zfs",      "udf",
    "iso9660", "squashfs", "erofs", "bcachefs", "jfs",   "reiserfs", "nilfs2",
};

template <std::size_t N>
bool is_among(std::string_view type, const std::array<std::string_view, N>& types) {
  return std::ranges::find(types, type) != types.end();
}

bool names_buckets(std::string_view type) { return mount_kind(type, {}) == MountKind::object; }

/// "10.0.0.1@tcp:10.0.0.2@tcp:/scratch": the last colon before a slash parts them.
RemotePlace split_at_path(std::string_view source) {
  const auto at = source.rfind(":/");
  if (at == std::string_view::npos) return {};
  return {std::string(source.substr(0, at)), std::string(source.substr(at + 1))};
}

/// "//server/share/folder"
RemotePlace windows_share(std::string_view source) {
  if (!source.starts_with("//")) return {};
  source.remove_prefix(2);
  const auto slash = source.find('/');
  if (slash == std::string_view::npos) return {std::string(source), {}};
  return {std::string(source.substr(0, slash)), std::string(source.substr(slash))};
}

/// "server:/volume", "server:volume", "[fe80::1]:/export"
RemotePlace host_and_path(std::string_view source) {
  const auto bracket = source.starts_with('[') ? source.find(']') : 0;
  if (bracket == std::string_view::npos) return {};
  const auto colon = source.find(':', bracket);
  if (colon == std::string_view::npos) return {};
  return {std::string(source.substr(0, colon)), std::string(source.substr(colon + 1))};
}

}  // namespace

std::string_view to_string(MountKind kind) {
  constexpr std::array<std::string_view, 4> kNames{"local", "network", "object", "pseudo"};
  return kNames.at(static_cast<std::size_t>(kind));
}

MountKind mount_kind(std::string_view type, std::string_view source) {
  if (is_among(type, kNetwork)) return MountKind::network;
  if (is_among(type, kObject)) return MountKind::object;
  if (type == "fuse") {
    const std::string named = "fuse." + std::string(source);
    if (is_among(named, kObject)) return MountKind::object;
    if (is_among(named, kNetwork)) return MountKind::network;
  }
  const bool is_local = is_among(type, kLocal) || source.starts_with("/dev/");
  return is_local ? MountKind::local : MountKind::pseudo;
}

RemotePlace remote_place(std::string_view type, std::string_view source) {
  const std::string clean = without_credentials(source);
  if (type == "cifs" || type == "smb3" || type == "smbfs") return windows_share(clean);
  if (type == "lustre" || type == "ceph" || type == "nfs" || type == "nfs4") {
    return split_at_path(clean);
  }
  if (type == "fuse.glusterfs" || type == "glusterfs" || type == "fuse.sshfs") {
    return host_and_path(clean);
  }
  if (names_buckets(type)) {
    // goofys and gcsfuse mount as their bucket, rclone as "remote:bucket"; the others put their
    // own name there, which is no bucket.
    const bool is_own_name = "fuse." + clean == type || clean.empty();
    return {{}, is_own_name ? std::string{} : clean};
  }
  return {};
}

std::string without_credentials(std::string_view source) {
  // "scheme://user:password@host", "//user:password@host/share", "user%password@host". A Lustre
  // address has an at sign as well ("10.0.0.1@tcp"), but nothing secret in front of it.
  const auto scheme = source.find("//");
  const auto start = scheme == std::string_view::npos ? 0 : scheme + 2;
  const auto authority = source.substr(start, source.find('/', start) - start);
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(source);
  const auto user = authority.substr(0, at);
  const bool is_authority = scheme != std::string_view::npos;
  const auto secret = user.find_first_of(is_authority ? ":%" : "%");
  if (secret == std::string_view::npos) return std::string(source);
  return std::string(source.substr(0, start)) + std::string(user.substr(0, secret)) +
         std::string(source.substr(start + at));
}

}  // namespace accel::host
