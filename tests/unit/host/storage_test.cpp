#include "host/storage.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "accel/host.hpp"
#include "host/mounted_disks.hpp"
#include "host_trees.hpp"
#include "storage_trees.hpp"
#include "support/clock_mover.hpp"
#include "support/gate.hpp"

namespace accel::host {
namespace {

using accel::testing::add_disk;
using accel::testing::add_nvme;
using accel::testing::add_partition;
using accel::testing::ClockMover;
using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::Gate;
using accel::testing::kSata;
using accel::testing::machine_at;

StorageInfo only(const std::vector<StorageInfo>& list) {
  EXPECT_EQ(list.size(), 1U);
  return list.empty() ? StorageInfo{} : list.front();
}

StorageInfo named(const std::vector<StorageInfo>& list, const std::string& path) {
  const auto found = std::ranges::find(list, path, &StorageInfo::device_path);
  EXPECT_NE(found, list.end()) << path;
  return found == list.end() ? StorageInfo{} : *found;
}

TEST(Storage, ReadsAnNvmeDiskWithMountedPartitions) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 3'907'029'168);
  std::string mounts;
  for (int i = 1; i <= 4; ++i) {
    const std::string n = std::to_string(i);
    add_partition(tree, "nvme0n1", "nvme0n1p" + n, "259:" + n);
    for (const char* place : {"/data", "/srv"}) {
      mounts += "30 1 259:" + n + " / " + place + n + " rw - ext4 /dev/nvme0n1p" + n + " rw\n";
    }
  }
  tree.file("proc/self/mountinfo", mounts);

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_EQ(disk.device_path, "/dev/nvme0n1");
  EXPECT_EQ(disk.capacity.optional(), bytes(2'000'398'934'016));
  EXPECT_EQ(whole_gigabytes(*disk.capacity), 2000);
  EXPECT_EQ(disk.bus_type, StorageBus::pcie);
  EXPECT_EQ(disk.device_type, StorageType::nvme_ssd);
  EXPECT_EQ(disk.model.optional(), "Samsung SSD 990 PRO 2TB");
  EXPECT_EQ(disk.serial.optional(), "S6Z2NJ0T123456");
  EXPECT_EQ(disk.firmware.optional(), "4B2QJXD7");
  EXPECT_EQ(disk.filesystem.optional(), "ext4");
  EXPECT_EQ(disk.mount_points, (std::vector<std::string>{"/data1", "/srv1", "/data2", "/srv2",
                                                         "/data3", "/srv3", "/data4", "/srv4"}));
}

TEST(Storage, OpensNoNodeOfARecordedMachine) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_EQ(disk.health.status(), ReadingStatus::unsupported);
  EXPECT_NE(disk.health.reason().find("recording"), std::string::npos);
  EXPECT_FALSE(disk.wear);
  EXPECT_FALSE(disk.power_on);
}

TEST(Storage, ShowsHealthAsTheDiskAnswers) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);
  DiskNode asked;
  const StorageProbes probes{
      [&asked](const Machine& /*machine*/, const DiskNode& node) {
        asked = node;
        return DiskHealth{StorageHealth::warning, percent(85), seconds(3600), celsius(40)};
      },
      nullptr};

  const auto disk = only(storage(machine_at(tree), probes));
  EXPECT_EQ(asked.path, "/dev/nvme0");
  EXPECT_EQ(asked.device_number, "240:0");
  EXPECT_EQ(disk.health.optional(), StorageHealth::warning);
  EXPECT_EQ(disk.wear.optional(), percent(85));
  EXPECT_EQ(disk.power_on.optional(), seconds(3600));
  EXPECT_EQ(disk.temperature.optional(), celsius(40));
}

TEST(Storage, WithoutPermissionForHealthKeepsEverythingElse) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);
  const Absence refused{ReadingStatus::no_permission, "/dev/nvme0: Permission denied", "be root"};
  const StorageProbes probes{[&refused](const Machine& /*machine*/, const DiskNode& /*node*/) {
                               return no_disk_health(refused, "/dev/nvme0");
                             },
                             nullptr};

  const auto disk = only(storage(machine_at(tree), probes));
  EXPECT_EQ(disk.health.status(), ReadingStatus::no_permission);
  EXPECT_EQ(disk.health.remedy(), "be root");
  EXPECT_EQ(disk.model.optional(), "Samsung SSD 990 PRO 2TB");
}

