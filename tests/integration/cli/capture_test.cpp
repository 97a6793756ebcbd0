// A capture, and what is shown of it: the same readings, and none of the names.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "support/pci_tree.hpp"
#include "support/run_program.hpp"

namespace accel {
namespace {

using testing::Ended;
using testing::FakeTree;
using testing::Program;
using Json = nlohmann::json;

/// The names and bytes of everything below a folder.
std::string everything(const std::filesystem::path& folder) {
  std::ostringstream all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    all << entry.path().lexically_relative(folder).string() << '\n';
    if (entry.is_symlink()) {
      all << std::filesystem::read_symlink(entry.path()).string() << '\n';
    } else if (entry.is_regular_file()) {
      all << std::ifstream(entry.path(), std::ios::binary).rdbuf() << '\n';
    }
  }
  return all.str();
}

/// The texts of members of that name, at any depth, a reading's value included.
void collect(const Json& value, const std::set<std::string>& keys, std::set<std::string>& found,
             bool wanted = false) {
  if (value.is_string() && wanted) found.insert(value.get<std::string>());
  if (value.is_array()) {
    for (const Json& item : value) collect(item, keys, found, wanted);
  }
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.items()) {
    collect(member, keys, found, keys.contains(key) || (wanted && key == "value"));
  }
}

/// Without what is meant to differ: names that were replaced, times, and where the files lie.
Json comparable(Json document) {
  if (document.is_array()) {
    for (Json& item : document) item = comparable(item);
  }
  if (!document.is_object()) return document;
  for (const char* key : {"time", "age_ms", "source", "reason", "remedy", "state_reason", "uuid",
                          "serial", "hostname", "evidence", "path", "server", "device_path"}) {
    document.erase(key);
  }
  for (auto& [key, member] : document.items()) {
    if (key == "processes" && member.is_array()) {
      for (Json& process : member) {
        for (const char* name : {"name", "user", "container", "command"}) process.erase(name);
      }
    }
    member = comparable(member);
  }
  return document;
}

class CliCapture : public ::testing::Test {
 protected:
  CliCapture() { program_.with("ACCEL_SIM_STATE", (state_.root() / "node").string()); }

  [[nodiscard]] std::string place(const std::string& name) const {
    return (out_.root() / name).string();
  }
  Ended run(std::vector<std::string> words) { return program_.run(words); }
  /// A recorded machine with an AMD GPU, and everything that must not get out.
  void add_machine() {
    const auto card = add_card(machine_, "0000:03:00.0",
                               {.vendor = "0x1002",
                                .device = "0x73bf",
                                .class_code = "0x030000",
                                .driver = "amdgpu",
                                .runtime_status = "active"});
    machine_.file(card / "unique_id", "8f0e12ab9c3d4e11\n")
        .file(card / "serial_number", "PCB24680XQ\n")
        .file(card / "gpu_busy_percent", "7\n")
        .file(card / "mem_info_vram_used", "1490378752\n")
        .file(card / "mem_info_vram_total", "25753026560\n")
        .file(card / "hwmon/hwmon3/name", "amdgpu\n")
        .file(card / "hwmon/hwmon3/temp1_input", "46000\n")
        .file(card / "hwmon/hwmon3/temp1_label", "edge\n")
        .file(card / "hwmon/hwmon3/power1_average", "21500000\n")
        .link("sys/class/drm/card0/device", std::filesystem::path("../../../..") / card)
        .link("sys/class/drm/renderD128/device", std::filesystem::path("../../../..") / card)
        .file("dev/dri/card0", "")
        .file("dev/dri/renderD128", "");
    machine_.file("proc/sys/kernel/hostname", "tornado7\n")
        .file("proc/sys/kernel/osrelease", "6.12.0\n")
        .file("etc/passwd", "evelyn:x:1000:1000:Evelyn Smithers:/home/evelyn:/bin/sh\n")
        .file("etc/fstab", "//hurricane/x /x cifs user=evelyn,password=hunter2hunter2 0 0\n")
        .file("proc/cmdline", "root=UUID=1f0e12ab-9c3d-4e11-8888-0123456789ab ip=10.20.30.41\n")
        .file("proc/77/comm", "trainjob\n")
        .file("proc/77/cmdline", std::string("/opt/trainjob\0--key\0opensesame\0", 31))
        .file("proc/77/status", "Name:\ttrainjob\nUid:\t1000\t1000\t1000\t1000\n")
        .file("proc/77/cgroup", "0::/system.slice/evelyn-train.service\n")
        .file("proc/77/fdinfo/5",
              "drm-driver:\tamdgpu\ndrm-pdev:\t0000:03:00.0\ndrm-client-id:\t9\n"
              "drm-memory-vram:\t1024 KiB\n")
        .link("proc/77/fd/5", "/dev/dri/renderD128")
        .link("proc/77/fd/6", "/home/evelyn/diary");
    machine_.file("sys/class/net/eth0/address", "a0:36:9f:12:34:56\n");
  }
  static const std::vector<std::string>& names() {
    static const std::vector<std::string> all{
        "8f0e12ab9c3d4e11", "PCB24680XQ",     "tornado7",      "evelyn",
        "Smithers",         "hunter2hunter2", "1f0e12ab-9c3d", "10.20.30.41",
        "trainjob",         "hurricane",      "opensesame",    "a0:36:9f:12:34:56"};
    return all;
  }

  FakeTree state_;
  FakeTree machine_;
  FakeTree out_;
  Program program_{ACCEL_PROGRAM};
};

