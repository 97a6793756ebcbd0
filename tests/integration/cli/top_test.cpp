// accel top in a real terminal, on simulated machines; and its answers without one.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/json_schema.hpp"
#include "support/run_program.hpp"
#include "support/tmux.hpp"

namespace accel {
namespace {

using testing::Ended;
using testing::FakeTree;
using testing::JsonSchema;
using testing::Program;
using testing::Tmux;
using Json = nlohmann::json;

class TopText : public ::testing::Test {
 protected:
  TopText() { program_.with("ACCEL_SIM_STATE", (state_.root() / "node").string()); }

  Ended run(std::vector<std::string> words, const std::string& scenario = "dgx-h100") {
    words.insert(words.begin(), {"--sim", scenario, "top"});
    return program_.run(words);
  }

  FakeTree state_;
  Program program_{ACCEL_PROGRAM};
};

TEST_F(TopText, OnceNeedsNoTerminal) {
  program_.with("COLUMNS", "100").with("LC_ALL", "C.UTF-8");
  const Ended ended = run({"--once"});

  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("SIMULATED dgx-h100"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("H100 80GB HBM3"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("8 devices"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("°C"), std::string::npos) << ended.out;
  EXPECT_EQ(ended.out.find('\x1b'), std::string::npos);
}

TEST_F(TopText, OnceIsAsciiWhereTheLocaleIs) {
  program_.with("LC_ALL", "C");
  const Ended ended = run({"--once"});

  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_TRUE(std::all_of(ended.out.begin(), ended.out.end(), [](char c) {
    return c > 0 && c < 0x7F;
  })) << ended.out;
}

TEST_F(TopText, JsonIsADocumentInEachLine) {
  const Ended ended = run({"--json", "--count", "3", "-i", "100ms", "-d", "0", "-d", "5"});

  ASSERT_EQ(ended.code, 0) << ended.err;
  const JsonSchema schema(
      Json::parse(std::ifstream(ACCEL_SOURCE_DIR "/docs/schema/status-1.json")));
  std::istringstream lines(ended.out);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const Json document = Json::parse(line);
    EXPECT_EQ(schema.violation(document), "");
    EXPECT_EQ(document["devices"].size(), 2U);
    EXPECT_EQ(document["devices"][1]["index"], 5);
    EXPECT_TRUE(document["devices"][0]["processes"].is_array());
  }
  EXPECT_EQ(count, 3);
}

TEST_F(TopText, OnceAndJsonAreOneLine) {
  const Ended ended = run({"--json", "--once"});

  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(std::count(ended.out.begin(), ended.out.end(), '\n'), 1);
}

TEST_F(TopText, RefusesWhatMakesNoSense) {
  EXPECT_EQ(run({"--once", "-i", "0s"}).code, 2);
  EXPECT_EQ(run({"--once", "-i", "50ms"}).code, 2);
  EXPECT_EQ(run({"--once", "-i", "-1s"}).code, 2);
  EXPECT_EQ(run({"--once", "-i", "1"}).code, 2) << "a bare number";
  EXPECT_EQ(run({"--once", "--count", "0"}).code, 2);
  EXPECT_EQ(run({"--once", "-d", "99"}).code, 3);
  EXPECT_EQ(run({"--yaml"}).code, 2);
}

TEST_F(TopText, SaysThatItNeedsATerminal) {
  const Ended ended = run({});

  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("--once"), std::string::npos) << ended.err;
}

TEST_F(TopText, ALibraryThatCrashesCostsItsOwnDevices) {
  ASSERT_EQ(program_.run({"--sim", "dgx-h100", "sim", "inject", "*", "crash"}).code, 0);
  const Ended ended = run({"--once"});

  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("crashed in"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("8 devices"), std::string::npos) << ended.out;
}

class TopScreen : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Tmux::is_installed()) GTEST_SKIP() << "tmux is not installed";
  }
  [[nodiscard]] std::string command(const std::string& rest = {}) const {
    return "ACCEL_SIM_STATE=" + (state_.root() / "node").string() +
           " " ACCEL_PROGRAM " --sim dgx-h100 top -i 200ms " + rest;
  }
  void inject(const std::string& fault) {
    Program program(ACCEL_PROGRAM);
    program.with("ACCEL_SIM_STATE", (state_.root() / "node").string());
    std::istringstream words(fault);
    std::vector<std::string> line{"--sim", "dgx-h100", "sim", "inject"};
    for (std::string word; words >> word;) line.push_back(word);
    ASSERT_EQ(program.run(line).code, 0);
  }
  /// As the shell had it: no other screen, a cursor, a keyboard in its usual mode, echo.
  static void expect_restored(Tmux& terminal) {
    EXPECT_NE(terminal.wait_for("shell>"), "");
    EXPECT_EQ(terminal.fact("alternate_on"), "0");
    EXPECT_EQ(terminal.fact("cursor_flag"), "1");
    EXPECT_EQ(terminal.fact("keypad_flag"), "0");
    terminal.type("stty -a | tr \" \" \"\\n\" | grep -cxE \"icanon|echo|isig|icrnl|opost\"");
    EXPECT_NE(terminal.wait_for("\n5\n"), "");
  }

  FakeTree state_;
};

