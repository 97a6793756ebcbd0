// Documents and scripts that are written from the tables.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/generate/generate.hpp"
#include "support/fake_tree.hpp"

namespace accel::cli {
namespace {

std::string committed(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(ACCEL_SOURCE_DIR "/docs/" + name).rdbuf();
  return text.str();
}

TEST(GeneratedDocument, CliIsFresh) {
  EXPECT_EQ(committed("cli.md"), cli_reference())
      << "run: tools/generate_documents build/release/accel";
}

TEST(GeneratedDocument, MetricsIsFresh) {
  EXPECT_EQ(committed("metrics.md"), metric_reference())
      << "run: tools/generate_documents build/release/accel";
}

TEST(GeneratedDocument, ConfigurationIsFresh) {
  EXPECT_EQ(committed("configuration.md"), configuration_reference())
      << "run: tools/generate_documents build/release/accel";
}

TEST(ManPage, NamesEveryCommandAndOption) {
  const std::string page = man_page();

  for (const Command* command : commands()) {
    if (command->hidden) continue;
    EXPECT_NE(page.find("accel " + std::string(command->name)), std::string::npos) << command->name;
  }
  for (const Option& option : global_options()) {
    EXPECT_NE(
        page.find("\\-\\-" + std::string(option.name.substr(2, option.name.find('-', 2) - 2))),
        std::string::npos)
        << option.name;
  }
}

/// What bash offers behind those words.
std::string offered(const std::string& words) {
  accel::testing::FakeTree tree;
  tree.file("completion", bash_completion());
  const std::string script =
      "source '" + (tree.root() / "completion").string() + "'; COMP_WORDS=(" + words +
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _accel; echo \"${COMPREPLY[*]}\"";
  tree.file("script", script);
  FILE* pipe = ::popen(("bash '" + (tree.root() / "script").string() + "'").c_str(), "r");
  std::string text;
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) text += buffer;
  if (pipe != nullptr) ::pclose(pipe);
  return text;
}

TEST(BashCompletion, OffersCommands) {
  EXPECT_EQ(offered("accel sta"), "status\n");
  EXPECT_EQ(offered("accel sim in"), "init inject\n");
}

TEST(BashCompletion, OffersOptionsOfTheCommand) {
  EXPECT_EQ(offered("accel list --export-"), "--export-file\n");
  EXPECT_EQ(offered("accel --root / version --r"), "\n");
}

TEST(BashCompletion, OffersFields) {
  EXPECT_EQ(offered("accel status --query temperature_hot"), "temperature_hotspot\n");
}

}  // namespace
}  // namespace accel::cli
