// accel ps, mostly of programs that show nothing but an open device node.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "accel/backends.hpp"
#include "support/fake_tree.hpp"
#include "support/json_schema.hpp"
#include "support/stub_vendor.hpp"
#include "unit/cli/run.hpp"

namespace accel::cli {
namespace {

using accel::testing::FakeTree;
using accel::testing::finds;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;
using Json = nlohmann::json;

class Ps : public ::testing::Test {
 protected:
  Ps() {
    AcceleratorInfo npu = stub_info_at("Acme", "0000:41:00.0");
    npu.device_type = DeviceType::npu;
    npu.device_nodes = {"/dev/acme0"};
    AcceleratorInfo gpu = stub_info_at("Acme", "0000:42:00.0");
    gpu.device_nodes = {"/dev/acme1"};
    bench_.backends = {stub_vendor("Acme", finds({npu, gpu}))};
    open(100, "train.py", {"/dev/acme0", "/dev/acme1", "/dev/null"});
    open(20, "serve", {"/dev/acme0"});
  }
  void open(int pid, const std::string& name, const std::vector<std::string>& nodes) {
    const auto folder = std::filesystem::path("proc") / std::to_string(pid);
    tree_.file(folder / "cmdline", name + std::string("\0--fast\0", 8))
        .file(folder / "cgroup", "0::/user.slice\n")
        .file(folder / "status", "Name:\tx\nUid:\t1000\t1000\t1000\t1000\n");
    int fd = 3;
    for (const auto& node : nodes) tree_.link(folder / "fd" / std::to_string(fd++), node);
  }
  Outcome run(std::vector<std::string> words) {
    words.insert(words.begin(), {"--root", tree_.root().string(), "ps"});
    return bench_.run(std::move(words));
  }