TEST(Storage, ReadsTheTemperatureOfTheSensorWithoutPrivileges) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);
  tree.file("sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/hwmon3/name", "nvme\n")
      .file("sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/hwmon3/temp1_input", "38850\n");

  EXPECT_EQ(only(host::storage(machine_at(tree))).temperature.optional(), millicelsius(38850));
}

TEST(Storage, DoesNotBelieveATemperatureThatNoDiskHas) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);
  tree.file("sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/hwmon3/name", "nvme\n")
      .file("sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/hwmon3/temp1_input", "65262850\n");

  EXPECT_EQ(only(host::storage(machine_at(tree))).temperature.status(), ReadingStatus::error);
}

TEST(Storage, AsksASuspendedDiskNothing) {
  FakeTree tree;
  add_disk(tree, "sda", kSata, {.rotational = 1});
  tree.file(std::string("sys/devices/") + kSata + "/power/runtime_status", "suspended\n")
      .file(std::string("sys/devices/") + kSata + "/hwmon/hwmon1/name", "drivetemp\n")
      .file(std::string("sys/devices/") + kSata + "/hwmon/hwmon1/temp1_input", "30000\n");
  bool asked = false;
  const StorageProbes probes{[&asked](const Machine& /*machine*/, const DiskNode& /*node*/) {
                               asked = true;
                               return DiskHealth{};
                             },
                             nullptr};

  const auto disk = only(storage(machine_at(tree), probes));
  EXPECT_FALSE(asked);
  EXPECT_EQ(disk.health.status(), ReadingStatus::asleep);
  EXPECT_EQ(disk.temperature.status(), ReadingStatus::asleep);
  EXPECT_EQ(disk.wear.status(), ReadingStatus::asleep);
  EXPECT_EQ(disk.model.optional(), "ST4000NM0035");

  auto awake = machine_at(tree);
  awake.wake = true;
  EXPECT_EQ(only(storage(awake, probes)).temperature.optional(), celsius(30));
  EXPECT_TRUE(asked);
}

TEST(Storage, TellsDisksByTheirPlaceAndRotation) {
  FakeTree tree;
  const std::string scsi = "pci0000:00/0000:00:1f.0/";
  add_disk(tree, "sda", scsi + "ata1/host0/target0:0:0/0:0:0:0", {.rotational = 1});
  add_disk(tree, "sdb", scsi + "ata2/host1/target1:0:0/1:0:0:0", {.rotational = 0});
  add_disk(tree, "sdc", scsi + "host2/port-2:0/end_device-2:0/target2:0:0/2:0:0:0",
           {.vendor = "SEAGATE", .rotational = 1});
  add_disk(tree, "sdd", scsi + "host2/port-2:1/end_device-2:1/target2:0:1/2:0:1:0",
           {.vendor = "KIOXIA", .rotational = 0});
  add_disk(tree, "sde", scsi + "usb2/2-1/2-1:1.0/host3/target3:0:0/3:0:0:0",
           {.vendor = "SanDisk", .rotational = 1, .removable = 1});
  add_disk(tree, "sdf", scsi + "virtio3/host4/target4:0:0/4:0:0:0",
           {.vendor = "QEMU", .rotational = 1});

  const auto disks = host::storage(machine_at(tree));
  EXPECT_EQ(named(disks, "/dev/sda").device_type, StorageType::hdd);
  EXPECT_EQ(named(disks, "/dev/sda").bus_type, StorageBus::sata);
  EXPECT_EQ(named(disks, "/dev/sdb").device_type, StorageType::sata_ssd);
  EXPECT_EQ(named(disks, "/dev/sdc").device_type, StorageType::hdd);
  EXPECT_EQ(named(disks, "/dev/sdc").bus_type, StorageBus::sas);
  EXPECT_EQ(named(disks, "/dev/sdd").device_type, StorageType::ssd);
  EXPECT_EQ(named(disks, "/dev/sde").device_type, StorageType::other)
      << "a stick claims to rotate as well";
  EXPECT_EQ(named(disks, "/dev/sde").bus_type, StorageBus::usb);
  EXPECT_TRUE(named(disks, "/dev/sde").removable);
  EXPECT_EQ(named(disks, "/dev/sdf").device_type, StorageType::virtual_disk);
  EXPECT_EQ(named(disks, "/dev/sdf").bus_type, StorageBus::virtio);
}

TEST(Storage, CallsAVirtioDiskVirtualThoughItClaimsToRotate) {
  FakeTree tree;
  add_disk(tree, "vda", "pci0000:00/0000:00:02.0/virtio1", {.rotational = 1});
  tree.remove("sys/devices/pci0000:00/0000:00:02.0/virtio1/model");

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_EQ(disk.device_type, StorageType::virtual_disk);
  EXPECT_EQ(disk.bus_type, StorageBus::virtio);
  EXPECT_EQ(disk.model.reason(), "virtio disk: virtual, media unknown");
  EXPECT_EQ(disk.health.status(), ReadingStatus::unsupported);
}

