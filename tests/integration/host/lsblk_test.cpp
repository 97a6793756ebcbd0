// This machine's disks, field by field as lsblk has them.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "accel/host.hpp"
#include "tool.hpp"

namespace accel::host {
namespace {

using nlohmann::json;
using testing::json_of;

class Lsblk : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto document = json_of("LC_ALL=C lsblk -J -b -O");
    if (!document || !document->contains("blockdevices")) GTEST_SKIP() << "no lsblk here";
    for (const auto& device : document->at("blockdevices")) {
      if (is_ours(device)) disks_.push_back(device);
    }
  }

  static std::string text(const json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || !found->is_string() ? std::string{} : found->get<std::string>();
  }
  /// lsblk also lists what has no storage of its own: loops, memory used as disks.
  static bool is_ours(const json& device) {
    const auto name = text(device, "kname");
    return text(device, "type") == "disk" && !name.starts_with("zram") &&
           !name.starts_with("ram") && !name.starts_with("pmem") &&
           device.value("size", std::int64_t{0}) > 0;
  }

  /// Of the device and of everything on it.
  static void collect(const json& device, std::set<std::string>& places,
                      std::set<std::string>& types) {
    const auto mounted = device.find("mountpoints");
    if (mounted != device.end()) {
      for (const auto& place : *mounted) {
        if (!place.is_string() || place == "[SWAP]") continue;
        places.insert(place.get<std::string>());
        if (!text(device, "fstype").empty()) types.insert(text(device, "fstype"));
      }
    }
    const auto children = device.find("children");
    if (children == device.end()) return;
    for (const auto& child : *children) collect(child, places, types);
  }

  const StorageInfo* find(const json& device) const {
    const auto found = std::ranges::find(storage_, text(device, "path"), &StorageInfo::device_path);
    return found == storage_.end() ? nullptr : &*found;
  }

  std::vector<json> disks_;
  std::vector<StorageInfo> storage_ = host::storage(Machine{});
};

TEST_F(Lsblk, ListsTheSameDisks) {
  for (const auto& disk : disks_) EXPECT_NE(find(disk), nullptr) << text(disk, "path");
  for (const auto& info : storage_) {
    if (!info.device_path.starts_with("/dev/") || info.device_path.starts_with("/dev/sr")) continue;
    const auto same = std::ranges::find_if(
        disks_, [&info](const json& disk) { return text(disk, "path") == info.device_path; });
    EXPECT_NE(same, disks_.end()) << info.device_path;
  }
}

TEST_F(Lsblk, AgreesOnSizes) {
  for (const auto& disk : disks_) {
    const auto* info = find(disk);
    ASSERT_NE(info, nullptr);
    EXPECT_EQ(info->capacity.optional(), bytes(disk.at("size").get<std::int64_t>()));
    EXPECT_EQ(info->removable, disk.value("rm", false));
  }
}

TEST_F(Lsblk, AgreesOnModels) {
  for (const auto& disk : disks_) {
    const auto* info = find(disk);
    ASSERT_NE(info, nullptr);
    const auto model = text(disk, "model");
    EXPECT_EQ(info->model.optional().value_or(""), model);
  }
}

TEST_F(Lsblk, AgreesOnRotationWhereTheMediaAreKnown) {
  for (const auto& disk : disks_) {
    const auto* info = find(disk);
    ASSERT_NE(info, nullptr);
    if (info->device_type == StorageType::hdd) {
      EXPECT_TRUE(disk.value("rota", false));
    }
    if (info->device_type == StorageType::nvme_ssd || info->device_type == StorageType::sata_ssd) {
      EXPECT_FALSE(disk.value("rota", true));
    }
    if (text(disk, "subsystems").find("virtio") != std::string::npos) {
      EXPECT_EQ(info->device_type, StorageType::virtual_disk)
          << "whatever it claims of rotation: " << disk.value("rota", false);
    }
  }
}

TEST_F(Lsblk, AgreesOnMountsAndTheirTypes) {
  for (const auto& disk : disks_) {
    const auto* info = find(disk);
    ASSERT_NE(info, nullptr);
    std::set<std::string> places;
    std::set<std::string> types;
    collect(disk, places, types);
    for (const auto& place : places) {
      EXPECT_NE(std::ranges::find(info->mount_points, place), info->mount_points.end()) << place;
    }
    // Without udev's database lsblk knows no types.
    for (const auto& type : types) {
      ASSERT_TRUE(info->filesystem);
      EXPECT_NE(info->filesystem->find(type), std::string::npos);
    }
  }
}

TEST_F(Lsblk, AgreesOnTheTypeOfTheRootWithFindmnt) {
  const auto document = json_of("LC_ALL=C findmnt -J /");
  if (!document || !document->contains("filesystems")) GTEST_SKIP() << "no findmnt here";
  const auto& root = document->at("filesystems").at(0);
  const auto holder = std::ranges::find_if(storage_, [](const StorageInfo& info) {
    return std::ranges::find(info.mount_points, "/") != info.mount_points.end();
  });
  if (holder == storage_.end()) GTEST_SKIP() << "the root is on no disk: " << text(root, "source");
  EXPECT_NE(holder->filesystem->find(text(root, "fstype")), std::string::npos);
}

}  // namespace
}  // namespace accel::host
