#include "config/configuration.hpp"

#include <gtest/gtest.h>

#include "config/schema.hpp"
#include "support/fake_tree.hpp"

namespace accel::config {
namespace {

/// "message | remedy" of a file that is refused.
std::string refusal(std::string_view text) {
  const auto read = parse_configuration(text, "accel.toml");
  if (read) return "accepted";
  EXPECT_EQ(read.error().code, Errc::config_parse_error);
  return read.error().message + " | " + read.error().remedy;
}

constexpr std::string_view kSystem =
    "# Two of them.\n"
    "[[remote]]\n"
    "vendor = \"Cerebras\"\n"
    "host = \"mgmt.example\"\n"
    "name = \"systemf1\"\n"
    "[[remote]]\n"
    "vendor = \"Cerebras\"\n"
    "host = \"mgmt.example\"\n"
    "name = \"systemf2\"\n";

TEST(Configuration, NamesRemoteSystems) {
  const auto read = parse_configuration(kSystem, "accel.toml");

  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->remote_systems.size(), 2U);
  EXPECT_EQ(read->remote_systems[0].vendor, "Cerebras");
  EXPECT_EQ(read->remote_systems[0].host, "mgmt.example");
  EXPECT_EQ(read->remote_systems[1].name, "systemf2");
}

TEST(Configuration, MayBeEmpty) {
  const auto read = parse_configuration("# nothing yet\n", "accel.toml");

  ASSERT_TRUE(read);
  EXPECT_TRUE(read->remote_systems.empty());
}

TEST(Configuration, SaysWhereAnUnknownKeyIsAndWhatMayBeMeant) {
  EXPECT_EQ(refusal("[[remote]]\nvendor = \"Cerebras\"\n  hots = \"a\"\nname = \"b\"\n"),
            "accel.toml:3:3: unknown key 'hots' | did you mean host?");
  EXPECT_EQ(refusal("xyzzy = 1\n"), "accel.toml:1:1: unknown key 'xyzzy' | known here: remote");
}

TEST(Configuration, SaysWhichKeyIsMissing) {
  EXPECT_EQ(refusal("\n[[remote]]\nvendor = \"Cerebras\"\nhost = \"a\"\n"),
            "accel.toml:2:1: 'name' is missing | add name = \"systemf1\"");
}

TEST(Configuration, SaysWhatAValueShouldBe) {
  EXPECT_EQ(refusal("[[remote]]\nvendor = \"Cerebras\"\nhost = 7\nname = \"b\"\n"),
            "accel.toml:3:1: host: a whole number instead of a text in quotes | "
            "write host = \"mgmt.example\"");
  EXPECT_EQ(refusal("remote = \"a\"\n"),
            "accel.toml:1:1: remote: a text in quotes instead of a list of tables | "
            "write [[remote]] above each");
  EXPECT_EQ(refusal("[remote]\nhost = \"a\"\n"),
            "accel.toml:1:1: remote: a table instead of a list of tables | "
            "write [[remote]] above each");
  EXPECT_EQ(refusal("[[remote]]\nvendor = \"Cerebra\"\nhost = \"a\"\nname = \"b\"\n"),
            "accel.toml:2:1: vendor: unknown: 'Cerebra' | did you mean Cerebras?");
}

TEST(Configuration, SaysWhereTheFileIsNoToml) {
  EXPECT_EQ(refusal("[[remote]]\nvendor = Cerebras\n").substr(0, 17), "accel.toml:2:10: ");
  for (const char* text :
       {"[=", "[[remote]", "a = [1, {", "\xff\xfe", "a = \"", "[[remote]]\n=1"}) {
    EXPECT_NE(refusal(text), "accepted") << text;
  }
}

TEST(Configuration, IsReadFromAFile) {
  testing::FakeTree tree;
  tree.file("accel.toml", std::string(kSystem));

  EXPECT_EQ(read_configuration(tree.root() / "accel.toml")->remote_systems.size(), 2U);
  const auto none = read_configuration(tree.root() / "none.toml");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::operation_not_supported);
}

TEST(ConfigurationSchema, HasEachTableBeforeItsKeys) {
  std::vector<std::string_view> tables{""};
  for (const Key& key : keys()) {
    EXPECT_NE(std::find(tables.begin(), tables.end(), key.parent()), tables.end()) << key.path;
    EXPECT_FALSE(key.help.empty()) << key.path;
    if (key.kind == Kind::tables) tables.push_back(key.path);
    EXPECT_EQ(key.kind == Kind::tables, key.example.empty()) << key.path;
  }
}

}  // namespace
}  // namespace accel::config
