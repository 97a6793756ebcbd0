#include "host/remote_storage.hpp"

#include <gtest/gtest.h>

namespace accel::host {
namespace {

TEST(MountKind, TellsNetworkObjectAndLocal) {
  EXPECT_EQ(to_string(mount_kind("nfs4", "server:/export")), "network");
  EXPECT_EQ(to_string(mount_kind("lustre", "10.0.0.1@tcp:/scratch")), "network");
  EXPECT_EQ(to_string(mount_kind("beegfs", "beegfs_nodev")), "network");
  EXPECT_EQ(to_string(mount_kind("fuse.s3fs", "s3fs")), "object");
  EXPECT_EQ(to_string(mount_kind("ext4", "/dev/sda1")), "local");
  for (const char* type : {"nfs", "cifs", "smb3", "ceph", "gpfs", "fuse.glusterfs"}) {
    EXPECT_EQ(mount_kind(type, ""), MountKind::network) << type;
  }
  for (const char* type : {"fuse.goofys", "fuse.mount-s3", "fuse.rclone", "fuse.gcsfuse",
                           "fuse.blobfuse", "fuse.blobfuse2"}) {
    EXPECT_EQ(mount_kind(type, ""), MountKind::object) << type;
  }
}

TEST(MountKind, TellsAPlainFuseMountByItsSource) {
  EXPECT_EQ(mount_kind("fuse", "mountpoint-s3"), MountKind::object);
  EXPECT_EQ(mount_kind("fuse", "blobfuse2"), MountKind::object);
  EXPECT_EQ(mount_kind("fuse", "something"), MountKind::pseudo);
}

TEST(MountKind, CallsTheKernelsOwnFileSystemsPseudo) {
  for (const char* type : {"proc", "tmpfs", "overlay", "cgroup2", "autofs", "fuse.lxcfs"}) {
    EXPECT_EQ(mount_kind(type, type), MountKind::pseudo) << type;
  }
}

TEST(RemotePlace, PartsServerAndExport) {
  const auto nfs = remote_place("nfs4", "fileserver.lab:/export/home");
  EXPECT_EQ(nfs.server, "fileserver.lab");
  EXPECT_EQ(nfs.exported, "/export/home");

  const auto six = remote_place("nfs", "[fe80::1]:/data");
  EXPECT_EQ(six.server, "[fe80::1]");
  EXPECT_EQ(six.exported, "/data");

  const auto lustre = remote_place("lustre", "10.0.0.1@tcp:10.0.0.2@tcp:/scratch");
  EXPECT_EQ(lustre.server, "10.0.0.1@tcp:10.0.0.2@tcp");
  EXPECT_EQ(lustre.exported, "/scratch");

  const auto windows = remote_place("cifs", "//nas/models/llm");
  EXPECT_EQ(windows.server, "nas");
  EXPECT_EQ(windows.exported, "/models/llm");

  const auto gluster = remote_place("fuse.glusterfs", "gfs1:/vol0");
  EXPECT_EQ(gluster.server, "gfs1");
  EXPECT_EQ(gluster.exported, "/vol0");
}

TEST(RemotePlace, NamesABucketOnlyWhereTheSourceDoes) {
  EXPECT_EQ(remote_place("fuse.gcsfuse", "training-data").exported, "training-data");
  EXPECT_EQ(remote_place("fuse.s3fs", "s3fs").exported, "") << "the program's own name";
  EXPECT_EQ(remote_place("gpfs", "gpfs0").server, "");
}

TEST(Credentials, AreNotShown) {
  EXPECT_EQ(without_credentials("//user:secret@nas/share"), "//user@nas/share");
  EXPECT_EQ(without_credentials("//user%secret@nas/share"), "//user@nas/share");
  EXPECT_EQ(without_credentials("https://key:secret@host/bucket"), "https://key@host/bucket");
  EXPECT_EQ(without_credentials("https://key:se@cret@host/b"), "https://key@host/b");
  EXPECT_EQ(remote_place("cifs", "//user:secret@nas/share").server, "user@nas");
}

TEST(Credentials, LeaveOtherSourcesAlone) {
  for (const char* source : {"10.0.0.1@tcp:10.0.0.2@tcp:/scratch", "server:/export",
                             "user@host:/home", "/dev/sda1", "", "@", "//", "//@/"}) {
    EXPECT_EQ(without_credentials(source), source);
  }
}

}  // namespace
}  // namespace accel::host
