// A text must come back as that text, and a number as that number, from any YAML reader.
#include "render/yaml.hpp"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

namespace accel::render {
namespace {

TEST(Yaml, ReadsBackAsTheSameTree) {
  const Document document = Document::Object{
      {"schema", "accel/list/1"},
      {"simulated", {}},
      {"count", 2},
      {"share", 0.25},
      {"flag", true},
      {"none", Document::Array{}},
      {"nothing", Document::Object{}},
      {"devices",
       Document::Array{Document::Object{{"model", "H100"}, {"nodes", Document::Array{"a", "b"}}},
                       Document::Object{{"model", "T4"}, {"nodes", Document::Array{}}}}}};

  const YAML::Node read = YAML::Load(yaml(document));
  EXPECT_EQ(read["schema"].as<std::string>(), "accel/list/1");
  EXPECT_TRUE(read["simulated"].IsNull());
  EXPECT_EQ(read["count"].as<int>(), 2);
  EXPECT_EQ(read["share"].as<double>(), 0.25);
  EXPECT_TRUE(read["flag"].as<bool>());
  EXPECT_TRUE(read["none"].IsSequence());
  EXPECT_TRUE(read["nothing"].IsMap());
  ASSERT_EQ(read["devices"].size(), 2U);
  EXPECT_EQ(read["devices"][0]["nodes"][1].as<std::string>(), "b");
  EXPECT_EQ(read["devices"][1]["model"].as<std::string>(), "T4");
}

class YamlText : public ::testing::TestWithParam<const char*> {};

TEST_P(YamlText, ComesBackAsAText) {
  const Document document = Document::Object{{"text", GetParam()}};

  const YAML::Node read = YAML::Load(yaml(document));
  EXPECT_EQ(read["text"].as<std::string>(), GetParam());
  EXPECT_NE(yaml(document).find('"'), std::string::npos) << "not quoted: " << yaml(document);
}

INSTANTIATE_TEST_SUITE_P(LooksLikeSomethingElse, YamlText,
                         ::testing::Values("no", "Yes", "on", "OFF", "y", "null", "~", "123", "1.5",
                                           "0x1f", "1e3", "2026-11-20", "12:30:45", "-", "- a",
                                           "a: b", "# c", " padded ", "", "@x", "%y", "*z", "&a",
                                           "!t", "|", ">", "{}", "[a]", "a\nb", "tab\there", ".5",
                                           "1_000", ".inf", "NaN", "0000:41:00.0", "\"q\"", "'s'"));

TEST(Yaml, LeavesPlainWordsWithoutQuotes) {
  EXPECT_EQ(yaml(Document::Object{{"model", "NVIDIA H100 80GB HBM3"}}),
            "model: NVIDIA H100 80GB HBM3\n");
}

TEST(Yaml, WritesAListAtTheTop) {
  const YAML::Node read = YAML::Load(yaml(Document::Array{1, "two"}));

  EXPECT_EQ(read[1].as<std::string>(), "two");
}

}  // namespace
}  // namespace accel::render
