#include <gtest/gtest.h>

#include <csignal>

#include <nlohmann/json.hpp>

#include "support/fake_tree.hpp"
#include "support/stub_vendor.hpp"
#include "unit/cli/run.hpp"

namespace accel::cli {
namespace {

using accel::testing::FakeTree;
using accel::testing::finds;
using accel::testing::finds_one;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;
using Json = nlohmann::json;

class Commands : public ::testing::Test {
 protected:
  Outcome run(std::vector<std::string> words) {
    words.insert(words.begin(), {"--root", tree_.root().string()});
    return bench_.run(std::move(words));
  }
  /// Two devices, one of which reads 62 °C.
  void add_devices() {
    bench_.backends = {
        stub_vendor("NVIDIA", finds_one(stub_info_at("NVIDIA", "0000:41:00.0"),
                                        [](ReadingSet& out) {
                                          out.set(metric::temperature,
                                                  Reading<Temperature>(celsius(62), "stub"));
                                        })),
        stub_vendor("AMD", finds({stub_info_at("AMD", "0000:03:00.0")}))};
  }

  FakeTree tree_;
  Bench bench_;
};

TEST_F(Commands, ListAnEmptyMachine) {
  const Outcome outcome = run({"list"});

  EXPECT_EQ(outcome.code, ExitCode::ok);
  EXPECT_NE(outcome.out.find("No accelerators detected"), std::string::npos);
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Commands, ListDevicesOfAllVendorsInBusOrder) {
  add_devices();

  const Json document = Json::parse(run({"list", "--json"}).out);
  EXPECT_EQ(document["accelerator_count"], 2);
  EXPECT_EQ(document["accelerators"][0]["vendor"], "AMD");
  EXPECT_EQ(document["accelerators"][1]["global_index"], 1);
}

TEST_F(Commands, ListGoesOnWhenAVendorFails) {
  bench_.backends = {stub_vendor("NVIDIA", [](const Discovery&) -> Result<Discovered> {
    return Error{Errc::nvml_error, "boom", "", {}};
  })};

  const Outcome outcome = run({"list"});
  EXPECT_EQ(outcome.code, ExitCode::ok);
  EXPECT_NE(outcome.out.find("Accelerator detection failed: boom"), std::string::npos);
  EXPECT_NE(outcome.out.find("\nStorage\n"), std::string::npos);
}

TEST_F(Commands, LimitTheAnswerToTheDevicesAskedFor) {
  add_devices();

  const Json one = Json::parse(run({"status", "--json", "--device", "1"}).out);
  ASSERT_EQ(one["devices"].size(), 1U);
  EXPECT_EQ(one["devices"][0]["vendor"], "NVIDIA");
  const Json twice =
      Json::parse(run({"status", "--json", "--device", "1", "--device", "0000:41:00.0"}).out);
  EXPECT_EQ(twice["devices"].size(), 1U) << "named twice, shown once";
}

TEST_F(Commands, TellAMalformedSelectorFromAnAbsentDevice) {
  add_devices();

  const Outcome malformed = run({"list", "--device", "GPUX"});
  EXPECT_EQ(malformed.code, ExitCode::usage);
  EXPECT_EQ(malformed.err.rfind("accel: Invalid device id: 'GPUX'\n", 0), 0U) << malformed.err;
  const Outcome absent = run({"list", "--device", "GPU99"});
  EXPECT_EQ(absent.code, ExitCode::no_device);
  EXPECT_EQ(absent.err.rfind("accel: GPU with index 99 not found\n", 0), 0U) << absent.err;
  EXPECT_EQ(run({"status", "--device", "0000:99:00.0"}).code, ExitCode::no_device);
}

TEST_F(Commands, ShowChosenColumns) {
  add_devices();

  EXPECT_EQ(run({"list", "--csv", "--query", "vendor,temperature"}).out,
            "vendor,temperature\r\nAMD,\r\nNVIDIA,62\r\n");
  EXPECT_EQ(run({"status", "--query", "vendor,temperature"}).out,
            "vendor  temperature\nAMD     unsupported\nNVIDIA  62 °C\n");
}

TEST_F(Commands, SampleASecondTimeForARateThatIsAskedFor) {
  bench_.backends = {stub_vendor(
      "NVIDIA",
      finds_one(stub_info_at("NVIDIA", "0000:41:00.0"), [times = 0](ReadingSet& out) mutable {
        if (++times == 1) {
          out.set(metric::pcie_rx, Reading<ByteRate>(Absence{ReadingStatus::pending, "first", ""}));
        } else {
          out.set(metric::pcie_rx, Reading<ByteRate>(ByteRate{512}));
        }
      }))};

  EXPECT_EQ(run({"status", "--csv", "--query", "pcie_rx"}).out, "pcie_rx\r\n512\r\n");
}

TEST_F(Commands, SampleAThirdTimeForARateThatTakesASecond) {
  bench_.backends = {stub_vendor(
      "Intel",
      finds_one(stub_info_at("Intel", "0000:03:00.0"), [times = 0](ReadingSet& out) mutable {
        if (++times < 3) {
          out.set(metric::power, Reading<Power>(Absence{ReadingStatus::pending, "too soon", ""}));
        } else {
          out.set(metric::power, Reading<Power>(milliwatts(43'000)));
        }
      }))};

  EXPECT_EQ(run({"status", "--csv", "--query", "power"}).out, "power\r\n43\r\n");
}

TEST_F(Commands, RefuseAQueryWhereThereAreNoColumns) {
  EXPECT_EQ(run({"list", "--json", "--query", "name"}).code, ExitCode::usage);
}

TEST_F(Commands, SuggestTheNearestField) {
  const Outcome outcome = run({"status", "--query", "temprature"});

  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_EQ(outcome.err,
            "accel: --query: unknown field: 'temprature'\naccel: did you mean temperature?\n");
}

TEST_F(Commands, RefuseFormatsThatExcludeEachOther) {
  const Outcome outcome = run({"list", "--json", "--yaml"});

  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_EQ(outcome.err.rfind("accel: --json and --yaml exclude each other\n", 0), 0U);
}

TEST_F(Commands, RefuseASimulationOfARecordedMachine) {
  const Outcome outcome = run({"list", "--sim", "dgx-h100"});

  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_EQ(outcome.err.rfind("accel: --sim and --root exclude each other\n", 0), 0U);
}

TEST_F(Commands, RefuseARootThatDoesNotExist) {
  const Outcome outcome = bench_.run({"list", "--root", (tree_.root() / "absent").string()});

  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_NE(outcome.err.find("No such file or directory"), std::string::npos) << outcome.err;
}

TEST_F(Commands, DoctorIsContentWithAnEmptyMachine) {
  const Outcome outcome = run({"doctor"});

  EXPECT_EQ(outcome.code, ExitCode::ok);
  EXPECT_EQ(outcome.out.rfind("No findings\n", 0), 0U) << outcome.out;
}

TEST_F(Commands, DoctorSaysHowFarEachVendorWasVerified) {
  add_devices();

  const Json vendors = Json::parse(run({"doctor", "--json"}).out)["vendors"];
  ASSERT_EQ(vendors.size(), 2U);
  EXPECT_EQ(vendors[0]["vendor"], "NVIDIA");
  EXPECT_EQ(vendors[0]["verification"], "simulated");
  EXPECT_EQ(vendors[0]["devices"], 1);
}

TEST_F(Commands, DoctorReportsAnUnfinishedJournalOfTheMachine) {
  tree_.file("var/lib/accel/journal/0001.json", "{}");

  const Outcome outcome = run({"doctor", "--json"});
  EXPECT_EQ(outcome.code, ExitCode::failed);
  const Json findings = Json::parse(outcome.out)["findings"];
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0]["id"], "ACC-CTL-001");
  EXPECT_FALSE(findings[0]["evidence"].get<std::string>().empty());
  EXPECT_FALSE(findings[0]["remedy"].get<std::string>().empty());
}

TEST_F(Commands, DoctorLooksForTheJournalWhereItIsTold) {
  tree_.file("elsewhere/journal/0001.json", "{}");

  EXPECT_EQ(run({"doctor", "--state-dir", (tree_.root() / "elsewhere").string()}).code,
            ExitCode::failed);
}

TEST_F(Commands, VersionSaysHowFarVendorsWereVerified) {
  bench_.backends = {stub_vendor("NVIDIA", {})};

  EXPECT_EQ(bench_.run({"version"}).out.rfind("accel ", 0), 0U);
  EXPECT_EQ(bench_.run({"version"}).out.find("NVIDIA"), std::string::npos);
  EXPECT_NE(bench_.run({"version", "-v"})
                .out.find("  BACK END  VERIFIED BY  VERIFIED ON\n  NVIDIA    simulated    stub\n"),
            std::string::npos);
  EXPECT_EQ(bench_.run({"--version"}).out, bench_.run({"version"}).out);
  EXPECT_EQ(Json::parse(bench_.run({"version", "--json"}).out)["schema"], "accel/version/1");
}

TEST_F(Commands, VersionSaysThatABuildHasNoBackEnds) {
  EXPECT_NE(bench_.run({"version", "-v"}).out.find("This build has no vendor's back end"),
            std::string::npos);
}

TEST_F(Commands, HelpExplainsEveryCommand) {
  for (const Command* command : commands()) {
    std::vector<std::string> words{"help"};
    const std::string name(command->name);
    const auto blank = name.find(' ');
    words.push_back(name.substr(0, blank));
    if (blank != std::string::npos) words.push_back(name.substr(blank + 1));

    const Outcome outcome = bench_.run(words);
    EXPECT_EQ(outcome.code, ExitCode::ok) << name;
    EXPECT_NE(outcome.out.find(command->description.substr(0, 20)), std::string::npos) << name;
    words.erase(words.begin());
    words.emplace_back("--help");
    EXPECT_EQ(bench_.run(words).out, outcome.out) << name;
  }
}

TEST_F(Commands, NoCommandIsAMistakeThatGetsAnOverview) {
  const Outcome outcome = bench_.run({});

  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("list"), std::string::npos);
  EXPECT_EQ(bench_.run({"help"}).code, ExitCode::ok);
  EXPECT_EQ(bench_.run({"help"}).out, outcome.err);
}

TEST_F(Commands, TellWhatIsTriedOnlyWhenAsked) {
  bench_.backends = {stub_vendor("NVIDIA", [](const Discovery& discovery) -> Result<Discovered> {
    discovery.machine.trace("looking");
    return Discovered{};
  })};

  run({"list"});
  EXPECT_TRUE(bench_.debug_texts.empty());
  run({"list", "-v"});
  EXPECT_FALSE(bench_.debug_texts.empty());
}

TEST_F(Commands, TakeRemoteSystemsFromTheMachinesConfiguration) {
  std::vector<RemoteSystem> heard;
  bench_.backends = {stub_vendor("Cerebras", [&](const Discovery& discovery) -> Result<Discovered> {
    heard = discovery.machine.remote_systems;
    return Discovered{};
  })};
  const auto text = [](const std::string& name) {
    return "[[remote]]\nvendor = \"Cerebras\"\nhost = \"mgmt\"\nname = \"" + name + "\"\n";
  };
  tree_.file("etc/accel/accel.toml", text("a")).file("other.toml", text("b"));

  EXPECT_EQ(run({"list"}).code, ExitCode::ok);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].name, "a");
  EXPECT_EQ(run({"list", "--config", (tree_.root() / "other.toml").string()}).code, ExitCode::ok);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].name, "b");
}

