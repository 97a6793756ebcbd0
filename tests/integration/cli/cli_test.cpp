// The program itself: streams, exit codes and files.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <regex>

#include "support/fake_tree.hpp"
#include "support/run_program.hpp"

namespace accel {
namespace {

using testing::Ended;
using testing::FakeTree;
using testing::Program;
using Json = nlohmann::json;

class Cli : public ::testing::Test {
 protected:
  Cli() {
    // An AMD card without a driver, so that there is something to list.
    tree_.file("sys/bus/pci/devices/0000:03:00.0/class", "0x030000\n")
        .file("sys/bus/pci/devices/0000:03:00.0/vendor", "0x1002\n")
        .file("sys/bus/pci/devices/0000:03:00.0/device", "0x744c\n");
  }
  [[nodiscard]] std::vector<std::string> words(std::vector<std::string> rest) const {
    rest.insert(rest.begin(), {"--root", tree_.root().string()});
    return rest;
  }
  Ended run(const std::vector<std::string>& rest) { return program_.run(words(rest)); }

  FakeTree tree_;
  Program program_{ACCEL_PROGRAM};
};

TEST_F(Cli, PutsResultsOnStandardOutputAndProblemsOnStandardError) {
  const Ended listed = run({"list", "--json"});
  EXPECT_EQ(listed.code, 0);
  EXPECT_EQ(listed.err, "");
  EXPECT_EQ(Json::parse(listed.out)["accelerators"][0]["state"], "no_driver");

  const Ended refused = program_.run({"lsit"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err, "accel: unknown command: 'lsit'\naccel: did you mean list?\n");
}

TEST_F(Cli, ListsAndReadsThisMachine) {
  const Ended listed = program_.run({"list", "--json"});
  EXPECT_EQ(listed.code, 0) << listed.err;
  EXPECT_TRUE(Json::parse(listed.out)["simulated"].is_null());
  EXPECT_EQ(program_.run({"status", "--json"}).code, 0);
}

TEST_F(Cli, WarnsOfADeviceThatNoDriverExposes) {
  const Ended listed = run({"list"});

  EXPECT_NE(listed.out.find("WARNING: AMD"), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("but not accessible via drivers."), std::string::npos) << listed.out;
}

TEST_F(Cli, DoctorExitsWithOneWhenThereAreFindings) {
  const Ended examined = run({"doctor", "--json"});

  EXPECT_EQ(examined.code, 1);
  EXPECT_EQ(Json::parse(examined.out)["findings"][0]["id"], "ACC-DRV-001");
}

TEST_F(Cli, ExportsTheDocumentThatJsonPrints) {
  const FakeTree here;
  program_.in_directory(here.root());

  const Ended exported = run({"list", "--export"});
  EXPECT_EQ(exported.code, 0) << exported.err;
  const std::string name = exported.out.substr(0, exported.out.find('\n'));
  EXPECT_TRUE(
      std::regex_match(name, std::regex("accel_list_[0-9]{8}_[0-9]{6}_[0-9A-Za-z]{6}\\.json")))
      << name;
  std::ostringstream text;
  text << std::ifstream(here.root() / name).rdbuf();
  EXPECT_EQ(text.str(), run({"list", "--json"}).out);
}

TEST_F(Cli, ExportsToTheFileThatIsNamedInTheFormatThatIsNamed) {
  const FakeTree here;
  const std::string file = (here.root() / "inventory.yaml").string();

  const Ended exported = run({"list", "--export-file", file, "--yaml"});
  EXPECT_EQ(exported.code, 0) << exported.err;
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_EQ(text.str(), run({"list", "--yaml"}).out);
}

TEST_F(Cli, ReportsAFullDiskAndLeavesNothingHalfWritten) {
  const Ended exported = run({"list", "--export-file", "/dev/full"});
  EXPECT_EQ(exported.code, 1);
  EXPECT_EQ(exported.err, "accel: /dev/full: No space left on device\n");

  const Ended shown = Program(ACCEL_PROGRAM).out_to("/dev/full").run(words({"list"}));
  EXPECT_EQ(shown.code, 1);
  EXPECT_EQ(shown.err, "accel: standard output: No space left on device\n");
}

TEST_F(Cli, SaysThatStandardOutputIsClosed) {
  const Ended shown = Program(ACCEL_PROGRAM).out_to("").run(words({"list"}));

  EXPECT_EQ(shown.code, 1);
  EXPECT_EQ(shown.err, "accel: standard output: Bad file descriptor\n");
}

TEST_F(Cli, EndsQuietlyWhenNobodyReadsItsOutput) {
  const std::string line = std::string("'") + ACCEL_PROGRAM + "' list --root '" +
                           tree_.root().string() + "'; echo $? >&2";
  // The reader is gone before anything is written.
  const std::string script = "exec 3> >(exec true); sleep 0.2; { " + line + "; } >&3";
  const Ended ended = Program("/bin/bash").run({"-c", script});

  EXPECT_EQ(ended.err, std::to_string(128 + SIGPIPE) + "\n");
}

TEST_F(Cli, HasNoColourWhereItIsNotWanted) {
  EXPECT_EQ(run({"list"}).out.find('\x1b'), std::string::npos) << "no terminal";
  const std::string command = std::string(ACCEL_PROGRAM) + " --root " + tree_.root().string();
  const auto on_terminal = [&](const std::string& rest) {
    return Program("/usr/bin/script")
        .with("TERM", "xterm")
        .run({"-qec", command + rest, "/dev/null"})
        .out;
  };
  EXPECT_NE(on_terminal(" list").find('\x1b'), std::string::npos);
  EXPECT_EQ(on_terminal(" list --no-color").find('\x1b'), std::string::npos);
  EXPECT_EQ(Program("/usr/bin/script")
                .with("TERM", "xterm")
                .with("NO_COLOR", "1")
                .run({"-qec", command + " list", "/dev/null"})
                .out.find('\x1b'),
            std::string::npos);
}

TEST_F(Cli, AnswersFiveAtOnceAlike) {
  std::vector<Program::Started> started;
  for (int i = 0; i < 5; ++i) started.push_back(program_.start(words({"list", "--json"})));

  const Ended first = Program::finish(started[0]);
  EXPECT_EQ(first.code, 0);
  for (std::size_t i = 1; i < started.size(); ++i) {
    const Ended other = Program::finish(started[i]);
    EXPECT_EQ(other.code, 0);
    EXPECT_EQ(other.out, first.out);
  }
}

TEST_F(Cli, CompletionAndManPageAreWritten) {
  for (const char* what :
       {"man", "bash", "zsh", "fish", "cli-md", "metrics-md", "configuration-md"}) {
    const Ended generated = program_.run({"generate", what});
    EXPECT_EQ(generated.code, 0) << what;
    EXPECT_GT(generated.out.size(), 500U) << what;
  }
}

}  // namespace
}  // namespace accel