TEST_F(TopScreen, ShowsDevicesAndLeavesTheTerminalAsItWas) {
  Tmux terminal(80, 24);
  terminal.type(command());
  const std::string screen = terminal.wait_for("H100 80GB");
  EXPECT_NE(screen.find("SIMULATED dgx-h100"), std::string::npos) << screen;
  EXPECT_NE(screen.find("8 devices"), std::string::npos) << screen;
  EXPECT_NE(screen.find("F10Quit"), std::string::npos) << screen;
  EXPECT_EQ(terminal.fact("alternate_on"), "1");

  terminal.key("q");
  expect_restored(terminal);
}

TEST_F(TopScreen, FollowsTheSizeOfTheTerminal) {
  Tmux terminal(80, 24);
  terminal.type(command());
  ASSERT_NE(terminal.wait_for("H100 80GB"), "");
  EXPECT_EQ(terminal.screen().find("ADDRESS"), std::string::npos);

  terminal.resize(300, 80);
  EXPECT_NE(terminal.wait_for("ADDRESS"), "");
  EXPECT_NE(terminal.wait_for("TEMPERATURE"), "");
  terminal.resize(20, 4);
  EXPECT_NE(terminal.wait_for("accel top"), "");
  terminal.resize(80, 24);
  EXPECT_NE(terminal.wait_for("F10Quit"), "");
  terminal.key("F10");
  expect_restored(terminal);
}

TEST_F(TopScreen, UnderstandsKeys) {
  Tmux terminal(100, 40);
  terminal.type(command());
  ASSERT_NE(terminal.wait_for("H100 80GB"), "");

  terminal.key("F1");
  EXPECT_NE(terminal.wait_for("filter: show only rows"), "");
  terminal.key("Escape");
  EXPECT_NE(terminal.wait_until_gone("filter: show only rows"), "");
  terminal.key("F4");
  terminal.key("z z z");
  EXPECT_NE(terminal.wait_for("nothing contains"), "");
  terminal.key("Escape");
  terminal.key("Down");
  terminal.key("Enter");
  EXPECT_NE(terminal.wait_for("PCI Express"), "") << "details";
  terminal.key("q");
  EXPECT_NE(terminal.wait_for("F10Quit"), "");
  terminal.key("p");
  EXPECT_NE(terminal.wait_for("PAUSED"), "");
  terminal.key("C-c");
  expect_restored(terminal);
}

TEST_F(TopScreen, SignalsNobodyOnASimulatedMachine) {
  Tmux terminal(120, 40);
  terminal.type(command());
  ASSERT_NE(terminal.wait_for("H100 80GB"), "");

  terminal.key("Tab");
  terminal.key("F9");
  EXPECT_NE(terminal.wait_for("simulated or recorded"), "");
  terminal.key("q");
  expect_restored(terminal);
}