  FakeTree tree_;
  Bench bench_;
};

TEST_F(Ps, ListsWhoHasADeviceOpenWhateverItsVendor) {
  const Outcome outcome = run({});

  EXPECT_EQ(outcome.code, ExitCode::ok);
  EXPECT_EQ(outcome.out,
            "DEVICE  PID  USER  TYPE     MEMORY  BUSY  NAME\n"
            "0       20   1000  compute  -       -     serve\n"
            "0       100  1000  compute  -       -     train.py\n"
            "1       100  1000  -        -       -     train.py\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Ps, PrintsADocumentAsItsSchemaSays) {
  const testing::JsonSchema schema(
      Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/processes-1.json")));

  const Json document = Json::parse(run({"--json"}).out);

  EXPECT_EQ(schema.violation(document), "");
  EXPECT_EQ(document["processes"].size(), 3U);
  EXPECT_EQ(document["processes"][0]["command"], "serve --fast");
  EXPECT_EQ(document["hidden"], 0);
  EXPECT_TRUE(document["interval_ms"].is_null()) << "nothing to look for twice";
  const Json missing = document["processes"][0]["missing"];
  const auto memory =
      std::ranges::find_if(missing, [](const Json& one) { return one["field"] == "memory_bytes"; });
  ASSERT_NE(memory, missing.end());
  EXPECT_EQ((*memory)["reason"],
            "known by its open device node only; its driver does not tell of programs");
}

TEST_F(Ps, PrintsChosenColumns) {
  EXPECT_EQ(run({"--csv", "--query", "pid,device,name"}).out,
            "pid,device,name\r\n20,0,serve\r\n100,0,train.py\r\n100,1,train.py\r\n");
  EXPECT_EQ(run({"--query", "pid,memory_bytes", "--device", "1"}).out,
            "pid  memory_bytes\n100  -\n");
}

TEST_F(Ps, RefusesFieldsThatAProgramDoesNotHave) {
  const Outcome outcome = run({"--query", "pid,memry_bytes"});

  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_EQ(outcome.err,
            "accel: --query: unknown field: 'memry_bytes'\naccel: did you mean memory_bytes?\n");
  EXPECT_EQ(run({"--sort", "nam"}).code, ExitCode::usage);
}

TEST_F(Ps, SortsAsAsked) {
  EXPECT_EQ(run({"--csv", "--query", "pid,device", "--sort=-pid,-device"}).out,
            "pid,device\r\n100,1\r\n100,0\r\n20,0\r\n");
}

TEST_F(Ps, SaysInEveryFormatWhatIsHidden) {
  tree_.file("proc/1/comm", "sleep\n");

  EXPECT_NE(run({}).out.find("hidden: number not known: "), std::string::npos);
  EXPECT_TRUE(Json::parse(run({"--json"}).out)["hidden"].is_null());
  EXPECT_NE(run({"--yaml"}).out.find("hidden: null"), std::string::npos);
  EXPECT_NE(run({"--csv"}).err.find("accel: hidden: number not known: "), std::string::npos);
}

TEST_F(Ps, SaysThatThereAreNoPrograms) {
  tree_.remove("proc/100").remove("proc/20");

  EXPECT_EQ(run({}).out, "No programs that use an accelerator were found\n");
  EXPECT_EQ(run({"--csv", "--query", "pid"}).out, "pid\r\n");
}

TEST_F(Ps, HasARowInCsvForADeviceFromWhichProgramsMayBeHidden) {
  EXPECT_EQ(std::ranges::count(run({"--csv", "--device", "1"}).out, '\n'), 2);
  tree_.remove("proc/100");
  EXPECT_EQ(std::ranges::count(run({"--csv", "--device", "1"}).out, '\n'), 1);

  tree_.file("proc/1/comm", "sleep\n");

  const std::string out = run({"--csv", "--device", "1"}).out;
  EXPECT_EQ(std::ranges::count(out, '\n'), 2) << out;
  EXPECT_NE(out.find("\r\n1,,,"), std::string::npos) << out;
}

TEST_F(Ps, SaysWhichDeviceCannotBeAsked) {
  bench_.backends = {stub_vendor("Acme", finds({stub_info_at("Acme", "0000:41:00.0")}))};

  EXPECT_NE(run({}).out.find("its driver does not tell of programs"), std::string::npos);
  EXPECT_NE(run({"--csv"}).err.find("its driver does not tell of programs"), std::string::npos);
}

TEST_F(Ps, RefusesAnIntervalThatSaysLittle) {
  EXPECT_EQ(run({"--interval", "50ms"}).code, ExitCode::usage);
  EXPECT_EQ(run({"--interval", "5"}).code, ExitCode::usage);
  EXPECT_EQ(run({"--interval", "0s"}).code, ExitCode::ok);
}

/// A Mali GPU, of which a program has used the engine; the file tells the same at every look.
class PsOfCounters : public Ps {
 protected:
  PsOfCounters() {
    bench_.backends = all_backends();
    const std::string device = "sys/devices/platform/fb000000.gpu";
    tree_.directory(device)
        .link(device + "/driver", "../../../bus/platform/drivers/panthor")
        .link("sys/bus/platform/drivers/panthor/fb000000.gpu",
              "../../../../devices/platform/fb000000.gpu")
        .file(device + "/drm/renderD129/uevent", "DEVNAME=dri/renderD129\n")
        .file(device + "/profiling", "3\n");
    tree_.link("proc/20/fd/9", "/dev/dri/renderD129")
        .file("proc/20/fdinfo/9",
              "drm-driver:\tpanthor\ndrm-client-id:\t3\ndrm-engine-panthor:\t5 ns\n");
  }
  Json row() { return Json::parse(run({"--json", "--interval", "100ms"}).out)["processes"].at(0); }
  std::string use() {
    return bench_
        .run({"--root", tree_.root().string(), "status", "--csv", "--query", "vendor,utilization"})
        .out;
  }
};

TEST_F(PsOfCounters, DoesNotTakeARecordingForAProgramThatDoesNothing) {
  EXPECT_TRUE(row()["utilization"].is_null()) << row();
  EXPECT_NE(run({"--interval", "100ms"}).err.find("a recording has no shares"), std::string::npos);
}

TEST_F(PsOfCounters, GiveTheUseOfAGpuThatDoesNotTellItItself) {
  tree_.link("proc/uptime", "/proc/uptime");

  EXPECT_EQ(use(), "vendor,utilization\r\nArm,0\r\n");
}

TEST_F(PsOfCounters, GiveNoUseOfAGpuThatIsARecording) {
  EXPECT_EQ(use(), "vendor,utilization\r\nArm,\r\n");

  tree_.file("proc/uptime", "86400.00 0.00\n");
  EXPECT_EQ(use(), "vendor,utilization\r\nArm,\r\n");
}

TEST_F(PsOfCounters, DoesNotTakeARecordingOfASimulatedMachineForOneThatLives) {
  tree_.file("manifest.json", "{}")
      .file("simulated", "mixed\n")
      .file("proc/uptime", "86400.00 0.00\n");

  EXPECT_TRUE(row()["utilization"].is_null()) << row();
}

TEST_F(PsOfCounters, LooksTwiceAtAMachineThatLives) {
  // Time that nobody can stop: the seconds since the start of this very machine.
  tree_.link("proc/uptime", "/proc/uptime");

  EXPECT_EQ(row()["utilization"], 0) << row();
}

}  // namespace
}  // namespace accel::cli