TEST(Storage, CallsACloudsNetworkDiskVirtualThoughItSpeaksNvme) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);
  tree.file("sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/model",
            "Amazon Elastic Block Store              \n");

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_EQ(disk.device_type, StorageType::virtual_disk);
  EXPECT_EQ(disk.bus_type, StorageBus::pcie);
}

TEST(Storage, ReadsTheSerialOfAScsiDisk) {
  FakeTree tree;
  add_disk(tree, "sda", kSata, {.rotational = 1});
  tree.file(std::string("sys/devices/") + kSata + "/vpd_pg80",
            std::string("\x00\x80\x00\x14", 4) + "            ZC1A2B3C");

  EXPECT_EQ(only(host::storage(machine_at(tree))).serial.optional(), "ZC1A2B3C");
}

TEST(Storage, NamesTheTargetOfANetworkedNvmeDisk) {
  FakeTree tree;
  add_nvme(tree, "nvme1", "0000:41:00.0", 1000);
  const std::string controller = "sys/devices/pci0000:40/0000:41:00.0/nvme/nvme1/";
  tree.file(controller + "transport", "tcp\n")
      .file(controller + "address", "traddr=10.0.0.5,trsvcid=4420,src_addr=10.0.0.9\n")
      .file(controller + "subsysnqn", "nqn.2024-01.com.example:pool1\n");

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_EQ(disk.device_type, StorageType::network);
  EXPECT_EQ(disk.bus_type, StorageBus::network);
  EXPECT_EQ(disk.server.optional(), "10.0.0.5:4420");
  EXPECT_EQ(disk.exported.optional(), "nqn.2024-01.com.example:pool1");
}

TEST(Storage, NamesTheTargetOfAnIscsiDisk) {
  FakeTree tree;
  add_disk(tree, "sdb", "platform/host7/session1/target7:0:0/7:0:0:0",
           {.vendor = "LIO-ORG", .rotational = 0});
  tree.file("sys/class/iscsi_session/session1/targetname", "iqn.2003-01.org.linux-iscsi:disk1\n")
      .file("sys/class/iscsi_connection/connection1:0/persistent_address", "192.168.7.2\n")
      .file("sys/class/iscsi_connection/connection1:0/persistent_port", "3260\n");

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_EQ(disk.device_type, StorageType::network);
  EXPECT_EQ(disk.server.optional(), "192.168.7.2:3260");
  EXPECT_EQ(disk.exported.optional(), "iqn.2003-01.org.linux-iscsi:disk1");
}

TEST(Storage, LeavesOutWhatIsNoStorageOfItsOwn) {
  FakeTree tree;
  add_disk(tree, "loop0", "virtual/block-parent", {});
  for (const char* name : {"loop1", "zram0", "ram0", "dm-0", "md0"}) {
    tree.file(std::string("sys/devices/virtual/block/") + name + "/size", "2048\n")
        .link(std::string("sys/block/") + name, std::string("../devices/virtual/block/") + name);
  }
  add_disk(tree, "sr0", "pci0000:00/0000:00:1f.0/ata3/host2/target2:0:0/2:0:0:0",
           {.removable = 1, .sectors = 0});
  add_disk(tree, "nvme0c0n1", "pci0000:40/0000:41:00.0/nvme/nvme0", {});
  tree.file("sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/block/nvme0c0n1/hidden", "1\n");

  const auto disks = host::storage(machine_at(tree));
  ASSERT_EQ(disks.size(), 1U);
  EXPECT_EQ(disks[0].device_path, "/dev/loop0") << "told by its place, not by its name";
}

TEST(Storage, LeavesOutAVolumeInACopyWithoutLinks) {
  FakeTree tree;
  tree.file("sys/block/dm-0/size", "2048\n").directory("sys/block/dm-0/slaves/sda");

  EXPECT_TRUE(host::storage(machine_at(tree)).empty());
}

