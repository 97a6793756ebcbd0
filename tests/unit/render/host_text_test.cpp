#include <gtest/gtest.h>

#include "render/host_text.hpp"

namespace accel::render {
namespace {

Absence absent(std::string reason, std::string remedy = {}) {
  return {ReadingStatus::unsupported, std::move(reason), std::move(remedy)};
}
Absence denied(std::string reason) {
  return {ReadingStatus::no_permission, std::move(reason), "run as root"};
}

class HostText : public ::testing::Test {
 protected:
  [[nodiscard]] std::string text() const {
    Page page({});
    host_text(page, hardware_);
    around_text(page, hardware_);
    return page.take();
  }
  /// Whether those lines stand there, one behind the other.
  [[nodiscard]] bool has(const std::string& lines) const {
    return ("\n" + text()).find("\n" + lines + "\n") != std::string::npos;
  }
  StorageInfo& add_disk(const std::string& path) {
    StorageInfo disk;
    disk.device_path = path;
    disk.model = std::string("disk");
    disk.capacity = bytes(1 << 30);
    disk.health = StorageHealth::healthy;
    hardware_.storage.push_back(disk);
    return hardware_.storage.back();
  }
  SoftwareInfo& add_software(const std::string& name) {
    hardware_.software.push_back({name, "container", std::string("1.2"), "/usr/bin/x", {}});
    return hardware_.software.back();
  }

  HardwareInfo hardware_;
};

TEST_F(HostText, CountsOneInTheSingular) {
  hardware_.cpu.socket_count = std::int64_t{1};
  hardware_.cpu.physical_cores = std::int64_t{1};
  hardware_.cpu.logical_cores = std::int64_t{2};

  EXPECT_TRUE(has("  Cores         1 socket, 1 core, 2 threads")) << text();
}

TEST_F(HostText, SaysBelowWhatIsKnownWhyTheRestIsNot) {
  hardware_.cpu.current_clock = megahertz(2200);
  hardware_.cpu.base_clock = absent("base_frequency: No such file or directory");
  hardware_.cpu.boost_clock = megahertz(3000);

  EXPECT_TRUE(
      has("  Clock         now 2200 MHz, boost 3000 MHz\n"
          "                base unknown: base_frequency: No such file or directory"))
      << text();
}

TEST_F(HostText, NamesALineOfWhichNothingIsKnown) {
  for (auto* clock :
       {&hardware_.cpu.current_clock, &hardware_.cpu.base_clock, &hardware_.cpu.boost_clock}) {
    *clock = absent("no file");
  }

  EXPECT_TRUE(
      has("  Clock         now unknown: no file\n"
          "                base unknown: no file"))
      << text();
}

TEST_F(HostText, ShowsACacheWhoseSizeIsUnknown) {
  hardware_.cpu.caches.push_back({1, "Data", bytes(64 << 10), 4});
  hardware_.cpu.caches.push_back({2, "Unified", absent("size: No such file or directory"), 4});

  EXPECT_TRUE(
      has("  Caches        L1 Data 64 KiB x4, L2 x4\n"
          "                size of L2 unknown: size: No such file or directory"))
      << text();
}

TEST_F(HostText, ShowsANodeOfMemoryAlone) {
  hardware_.cpu.numa_nodes.push_back({0, std::string("0-7"), bytes(1LL << 34), {}, {}});
  hardware_.cpu.numa_nodes.push_back({1, std::string(), bytes(1LL << 35), {}, {}});

  EXPECT_TRUE(
      has("  NUMA node 0   CPUs 0-7, memory 16 GiB\n"
          "  NUMA node 1   no CPUs, memory 32 GiB"))
      << text();
}

TEST_F(HostText, TellsTheVolatilePartOfACxlDevice) {
  hardware_.memory.persistent.push_back({"mem0", "cxl", bytes(0), bytes(1LL << 37)});
  hardware_.memory.persistent.push_back(
      {"region0", "nvdimm", bytes(1LL << 36), absent("no volatile part")});

  EXPECT_TRUE(
      has("  mem0          cxl, 0 B persistent, 128 GiB volatile\n"
          "  region0       nvdimm, 64 GiB persistent"))
      << text();
}

TEST_F(HostText, ExplainsAnEmptyCellBelowTheTable) {
  add_disk("/dev/vda").health = absent("a virtual disk keeps no health record");
  add_disk("/dev/vdb").health = absent("a virtual disk keeps no health record");

  EXPECT_TRUE(has("    health of /dev/vda, /dev/vdb: a virtual disk keeps no health record"))
      << text();
}

TEST_F(HostText, KeepsReasonAndRemedyOfAnEmptyCell) {
  add_disk("/dev/nvme0n1").health = denied("/dev/nvme0: Permission denied");

  EXPECT_TRUE(has("    health of /dev/nvme0n1: /dev/nvme0: Permission denied (run as root)"))
      << text();
}

TEST_F(HostText, SaysOnceWhatHelpsForSeveralCells) {
  add_disk("/dev/nvme0n1").health = denied("/dev/nvme0: Permission denied");
  add_disk("/dev/nvme1n1").health = denied("/dev/nvme1: Permission denied");

  EXPECT_TRUE(has("    health of /dev/nvme0n1, /dev/nvme1n1: no permission (run as root)"))
      << text();
}

TEST_F(HostText, NamesLineRatesAsPeopleDo) {
  for (const std::int64_t megabits : {100, 2500, 400'000}) {
    NetworkInfo port;
    port.name = "eth0";
    port.kind = "ethernet";
    port.driver = std::string("x");
    port.state = std::string("up");
    port.speed_mbps = megabits;
    hardware_.network.push_back(port);
  }

  EXPECT_TRUE(
      has("  eth0       ethernet  x       up     100 Mb/s\n"
          "  eth0       ethernet  x       up     2.5 Gb/s\n"
          "  eth0       ethernet  x       up     400 Gb/s"))
      << text();
}

TEST_F(HostText, ShowsAProgramWhoseVersionIsUnknown) {
  auto& docker = add_software("docker");
  docker.version = absent("/usr/bin/docker: no file states the version", "`docker --version`");
  docker.ready = {false, "/etc/docker/daemon.json (no such file)"};

  EXPECT_TRUE(has(
      "  docker        installed, not set up for accelerators: /etc/docker/daemon.json (no such "
      "file)\n"
      "                version unknown: /usr/bin/docker: no file states the version (`docker "
      "--version`)"))
      << text();
}

TEST_F(HostText, AlignsTheVersionsOfPrograms) {
  add_software("docker").ready = {true, "/etc/docker/daemon.json"};
  add_software("NVIDIA container toolkit");

  EXPECT_TRUE(
      has("  docker                    1.2, ready for accelerators\n"
          "  NVIDIA container toolkit  1.2"))
      << text();
}

TEST_F(HostText, LeavesOutWhatIsNotInstalled) {
  auto& absentee = add_software("podman");
  absentee.path.clear();
  absentee.version = absent("/usr/bin/podman: not there");

  EXPECT_TRUE(has("  no accelerator software found")) << text();
}

TEST_F(HostText, NamesSoftwareOfWhichNobodyCanTell) {
  for (const char* name : {"ROCm", "nvcc"}) {
    auto& unknown = add_software(name);
    unknown.path.clear();
    unknown.version = Absence{ReadingStatus::hung, "no answer within 1s", "look for the server"};
  }

  EXPECT_TRUE(has("    version of ROCm, nvcc: no answer within 1s (look for the server)"))
      << text();
}

}  // namespace
}  // namespace accel::render
