// Every source of the host's inventory with every fault: no crash, no wait, no invented number,
// and nothing hidden that the source does not feed.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "dmi_bytes.hpp"
#include "host_facts.hpp"
#include "host_trees.hpp"
#include "storage_trees.hpp"
#include "support/as_nobody.hpp"

namespace accel::host {
namespace {

using namespace accel::testing;  // NOLINT(google-build-using-namespace): trees and nothing else
namespace fs = std::filesystem;

void add_everything(FakeTree& tree) {
  add_small_x86(tree);
  tree.file("proc/meminfo",
            "MemTotal: 24684092 kB\nMemFree: 24255252 kB\nMemAvailable: 24318024 kB\n"
            "SwapTotal: 8388604 kB\nSwapFree: 8388604 kB\n")
      .file("sys/firmware/dmi/tables/DMI",
            DmiBytes().memory_array(6).ddr5("DIMM_A1", "P0 CHANNEL A", 32768, 4800).end())
      .file("sys/devices/system/edac/mc/mc0/ce_count", "3\n")
      .file("sys/devices/system/edac/mc/mc0/ue_count", "1\n")
      .file("sys/bus/nd/devices/region0/size", "135291469824\n")
      .file("sys/bus/cxl/devices/mem0/ram/size", "0x4000000000\n")
      .file("sys/bus/cxl/devices/mem0/pmem/size", "0x1000000000\n");
  add_nvme(tree, "nvme0", "0000:41:00.0", 3'907'029'168);
  const std::string nvme = "sys/devices/pci0000:40/0000:41:00.0/nvme/nvme0/";
  tree.file(nvme + "hwmon3/name", "nvme\n").file(nvme + "hwmon3/temp1_input", "38850\n");
  add_partition(tree, "nvme0n1", "nvme0n1p1", "259:1");
  add_disk(tree, "sda", kSata, {.rotational = 1});
  tree.file("proc/self/mountinfo",
            "30 1 259:1 / / rw - ext4 /dev/nvme0n1p1 rw\n"
            "31 1 0:50 / /home rw - nfs4 files:/export/home rw\n"
            "32 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
      .file("etc/fstab", "//nas/models /models cifs noauto 0 0\n")
      .file("sys/class/net/eth0/operstate", "up\n")
      .file("sys/class/net/eth0/speed", "100000\n")
      .directory("sys/class/net/eth0/device")
      .file("sys/class/infiniband/mlx5_0/node_guid", "0c42:a103:00a1:b2c3\n")
      .file("sys/class/infiniband/mlx5_0/ports/1/state", "4: ACTIVE\n")
      .file("sys/class/infiniband/mlx5_0/ports/1/rate", "400 Gb/sec (4X NDR)\n")
      .file("sys/class/infiniband/mlx5_0/ports/1/link_layer", "InfiniBand\n")
      .file("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64  570.86.15  x\n")
      .file("sys/module/amdgpu/version", "6.7.0\n")
      .file("usr/local/cuda/version.json", R"({"cuda": {"version": "12.4.1"}})")
      .file("opt/rocm/.info/version", "6.0.2\n")
      .file("usr/bin/docker", "")
      .file("var/lib/dpkg/status",
            "Package: docker-ce\nStatus: install ok installed\nVersion: 5:24.0.7-1\n")
      .file("etc/docker/daemon.json", R"({"runtimes": {"nvidia": {}}})")
      .file("proc/sys/kernel/hostname", "node7\n")
      .file("proc/sys/kernel/osrelease", "6.1.0\n")
      .file("usr/lib/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12\"\n")
      .file("sys/class/dmi/id/sys_vendor", "Supermicro\n")
      .file("sys/class/dmi/id/product_name", "SYS-821GE\n")
      .file("sys/class/dmi/id/board_name", "X13DEG\n")
      .file("sys/class/dmi/id/bios_version", "2.1b\n")
      .file("proc/self/cgroup", "0::/box\n")
      .file("proc/self/status", "Cpus_allowed_list:\t0-3\n")
      .file("sys/fs/cgroup/box/memory.max", "1073741824\n")
      .file("sys/fs/cgroup/box/cpu.max", "150000 100000\n")
      .file("sys/class/powercap/intel-rapl:0/name", "package-0\n")
      .file("sys/class/powercap/intel-rapl:0/energy_uj", "1000\n");
}

class HostFaults : public ::testing::Test {
 protected:
  HostFaults() : baseline_((add_everything(tree_), machine_at(tree_))) {}

  std::vector<fs::path> files() const { return entries(fs::file_type::regular); }
  std::vector<fs::path> directories() const { return entries(fs::file_type::directory); }

  /// Runs `spoil` on a copy of nothing: the entry is put back afterwards.
  template <class Spoil>
  HostFacts facts_with(const fs::path& path, const Spoil& spoil) {
    const fs::path aside = tree_.root() / "aside";
    fs::rename(path, aside);
    spoil(path, aside);
    const HostFacts facts(machine_at(tree_));
    fs::remove_all(path);
    fs::rename(aside, path);
    return facts;
  }

  /// A value is what it was, or gone; or it is one that has a second source by design.
  void expect_nothing_invented(const HostFacts& facts, const fs::path& spoiled) {
    static const std::set<std::string> kSecondSource{
        // The kernel's statement of clock and architecture; the mean over other cores.
        "cpu.current_clock", "cpu.boost_clock", "cpu.architecture", "platform.architecture",
        // What is not configured is not ready; a model without a table is not virtual.
        "software.docker.ready", "platform.virtualization"};
    for (const auto& [field, text] : facts.all()) {
      if (text == "-" || kSecondSource.contains(field)) continue;
      const auto before = baseline_.all().find(field);
      EXPECT_TRUE(before != baseline_.all().end() && before->second == text)
          << spoiled << " spoiled: " << field << " is now " << text;
    }
    EXPECT_TRUE(facts.unexplained().empty())
        << spoiled << " spoiled: no reason for " << facts.unexplained().front();
  }

  /// How many values are gone.
  std::size_t lost(const HostFacts& facts) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(baseline_.all(), [&facts](const auto& before) {
          const auto now = facts.all().find(before.first);
          return before.second != "-" && (now == facts.all().end() || now->second == "-");
        }));
  }

  FakeTree tree_;
  HostFacts baseline_;

 private:
  std::vector<fs::path> entries(fs::file_type type) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(tree_.root())) {
      if (entry.symlink_status().type() == type) found.push_back(entry.path());
    }
    return found;
  }
};

