// Every document must read back as what it was, whatever bytes a driver put into it.
#include "render/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace accel::render {
namespace {

using Json = nlohmann::ordered_json;

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(text, out);
  return out;
}

TEST(Json, WritesEveryKindOfValue) {
  const Document document = Document::Object{{"null", {}},
                                             {"yes", true},
                                             {"whole", std::int64_t{-9007199254740993}},
                                             {"share", 0.1},
                                             {"text", "a"},
                                             {"list", Document::Array{1, 2}},
                                             {"empty", Document::Object{}}};

  const Json read = Json::parse(json(document));
  EXPECT_TRUE(read["null"].is_null());
  EXPECT_EQ(read["yes"], true);
  EXPECT_EQ(read["whole"], -9007199254740993);
  EXPECT_EQ(read["share"], 0.1);
  EXPECT_EQ(read["list"], Json({1, 2}));
  EXPECT_TRUE(read["empty"].is_object());
}

TEST(Json, KeepsTheOrderOfMembers) {
  const std::string text = json(Document::Object{{"z", 1}, {"a", 2}});

  EXPECT_EQ(text, "{\"z\": 1, \"a\": 2}\n");
}

TEST(Json, PutsPlainObjectsOnOneLineAndBreaksOthers) {
  const Document document = Document::Object{{"in", Document::Object{{"a", 1}}}};

  EXPECT_EQ(json(document), "{\n  \"in\": {\"a\": 1}\n}\n");
}

TEST(Json, HasNoNumberForWhatIsNotFinite) {
  const Document document = Document::Array{std::nan(""), std::numeric_limits<double>::infinity()};

  EXPECT_EQ(json(document), "[null, null]\n");
}

TEST(Json, EscapesQuotesBackslashesAndControlCharacters) {
  EXPECT_EQ(quoted("a\"b\\c\n\t\x01\x7f"), R"("a\"b\\c\n\t\u0001\u007f")");
  EXPECT_EQ(quoted("\xC2\x9B"), R"("\u009b")") << "C1 control sequence introducer";
}

TEST(Json, ReplacesBytesThatAreNotUtf8) {
  for (const std::string_view bad :
       {"\xFF", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x28\xA1", "a\x80z"}) {
    const std::string text = quoted(bad);
    EXPECT_TRUE(Json::accept(text)) << text;
    EXPECT_NE(text.find("\xEF\xBF\xBD"), std::string::npos) << text;
  }
}

TEST(Json, KeepsTextOfEveryLanguage) {
  EXPECT_EQ(Json::parse(quoted("°C Zürich 東京 🚀")), "°C Zürich 東京 🚀");
}

}  // namespace
}  // namespace accel::render