TEST_F(Commands, RefuseAConfigurationWithAMistake) {
  tree_.file("etc/accel/accel.toml", "remotes = 1\n");

  const Outcome outcome = run({"list"});
  EXPECT_EQ(outcome.code, ExitCode::usage);
  EXPECT_NE(outcome.err.find("accel.toml:1:1: unknown key 'remotes'"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(run({"list", "--config", "/no/such/file"}).code, ExitCode::usage);
}

TEST_F(Commands, TellNoProblemsOfDevicesThatAreNotShown) {
  add_devices();
  bench_.backends[0] = stub_vendor("NVIDIA", [](const Discovery&) -> Result<Discovered> {
    Discovered found;
    for (const char* address : {"0000:41:00.0", "0000:42:00.0"}) {
      found.devices.push_back(
          std::make_unique<accel::testing::StubDevice>(stub_info_at("NVIDIA", address)));
    }
    found.problems.push_back({Errc::nvml_error, "NVIDIA: 0000:42:00.0: it is ill", "", {}});
    found.problems.push_back({Errc::nvml_error, "NVIDIA: the driver is old", "", {}});
    return found;
  });
  using Texts = std::vector<std::string>;
  const auto problems = [&](const std::string& device) {
    Texts texts;
    const Json document = Json::parse(run({"--device", device, "status", "--json"}).out);
    for (const Json& problem : document["problems"]) texts.push_back(problem["message"]);
    return texts;
  };

  EXPECT_EQ(problems("0"), Texts{}) << "an AMD device";
  EXPECT_EQ(problems("1"), Texts{"NVIDIA: the driver is old"});
  EXPECT_EQ(problems("2"), (Texts{"NVIDIA: 0000:42:00.0: it is ill", "NVIDIA: the driver is old"}));
  EXPECT_EQ(run({"--device", "0", "list", "--csv"}).err, "");
  EXPECT_NE(run({"list", "--csv"}).err.find("it is ill"), std::string::npos);
}

class AfterACrash : public Commands {
 protected:
  AfterACrash() {
    bench_.backends = {stub_vendor(
        "NVIDIA",
        [this](const Discovery& discovery) -> Result<Discovered> {
          asked_ = true;
          const auto library = discovery.machine.library("libnvidia-ml.so.1");
          return library ? Result<Discovered>(Discovered{}) : library.error();
        },
        ids_)};
    tree_.file("sys/bus/pci/devices/0000:41:00.0/class", "0x030200\n")
        .file("sys/bus/pci/devices/0000:41:00.0/vendor", "0x10de\n")
        .file("sys/bus/pci/devices/0000:41:00.0/device", "0x2330\n")
        .directory("sys/bus/pci/drivers/nvidia")
        .link("sys/bus/pci/devices/0000:41:00.0/driver", "../../drivers/nvidia");
  }
  void expect_reason(const std::string& reason) {
    const Json document = Json::parse(run({"list", "--json"}).out);
    ASSERT_EQ(document["accelerators"].size(), 1U);
    EXPECT_EQ(document["accelerators"][0]["state"], "error");
    EXPECT_EQ(document["accelerators"][0]["state_reason"], reason);
  }

  std::vector<std::uint16_t> ids_{0x10de};
  bool asked_ = false;
};

TEST_F(AfterACrash, TheVendorGoesOnWithoutItsLibrary) {
  bench_.crashes = {{"NVIDIA", "libnvidia-ml.so.1", "nvmlDeviceGetPowerUsage", SIGSEGV}};

  expect_reason("libnvidia-ml.so.1 crashed in nvmlDeviceGetPowerUsage (SIGSEGV)");
  EXPECT_TRUE(asked_);
}

TEST_F(AfterACrash, APluginIsLeftOut) {
  bench_.crashes = {{"NVIDIA", "/usr/lib/accel/plugins/v.so", "open", SIGSEGV}};

  expect_reason("/usr/lib/accel/plugins/v.so crashed in open (SIGSEGV)");
  EXPECT_FALSE(asked_);
}

TEST_F(AfterACrash, AVendorThatCrashesAgainIsLeftOut) {
  bench_.crashes = {{"NVIDIA", "libnvidia-ml.so.1", "f", SIGSEGV}, {"NVIDIA", "libx.so", "g", 0}};

  expect_reason("libx.so ended the program in g");
  EXPECT_FALSE(asked_);
}

}  // namespace
}  // namespace accel::cli
