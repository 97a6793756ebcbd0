#include "cli/arguments.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace accel::cli {
namespace {

using Words = std::vector<std::string>;

Result<Arguments> parse(const Words& words) { return Arguments::parse(words); }

/// "<message> | <remedy>" of a line that is refused.
std::string refusal(const Words& words) {
  const auto parsed = parse(words);
  return parsed ? "accepted" : parsed.error().message + " | " + parsed.error().remedy;
}

TEST(Arguments, TakeGlobalOptionsBeforeAndAfterTheCommand) {
  for (const Words& words :
       {Words{"--json", "--device", "GPU1", "list"}, Words{"list", "--device", "GPU1", "--json"},
        Words{"--device=GPU1", "list", "--json"}}) {
    const auto parsed = parse(words);

    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->command()->name, "list");
    EXPECT_TRUE(parsed->has("--json"));
    EXPECT_EQ(parsed->value("--device"), "GPU1");
  }
}

TEST(Arguments, KeepEveryValueOfARepeatedOption) {
  const auto parsed = parse({"--device", "0", "list", "--device", "1"});

  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->values("--device"), (Words{"0", "1"}));
}

TEST(Arguments, FindCommandsOfTwoWordsAndTheirOperands) {
  const auto parsed = parse({"sim", "inject", "GPU0", "xid:79", "after=3"});

  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command()->name, "sim inject");
  EXPECT_EQ(parsed->operands(), (Words{"GPU0", "xid:79", "after=3"}));
}

TEST(Arguments, TakeCommandNamesAsOperandsOfHelp) {
  const auto parsed = parse({"help", "sim", "inject"});

  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command()->name, "help");
  EXPECT_EQ(parsed->operands(), (Words{"sim", "inject"}));
}

TEST(Arguments, SuggestTheNearestCommandAndOption) {
  EXPECT_EQ(refusal({"lsit"}), "unknown command: 'lsit' | did you mean list?");
  EXPECT_EQ(refusal({"stat"}), "unknown command: 'stat' | did you mean status?");
  EXPECT_EQ(refusal({"list", "--jsno"}), "unknown option: '--jsno' | did you mean --json?");
  EXPECT_EQ(refusal({"list", "--exprt-file=x"}),
            "unknown option: '--exprt-file' | did you mean --export-file?");
  EXPECT_EQ(refusal({"sim", "shwo"}), "sim: unknown command: 'shwo' | did you mean show?");
  EXPECT_EQ(refusal({"xyzzy"}), "unknown command: 'xyzzy' | see `accel help`");
}

TEST(Arguments, SuggestNoHiddenCommand) {
  EXPECT_EQ(refusal({"generat"}), "unknown command: 'generat' | see `accel help`");
}

TEST(Arguments, RefuseOptionsThatMeanNothingToTheCommand) {
  EXPECT_EQ(refusal({"version", "--device", "0"}),
            "version: --device: means nothing to this command | see `accel help version`");
  EXPECT_EQ(refusal({"--root", "/", "sim", "show"}),
            "sim show: --root: means nothing to this command | see `accel help sim show`");
  EXPECT_EQ(refusal({"capture", "--wake"}),
            "capture: --wake: means nothing to this command | see `accel help capture`");
  EXPECT_EQ(refusal({"top", "--yaml"}),
            "top: --yaml: means nothing to this command | see `accel help top`");
  EXPECT_EQ(refusal({"list", "--state-dir", "/tmp"}),
            "list: --state-dir: means nothing without --sim | see `accel help list`");
}

TEST(Arguments, RefuseTooFewAndTooManyOperands) {
  EXPECT_EQ(refusal({"sim", "inject", "GPU0"}),
            "sim inject: FAULT: is missing | see `accel help sim inject`");
  EXPECT_EQ(refusal({"list", "GPU0"}), "list: 'GPU0': one word too many | see `accel help list`");
}

TEST(Arguments, RefuseAnOptionWithoutItsArgument) {
  EXPECT_TRUE(refusal({"list", "--device"}).starts_with("--device: SEL is missing |"));
}

TEST(Arguments, RefuseAnArgumentOfAnOptionThatTakesNone) {
  EXPECT_TRUE(refusal({"list", "--json=5"}).starts_with("--json: takes no argument |"));
  EXPECT_TRUE(refusal({"--wake=false", "list"}).starts_with("--wake: takes no argument |"));
}

TEST(Arguments, RefuseAnOptionGivenTwiceThatHasOneValue) {
  EXPECT_NE(refusal({"--root", "/", "--root", "/tmp", "list"}), "accepted");
}

TEST(Arguments, LeaveAnEmptyLineToTheCaller) {
  const auto parsed = parse({});

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->command(), nullptr);
}

TEST(Arguments, KnowAGroupWithoutItsCommand) {
  const auto parsed = parse({"sim"});

  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command(), nullptr);
  EXPECT_EQ(parsed->unfinished(), "sim");
}

TEST(CommandTable, SaysEverythingThatHelpNeeds) {
  for (const Command* command : commands()) {
    EXPECT_FALSE(command->summary.empty()) << command->name;
    EXPECT_FALSE(command->description.empty()) << command->name;
    EXPECT_FALSE(command->exits.empty()) << command->name;
    EXPECT_NE(command->run, nullptr) << command->name;
    EXPECT_TRUE(command->hidden || !command->examples.empty()) << command->name;
  }
}

TEST(CommandTable, HasExamplesThatCanBeTyped) {
  for (const Command* command : commands()) {
    for (const Example& example : command->examples) {
      Words words;
      std::string line(example.line.substr(0, example.line.find(" |")));
      if (const auto inner = line.find("$("); inner != std::string::npos) {
        line = line.substr(inner + 2, line.find(')') - inner - 2);
      }
      std::istringstream reader(line);
      for (std::string word; reader >> word;) words.push_back(word);
      ASSERT_EQ(words.front(), "accel") << example.line;
      words.erase(words.begin());

      const auto parsed = parse(words);
      ASSERT_TRUE(parsed) << example.line << ": " << parsed.error().message;
      EXPECT_EQ(parsed->command(), command) << example.line;
    }
  }
}

}  // namespace
}  // namespace accel::cli