TEST_F(TopScreen, CanBeStoppedAndGoOn) {
  Tmux terminal(80, 24);
  terminal.type(command());
  ASSERT_NE(terminal.wait_for("H100 80GB"), "");

  terminal.key("C-z");
  expect_restored(terminal);
  terminal.type("fg");
  EXPECT_NE(terminal.wait_for("F10Quit"), "");
  terminal.key("q");
  expect_restored(terminal);
}

TEST_F(TopScreen, RestoresTheTerminalWhenASignalEndsIt) {
  for (const int signal : {SIGTERM, SIGHUP, SIGSEGV, SIGABRT}) {
    Tmux terminal(80, 24);
    terminal.type(command("& echo pid $! > " + (state_.root() / "pid").string() + "; fg"));
    ASSERT_NE(terminal.wait_for("H100 80GB"), "") << signal;
    std::ifstream file(state_.root() / "pid");
    std::string word;
    pid_t pid = 0;
    file >> word >> pid;
    ASSERT_GT(pid, 0);

    ASSERT_EQ(::kill(pid, signal), 0);
    expect_restored(terminal);
  }
}

TEST_F(TopScreen, GoesOnWhenADeviceHangs) {
  Tmux terminal(120, 40);
  terminal.type(command());
  ASSERT_NE(terminal.wait_for("H100 80GB"), "");

  inject("GPU3 hung");
  EXPECT_NE(terminal.wait_for("hung: the driver did not answer"), "");
  EXPECT_NE(terminal.wait_for("8 devices"), "");
  terminal.key("F1");
  EXPECT_NE(terminal.wait_for("filter: show only rows"), "");
  terminal.key("Escape");
  terminal.key("q");
  expect_restored(terminal);
}

TEST_F(TopScreen, GoesOnWhenALibraryCrashes) {
  Tmux terminal(120, 40);
  terminal.type(command());
  ASSERT_NE(terminal.wait_for("H100 80GB"), "");

  inject("GPU3 crash");
  EXPECT_NE(terminal.wait_for("crashed in"), "");
  EXPECT_NE(terminal.wait_for("8 devices"), "");
  EXPECT_EQ(terminal.fact("alternate_on"), "1");
  terminal.key("q");
  expect_restored(terminal);
}

TEST_F(TopScreen, HasNoColourWhereItIsNotWanted) {
  const auto colours = [this](const std::string& before) {
    Tmux terminal(80, 24);
    terminal.type(before + command());
    terminal.wait_for("H100 80GB");
    const std::string screen = terminal.styled_screen();
    terminal.key("q");
    terminal.wait_for("shell>");
    return screen.find("[38;5;") != screen.npos || screen.find("[36m") != screen.npos ||
           screen.find(";5;") != screen.npos;
  };

  EXPECT_TRUE(colours(""));
  EXPECT_FALSE(colours("NO_COLOR=1 "));
}

TEST_F(TopScreen, IsAsciiWhereTheLocaleIs) {
  Tmux terminal(100, 40, "C");
  terminal.type(command());
  const std::string screen = terminal.wait_for("H100 80GB");

  EXPECT_TRUE(std::all_of(screen.begin(), screen.end(), [](char c) { return c > 0 && c < 0x7F; }))
      << screen;
  terminal.key("q");
  expect_restored(terminal);
}

TEST_F(TopScreen, SaysWhatIsWrongWithATerminalThatItCannotDrawOn) {
  Tmux terminal(80, 24);
  for (const std::string type : {"TERM=dumb ", "TERM=nonesuch "}) {
    terminal.type(type + command());
    EXPECT_NE(terminal.wait_for("cannot draw on a terminal of type"), "") << type;
    terminal.type("clear");
    terminal.wait_until_gone("cannot draw");
  }
}

TEST_F(TopScreen, SaysThatADeviceIsNotThereOnTheShellsScreen) {
  Tmux terminal(80, 24);
  terminal.type(command("-d 99"));

  EXPECT_NE(terminal.wait_for("shows them"), "");
  expect_restored(terminal);
}

}  // namespace
}  // namespace accel
