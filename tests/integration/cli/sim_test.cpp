// The program on simulated machines: nothing it shows may pass for this machine's hardware.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/json_schema.hpp"
#include "support/run_program.hpp"

namespace accel {
namespace {

using testing::Ended;
using testing::FakeTree;
using testing::JsonSchema;
using testing::Program;
using Json = nlohmann::json;

class CliSim : public ::testing::Test {
 protected:
  CliSim() { program_.with("ACCEL_SIM_STATE", (state_.root() / "node").string()); }

  Ended run(std::vector<std::string> words, const std::string& scenario = "t4:2") {
    words.insert(words.begin(), {"--sim", scenario});
    return program_.run(words);
  }
  static Json schema(const std::string& name) {
    return Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/" + name));
  }

  FakeTree state_;
  Program program_{ACCEL_PROGRAM};
};

TEST_F(CliSim, MarksEveryScreenAndEveryDocument) {
  for (const std::string command : {"list", "status", "ps", "topo", "doctor"}) {
    const std::string text = run({command}).out;
    EXPECT_NE(text.substr(0, text.find('\n')).find("SIMULATED"), std::string::npos) << command;
    EXPECT_EQ(Json::parse(run({command, "--json"}).out)["simulated"], "t4:2") << command;
    EXPECT_NE(run({command, "--yaml"}).out.find("\nsimulated: \"t4:2\"\n"), std::string::npos)
        << command;
    const std::string rows = run({command, "--csv"}).out;
    EXPECT_EQ(rows.rfind("simulated,", 0), 0U) << command;
  }
  const std::string table = run({"status", "--query", "name"}).out;
  EXPECT_EQ(table.rfind("SIMULATED", 0), 0U);
  EXPECT_NE(run({"sim", "path"}).err.find("SIMULATED"), std::string::npos);
}

TEST_F(CliSim, WritesDocumentsAsTheSchemasSay) {
  EXPECT_EQ(JsonSchema(schema("list-1.json")).violation(Json::parse(run({"list", "--json"}).out)),
            "");
  EXPECT_EQ(
      JsonSchema(schema("status-1.json")).violation(Json::parse(run({"status", "--json"}).out)),
      "");
  EXPECT_EQ(
      JsonSchema(schema("processes-1.json")).violation(Json::parse(run({"ps", "--json"}).out)), "");
}

TEST_F(CliSim, ShowsWhatJoinsTheDevicesOfADgx) {
  const Json document = Json::parse(run({"topo", "--json"}, "dgx-h100").out);

  EXPECT_EQ(JsonSchema(schema("topology-1.json")).violation(document), "");
  ASSERT_EQ(document["devices"].size(), 8U);
  ASSERT_EQ(document["nics"].size(), 8U);
  ASSERT_EQ(document["pairs"].size(), 28U);
  for (const Json& pair : document["pairs"]) {
    EXPECT_EQ(pair["link"]["kind"], "nvlink");
    EXPECT_EQ(pair["link"]["lanes"], 18);
    EXPECT_EQ(pair["link"]["through_switch"], true);
  }
  EXPECT_EQ(document["pairs"][0]["level"], "numa_node");
  EXPECT_EQ(document["pairs"][6]["level"], "system") << "GPU0 and GPU7";
  for (std::size_t i = 0; i < 8; ++i) {
    const Json& nearest = document["devices"][i]["nearest_nics"];
    ASSERT_EQ(nearest.size(), 1U);
    EXPECT_EQ(nearest[0]["name"], document["nics"][i]["name"]);
    EXPECT_EQ(nearest[0]["level"], "several_switches");
  }
}

TEST_F(CliSim, NamesNoLinkOfDevicesThatHaveNone) {
  const std::string text = run({"topo"}).out;

  EXPECT_EQ(text.find("NVLink"), std::string::npos) << text;
  EXPECT_NE(text.find("GPU0"), std::string::npos);
  EXPECT_NE(run({"topo", "--svg"}).out.find(">SIMULATED t4:2</text>"), std::string::npos);
}

TEST_F(CliSim, DrawsInOneWayAtATime) {
  EXPECT_EQ(run({"topo", "--dot", "--svg"}).code, 2);
  EXPECT_EQ(run({"topo", "--dot", "--json"}).code, 2);
}

TEST_F(CliSim, ReadsEveryDevice) {
  const Json document = Json::parse(run({"status", "--json"}).out);

  ASSERT_EQ(document["devices"].size(), 2U);
  for (const auto& device : document["devices"]) {
    EXPECT_EQ(device["readings"]["temperature"]["status"], "ok");
    EXPECT_EQ(device["readings"]["power"]["unit"], "watts");
  }
}

TEST_F(CliSim, SelectsADeviceInEveryWayOfNamingIt) {
  const Json device = Json::parse(run({"list", "--json"}).out)["accelerators"][1];
  const auto uuid = device["uuid"].get<std::string>();

  for (const std::string& name : {std::string("1"), std::string("GPU1"), uuid, uuid.substr(4, 8),
                                  device["pci_address"].get<std::string>()}) {
    const Json one = Json::parse(run({"status", "--json", "--device", name}).out);
    ASSERT_EQ(one["devices"].size(), 1U) << name;
    EXPECT_EQ(one["devices"][0]["uuid"], uuid) << name;
  }
}

TEST_F(CliSim, SeesAFaultThatAnotherRunInjectedUntilItIsCleared) {
  EXPECT_EQ(run({"sim", "inject", "GPU1", "lost"}).code, 0);
  const Json lost = Json::parse(run({"status", "--json"}).out);
  EXPECT_EQ(lost["devices"][0]["state"], "ok");
  EXPECT_EQ(lost["devices"][1]["state"], "lost");

  EXPECT_EQ(run({"sim", "clear", "GPU1"}).code, 0);
  EXPECT_EQ(Json::parse(run({"status", "--json"}).out)["devices"][1]["state"], "ok");
}

TEST_F(CliSim, TellsAMalformedDeviceFromOneThatIsNotThere) {
  for (const std::string command : {"inject", "clear"}) {
    const auto ended = [&](const std::string& device) {
      return command == "clear" ? run({"sim", "clear", device})
                                : run({"sim", "inject", device, "lost"});
    };
    EXPECT_EQ(ended("GPUX").code, 2) << command;
    EXPECT_NE(ended("GPUX").err.find("Invalid device id: 'GPUX'\n"), std::string::npos);
    EXPECT_EQ(ended("9").code, 3) << command;
    EXPECT_NE(ended("9").err.find("GPU with index 9 not found\n"), std::string::npos);
    EXPECT_NE(ended("ff:00.0").err.find("Device not found: ff:00.0\n"), std::string::npos);
  }
}

TEST_F(CliSim, SaysOnceInDoctorThatADeviceIsLost) {
  EXPECT_EQ(run({"sim", "inject", "GPU1", "lost"}).code, 0);

  const Json findings = Json::parse(run({"doctor", "--json"}).out)["findings"];
  ASSERT_EQ(findings.size(), 1U) << findings;
  EXPECT_EQ(findings[0]["id"], "ACC-NV-007");
}

TEST_F(CliSim, FindsAnXidUntilItIsCleared) {
  EXPECT_EQ(run({"sim", "inject", "GPU1", "xid:48"}).code, 0);
  const Ended ill = run({"doctor", "--json"});
  EXPECT_EQ(ill.code, 1);
  const Json findings = Json::parse(ill.out)["findings"];
  ASSERT_EQ(findings.size(), 2U) << findings;
  EXPECT_EQ(findings[0]["id"], "ACC-NV-016");
  EXPECT_EQ(findings[0]["severity"], "High");
  EXPECT_EQ(findings[1]["id"], "ACC-MEM-001") << "the counter that it raised";

  EXPECT_EQ(run({"sim", "clear", "GPU1"}).code, 0);
  const Json after = Json::parse(run({"doctor", "--json"}).out)["findings"];
  ASSERT_EQ(after.size(), 1U) << after;
  EXPECT_EQ(after[0]["id"], "ACC-MEM-001");
}

TEST_F(CliSim, SurvivesAVendorLibraryThatCrashes) {
  const Json before = Json::parse(run({"status", "--json"}).out);
  EXPECT_EQ(run({"sim", "inject", "*", "crash@nvmlDeviceGetPowerUsage"}).code, 0);

  const Ended ended = run({"status", "--json"});
  EXPECT_EQ(ended.code, 0);
  const Json document = Json::parse(ended.out);
  ASSERT_EQ(document["devices"].size(), 2U);
  EXPECT_EQ(document["devices"][0]["state"], "error");
  EXPECT_EQ(document["devices"][0]["state_reason"],
            "libnvidia-ml.so.1 crashed in nvmlDeviceGetPowerUsage (SIGSEGV)");
  EXPECT_EQ(document["devices"][0]["uuid"], before["devices"][0]["uuid"])
      << "the kernel's files tell who it is";
}

TEST_F(CliSim, WaitsForNoDriverThatHangs) {
  EXPECT_EQ(run({"sim", "inject", "GPU0", "hung@nvmlDeviceGetPowerUsage"}).code, 0);

  const Json document = Json::parse(run({"status", "--json"}).out);
  EXPECT_EQ(document["devices"][0]["state"], "hung");
  EXPECT_EQ(document["devices"][1]["readings"]["temperature"]["status"], "ok");
}

TEST_F(CliSim, RemovesANodeWithAllItsState) {
  EXPECT_EQ(run({"sim", "init"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(state_.root() / "node"));

  EXPECT_EQ(run({"sim", "clear"}).code, 0);
  EXPECT_FALSE(std::filesystem::exists(state_.root() / "node"));
}

TEST_F(CliSim, KeepsItsStateWhereItIsTold) {
  const std::string directory = (state_.root() / "elsewhere").string();

  EXPECT_EQ(run({"sim", "path", "--state-dir", directory}).out, directory + "\n");
}

TEST_F(CliSim, NamesTheScenarios) {
  const Json scenarios = Json::parse(Program(ACCEL_PROGRAM).run({"sim", "show", "--json"}).out);

  EXPECT_NE(std::find(scenarios.begin(), scenarios.end(), "dgx-h100"), scenarios.end());
}

TEST_F(CliSim, RefusesAScenarioThatDoesNotExist) {
  const Ended refused = run({"list"}, "dgx-h200000");

  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_NE(refused.err.find("dgx-h200000"), std::string::npos);
}

TEST_F(CliSim, SuggestsTheNearestScenario) {
  for (const auto& words : {std::vector<std::string>{"list"}, {"sim", "init"}}) {
    const Ended refused = run(words, "dgx-h10:2");

    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("did you mean dgx-h100"), std::string::npos) << refused.err;
  }
}

TEST_F(CliSim, SaysThatTheStateHasNoPlace) {
  const Ended refused = run({"list", "--state-dir", (state_.root() / "no/such").string()});

  EXPECT_EQ(refused.code, 3);
  EXPECT_EQ(refused.err.find("did you mean"), std::string::npos) << refused.err;
}

TEST_F(CliSim, LooksForUnfinishedChangesInTheSimulation) {
  EXPECT_EQ(run({"sim", "init"}).code, 0);
  std::filesystem::create_directories(state_.root() / "node/journal");
  std::ofstream(state_.root() / "node/journal/0001.json") << "{}";

  const Json examined = Json::parse(run({"doctor", "--json"}).out);
  ASSERT_EQ(examined["findings"].size(), 1U) << examined.dump();
  EXPECT_EQ(examined["findings"][0]["id"], "ACC-CTL-001");
}

}  // namespace
}  // namespace accel