TEST_F(CliCapture, CanBeReadAsTheMachineThatItWas) {
  add_machine();
  const std::string root = machine_.root().string();
  ASSERT_EQ(run({"--root", root, "capture", "-o", place("b/")}).code, 0);

  for (const std::string command : {"list", "status", "topo", "doctor"}) {
    const Json live = Json::parse(run({"--root", root, command, "--json"}).out);
    const Json replayed = Json::parse(run({"--root", place("b"), command, "--json"}).out);
    EXPECT_EQ(comparable(live), comparable(replayed))
        << command << '\n'
        << Json::diff(comparable(live), comparable(replayed)).dump(1);
  }
}

TEST_F(CliCapture, HasNoneOfTheNames) {
  add_machine();
  ASSERT_EQ(run({"--root", machine_.root().string(), "capture", "-o", place("b/")}).code, 0);

  const std::string all = everything(place("b"));
  for (const std::string& name : names()) EXPECT_EQ(all.find(name), std::string::npos) << name;
  EXPECT_EQ(all.find(machine_.root().string()), std::string::npos) << "where it lay";
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  const std::string here(host.data());
  // One that is called as all the world is ("debian") is no secret.
  if (here.find_first_of("0123456789") == std::string::npos) return;
  EXPECT_EQ(all.find(here), std::string::npos) << here;
}

TEST_F(CliCapture, HasTheNamesAndNoPasswordsWhenNotScrubbed) {
  add_machine();
  const auto ended =
      run({"--root", machine_.root().string(), "capture", "--no-scrub", "-o", place("b/")});

  ASSERT_EQ(ended.code, 0) << ended.err;
  const std::string all = everything(place("b"));
  EXPECT_NE(all.find("8f0e12ab9c3d4e11"), std::string::npos);
  EXPECT_EQ(all.find("hunter2hunter2"), std::string::npos);
  EXPECT_NE(ended.out.find("NOT SCRUBBED"), std::string::npos);
}

TEST_F(CliCapture, OpensNoFileOfAnotherDeviceThanItsReaders) {
  add_machine();
  const auto card = add_card(machine_, "0000:04:00.0",
                             {.vendor = "0x1002",
                              .device = "0x73bf",
                              .class_code = "0x030000",
                              .driver = "amdgpu",
                              .runtime_status = "suspended"});
  machine_.file(card / "gpu_busy_percent", "9\n").file(card / "config", std::string(64, '\0'));
  ASSERT_EQ(run({"--root", machine_.root().string(), "capture", "-o", place("b/")}).code, 0);

  const auto kept = out_.root() / "b" / card;
  EXPECT_TRUE(std::filesystem::exists(kept / "power/runtime_status"));
  EXPECT_FALSE(std::filesystem::exists(kept / "gpu_busy_percent")) << "it would have woken";
  EXPECT_FALSE(std::filesystem::exists(kept / "config"));
  EXPECT_EQ(run({"--root", machine_.root().string(), "--wake", "capture"}).code, 2);
}

TEST_F(CliCapture, ShowsASimulatedMachineAsSuchAndHidesItsNumbers) {
  std::set<std::string> numbers;
  for (const char* command : {"list", "status"}) {
    const Json shown = Json::parse(run({"--sim", "t4:2", command, "--json"}).out);
    collect(shown, {"uuid", "serial", "hostname"}, numbers);
  }
  numbers.erase("simulated");  // the host's name, which is also a word of the documents
  ASSERT_GE(numbers.size(), 4U);
  ASSERT_EQ(run({"--sim", "t4:2", "capture", "-o", place("b/")}).code, 0);

  const std::string all = everything(place("b"));
  for (const std::string& number : numbers) {
    EXPECT_EQ(all.find(number), std::string::npos) << number;
  }
  EXPECT_EQ(Json::parse(run({"--root", place("b"), "status", "--json"}).out)["simulated"], "t4:2");
  const Json status = Json::parse(std::ifstream(place("b") + "/documents/status.json"));
  EXPECT_EQ(status["devices"].size(), 2U);
  EXPECT_TRUE(status["devices"][0]["readings"]["temperature"].contains("value"))
      << "what the library said";
}

TEST_F(CliCapture, UnpacksToAFolderOfItsName) {
  add_machine();
  const auto ended =
      run({"--root", machine_.root().string(), "capture", "-o", place("report.tar.gz")});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Program tar("/bin/tar");
  const auto unpacked = tar.run({"-xzf", place("report.tar.gz"), "-C", out_.root().string()});
  ASSERT_EQ(unpacked.code, 0) << unpacked.err;

  const Json manifest = Json::parse(std::ifstream(place("report/manifest.json")));
  EXPECT_EQ(manifest["schema"], "accel/capture/1");
  EXPECT_EQ(manifest["scrubbed"], true);
  EXPECT_GT(manifest["hidden"]["serial"], 0);
  EXPECT_EQ(run({"--root", place("report"), "status"}).code, 0);
}

TEST_F(CliCapture, RefusesANameThatIsTaken) {
  out_.file("b.tar.gz", "mine");
  const std::vector<std::string> words{"--root", machine_.root().string(), "capture", "-o",
                                       place("b.tar.gz")};

  EXPECT_EQ(run(words).code, 2);
  auto forced = words;
  forced.emplace_back("--force");
  EXPECT_EQ(run(forced).code, 0);
}

}  // namespace
}  // namespace accel