/// No file of the tree feeds more fields than /proc/cpuinfo, the firmware's tables and meminfo.
constexpr std::size_t kMostFieldsOfAFile = 6;

TEST_F(HostFaults, AreNoneInTheTreeToBeginWith) {
  EXPECT_TRUE(baseline_.unexplained().empty());
  EXPECT_EQ(baseline_.all().at("memory.total"), "'25276510208'");
  EXPECT_EQ(baseline_.all().at("/dev/nvme0n1.filesystem"), "'ext4'");
  EXPECT_GT(files().size(), 80U);
}

TEST_F(HostFaults, OfAMissingFileCostItsOwnFields) {
  for (const auto& path : files()) {
    const auto facts = facts_with(path, [](const fs::path&, const fs::path&) {});
    expect_nothing_invented(facts, path);
    EXPECT_LE(lost(facts), kMostFieldsOfAFile + 9) << path;  // an NFS entry has eight and more
  }
}

TEST_F(HostFaults, OfAnEmptyFileCostItsOwnFields) {
  for (const auto& path : files()) {
    const auto facts =
        facts_with(path, [](const fs::path& p, const fs::path&) { std::ofstream{p}; });
    expect_nothing_invented(facts, path);
  }
}

TEST_F(HostFaults, OfGarbageAreNotShownAsValues) {
  const std::string garbage = "\x01garbage\xfe\n\n::::\t%s%n-1";
  for (const auto& path : files()) {
    const auto facts = facts_with(path, [&garbage](const fs::path& p, const fs::path&) {
      std::ofstream(p, std::ios::binary) << garbage;
    });
    expect_nothing_invented(facts, path);
  }
}

TEST_F(HostFaults, OfAllOnesAreNotShownAsValues) {
  const std::string ones(4096, '\xff');
  for (const auto& path : files()) {
    const auto facts = facts_with(path, [&ones](const fs::path& p, const fs::path&) {
      std::ofstream(p, std::ios::binary) << ones;
    });
    expect_nothing_invented(facts, path);
  }
}

TEST_F(HostFaults, OfHugeNumbersAreNotShownAsValues) {
  for (const auto& path : files()) {
    const auto facts = facts_with(path, [](const fs::path& p, const fs::path&) {
      std::ofstream(p) << "99999999999999999999999999999999\n";
    });
    for (const auto& [field, text] : facts.all()) {
      // A number is a text as well, where a text is asked for.
      const bool is_number = text.find_first_not_of("'-0123456789") == std::string::npos;
      EXPECT_FALSE(is_number && text.size() > 22 && baseline_.all().count(field) == 0)
          << path << ": " << field;
    }
    EXPECT_TRUE(facts.unexplained().empty()) << path;
  }
}

TEST_F(HostFaults, OfATruncatedFileCrashNothing) {
  for (const auto& path : files()) {
    const auto facts = facts_with(path, [](const fs::path& p, const fs::path& aside) {
      fs::copy_file(aside, p);
      fs::resize_file(p, fs::file_size(p) / 2);
    });
    EXPECT_TRUE(facts.unexplained().empty()) << path;
  }
}

TEST_F(HostFaults, OfAPipeInAFilesPlaceHoldUpNothing) {
  for (const auto& path : files()) {
    const auto facts = facts_with(
        path, [](const fs::path& p, const fs::path&) { ASSERT_EQ(::mkfifo(p.c_str(), 0600), 0); });
    expect_nothing_invented(facts, path);
  }
}

TEST_F(HostFaults, OfADirectoryInAFilesPlaceAreErrors) {
  for (const auto& path : files()) {
    const auto facts =
        facts_with(path, [](const fs::path& p, const fs::path&) { fs::create_directory(p); });
    expect_nothing_invented(facts, path);
  }
}

TEST_F(HostFaults, OfALinkToItselfAreErrors) {
  for (const auto& path : files()) {
    const auto facts = facts_with(
        path, [](const fs::path& p, const fs::path&) { fs::create_symlink(p.filename(), p); });
    expect_nothing_invented(facts, path);
  }
}

TEST_F(HostFaults, OfAVanishedDirectoryCostWhatWasInIt) {
  for (const auto& path : directories()) {
    const auto facts = facts_with(path, [](const fs::path&, const fs::path&) {});
    EXPECT_TRUE(facts.unexplained().empty()) << path;
  }
}

TEST_F(HostFaults, OfMissingPermissionCostItsOwnFields) {
  fs::permissions(tree_.root(), fs::perms(0755));
  for (const auto& path : files()) {
    fs::permissions(path, fs::perms(0000));
    const bool held = as_nobody([this, &path] {
                        const HostFacts facts(machine_at(tree_));
                        expect_nothing_invented(facts, path);
                        return !::testing::Test::HasFailure();
                      }) == 1;
    EXPECT_TRUE(held) << path;
    fs::permissions(path, fs::perms(0644));
  }
}

}  // namespace
}  // namespace accel::host