TEST(Storage, NamesTheDisksOfAVolumeAndNotTheVolume) {
  FakeTree tree;
  add_disk(tree, "sda", kSata, {});
  tree.link("sys/devices/virtual/block/dm-0/slaves/sda", "../../../../../block/sda")
      .link("sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
  Mount mount;
  mount.device_number = "253:0";

  EXPECT_EQ(disks_of(machine_at(tree), mount), std::vector<std::string>{"sda"});
}

TEST(Storage, NamesTheNodeOfADiskInAFolder) {
  FakeTree tree;
  add_disk(tree, "cciss!c0d0", "pci0000:00/0000:05:00.0", {.rotational = 1});

  EXPECT_EQ(only(host::storage(machine_at(tree))).device_path, "/dev/cciss/c0d0");
}

TEST(Storage, FollowsAVolumeToItsDisks) {
  FakeTree tree;
  add_disk(tree, "sda", "pci0000:00/0000:00:1f.0/ata1/host0/target0:0:0/0:0:0:0", {});
  add_disk(tree, "sdb", "pci0000:00/0000:00:1f.0/ata2/host1/target1:0:0/1:0:0:0", {});
  add_partition(tree, "sda", "sda2", "8:2");
  const std::string volumes = "sys/devices/virtual/block/";
  tree.link(volumes + "md0/slaves/sdb", "../../../../../block/sdb")
      .link(volumes + "md0/slaves/sda2", "../../../../../block/sda/sda2")
      .link(volumes + "dm-3/slaves/md0", "../../md0")
      .file(volumes + "dm-3/dm/name", "vg0-home\n")
      .link("sys/block/dm-3", "../devices/virtual/block/dm-3")
      .link("sys/dev/block/253:3", "../../devices/virtual/block/dm-3")
      .file("proc/self/mountinfo",
            "30 1 253:3 / /home rw - xfs /dev/mapper/vg0-home rw\n"
            "31 1 0:55 / /scratch rw - btrfs /dev/mapper/vg0-home rw\n"
            "32 1 0:56 / /solo rw - btrfs /dev/sdb rw\n");

  const auto disks = host::storage(machine_at(tree));
  EXPECT_EQ(named(disks, "/dev/sda").mount_points, (std::vector<std::string>{"/home", "/scratch"}));
  EXPECT_EQ(named(disks, "/dev/sda").filesystem.optional(), "xfs, btrfs");
  EXPECT_EQ(named(disks, "/dev/sdb").mount_points,
            (std::vector<std::string>{"/home", "/scratch", "/solo"}));
}

TEST(Storage, LooksForNoDiskOutsideOfSysfs) {
  FakeTree tree;
  add_disk(tree, "sda", kSata, {});
  tree.file("proc/self/mountinfo",
            "30 1 0:9 / /x rw - btrfs /dev/../../etc rw\n31 1 0:9 / /y rw - btrfs /dev/.. rw\n");

  EXPECT_TRUE(only(host::storage(machine_at(tree))).mount_points.empty());
}

constexpr const char* kMounts =
    "40 1 0:50 / /home rw - nfs4 files:/export/home rw,addr=10.0.0.1\n"
    "41 1 0:51 / /scratch rw - lustre 10.0.0.1@tcp:/scratch rw\n"
    "42 1 0:52 / /bee rw - beegfs beegfs_nodev rw\n"
    "43 1 0:53 / /bucket rw - fuse.s3fs s3fs rw\n"
    "44 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    "45 1 0:50 /sub /home2 rw - nfs4 files:/export/home rw\n";

TEST(Storage, ListsRemoteFileSystemsWithTheirSizes) {
  FakeTree tree;
  tree.file("proc/self/mountinfo", kMounts);
  const StorageProbes probes{
      nullptr, [](const std::filesystem::path& place) {
        return Result<Bytes>{Bytes{static_cast<std::int64_t>(place.filename().string().size())}};
      }};

  const auto found = storage(machine_at(tree), probes);
  ASSERT_EQ(found.size(), 4U);
  const auto home = named(found, "files:/export/home");
  EXPECT_EQ(home.device_type, StorageType::network);
  EXPECT_EQ(home.bus_type, StorageBus::network);
  EXPECT_EQ(home.server.optional(), "files");
  EXPECT_EQ(home.exported.optional(), "/export/home");
  EXPECT_EQ(home.filesystem.optional(), "nfs4");
  EXPECT_EQ(home.mount_points, (std::vector<std::string>{"/home", "/home2"}));
  EXPECT_EQ(home.capacity.optional(), bytes(4));
  EXPECT_EQ(named(found, "10.0.0.1@tcp:/scratch").capacity.optional(), bytes(7));
  EXPECT_EQ(named(found, "beegfs_nodev").server.status(), ReadingStatus::unsupported);
  EXPECT_EQ(named(found, "s3fs").device_type, StorageType::object);
}

TEST(Storage, IsHeldUpBySecondAtMostWhenAServerIsDead) {
  FakeTree tree;
  tree.file("proc/self/mountinfo", kMounts);
  const auto clock = std::make_shared<FakeClock>();
  auto machine = machine_at(tree);
  machine.clock = clock;
  const auto gate = std::make_shared<Gate>();
  const StorageProbes probes{nullptr, [gate](const std::filesystem::path& place) {
                               if (place.filename() == "home") gate->pass();
                               return Result<Bytes>{Bytes{1000}};
                             }};

  {
    const ClockMover mover(clock, std::chrono::milliseconds(1001));
    const auto found = storage(machine, probes);
    const auto home = named(found, "files:/export/home");
    EXPECT_EQ(home.capacity.status(), ReadingStatus::hung);
    EXPECT_NE(home.capacity.reason().find("/home"), std::string::npos);
    EXPECT_FALSE(home.capacity.remedy().empty());
    EXPECT_EQ(named(found, "10.0.0.1@tcp:/scratch").capacity.optional(), bytes(1000));
    EXPECT_EQ(named(found, "s3fs").capacity.optional(), bytes(1000));
  }
  gate->open();
}

TEST(Storage, IsHeldUpByNoDiskThatDoesNotAnswer) {
  FakeTree tree;
  add_nvme(tree, "nvme0", "0000:41:00.0", 1000);
  add_disk(tree, "sda", kSata, {});
  const auto clock = std::make_shared<FakeClock>();
  auto machine = machine_at(tree);
  machine.clock = clock;
  const auto gate = std::make_shared<Gate>();
  const StorageProbes probes{[gate](const Machine& /*machine*/, const DiskNode& node) {
                               if (node.path == "/dev/nvme0") gate->pass();
                               return DiskHealth{StorageHealth::healthy, {}, {}, {}};
                             },
                             nullptr};

  {
    const ClockMover mover(clock, std::chrono::milliseconds(1201));
    const auto disks = storage(machine, probes);
    EXPECT_EQ(named(disks, "/dev/nvme0n1").health.status(), ReadingStatus::hung);
    EXPECT_EQ(named(disks, "/dev/sda").health.optional(), StorageHealth::healthy);
  }
  gate->open();
}

TEST(Storage, DoesNotSizeAFileSystemBelowAnother) {
  FakeTree tree;
  tree.file("proc/self/mountinfo",
            "40 1 0:50 / /data rw - nfs4 a:/x rw\n41 40 0:60 / /data rw - tmpfs tmpfs rw\n");
  const StorageProbes probes{
      nullptr, [](const std::filesystem::path& /*place*/) { return Result<Bytes>{Bytes{1}}; }};

  EXPECT_EQ(only(storage(machine_at(tree), probes)).capacity.status(), ReadingStatus::unsupported);
}

TEST(Storage, ListsWhatIsConfiguredButNotMounted) {
  FakeTree tree;
  tree.file("proc/self/mountinfo", "40 1 0:50 / /home rw - nfs4 files:/export/home rw\n")
      .file("etc/fstab",
            "files:/export/home /home nfs4 defaults 0 0\n"
            "//admin:secret@nas/models /models cifs noauto 0 0\nUUID=1 / ext4 defaults 0 1\n");

  const auto found = host::storage(machine_at(tree));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].device_path, "//admin@nas/models");
  EXPECT_TRUE(found[1].mount_points.empty());
  EXPECT_NE(found[1].capacity.reason().find("configured, not mounted"), std::string::npos);
  EXPECT_EQ(found[1].capacity.remedy(), "mount /models");
}

TEST(Storage, OfAnEmptyRootIsEmpty) {
  const FakeTree tree;
  EXPECT_TRUE(host::storage(machine_at(tree)).empty());
}

TEST(Storage, SaysWhyMountsAreUnknown) {
  FakeTree tree;
  add_disk(tree, "sda", kSata, {});

  const auto disk = only(host::storage(machine_at(tree)));
  EXPECT_FALSE(disk.filesystem);
  EXPECT_NE(disk.filesystem.reason().find("mountinfo"), std::string::npos);
}

TEST(StorageNames, AreThoseOfTheDocuments) {
  EXPECT_EQ(to_string(StorageType::nvme_ssd), "nvme_ssd");
  EXPECT_EQ(to_string(StorageType::virtual_disk), "virtual");
  EXPECT_EQ(to_string(StorageType::other), "other");
  EXPECT_EQ(to_string(StorageBus::network), "network");
  EXPECT_EQ(to_string(StorageHealth::critical), "critical");
}

}  // namespace
}  // namespace accel::host
