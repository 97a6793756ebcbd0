#include "host/field.hpp"

#include <gtest/gtest.h>

#include "host_trees.hpp"
#include "support/as_nobody.hpp"

namespace accel::host {
namespace {

using accel::testing::FakeTree;
using accel::testing::machine_at;

TEST(PlainText, TakesUtf8AndNoControlCharacters) {
  EXPECT_TRUE(is_plain_text("Größe 9°"));
  EXPECT_TRUE(is_plain_text("\xf0\x9f\x98\x80"));
  EXPECT_FALSE(is_plain_text("a\nb"));
  EXPECT_FALSE(is_plain_text("\x7f"));
}

TEST(PlainText, RefusesWhatIsNoUtf8) {
  EXPECT_FALSE(is_plain_text("\xff\xff"));
  EXPECT_FALSE(is_plain_text("\xc3"));              // cut off
  EXPECT_FALSE(is_plain_text("\xc0\xaf"));          // overlong
  EXPECT_FALSE(is_plain_text("\xe0\x80\x80"));      // overlong
  EXPECT_FALSE(is_plain_text("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(is_plain_text("\xf4\x90\x80\x80"));  // beyond Unicode
  EXPECT_FALSE(is_plain_text("\x80"));              // continuation alone
}

TEST(Printable, ReplacesOnlyWhereItMust) {
  EXPECT_EQ(printable("/mnt/größe"), "/mnt/größe");
  EXPECT_EQ(printable("/mnt/\xff\n"), "/mnt/??");
}

TEST(TextField, IsTheTextWithItsSource) {
  FakeTree tree;
  tree.file("a/model", "  Samsung SSD \n");

  const auto field = text_field(machine_at(tree), directory(machine_at(tree), "/a"), "model");
  EXPECT_EQ(field.optional(), "Samsung SSD");
  EXPECT_EQ(field.source(), (tree.root() / "a/model").string());
  EXPECT_GT(field.time().count(), 0);
}

TEST(TextField, OfAnEmptyFileIsUnsupported) {
  FakeTree tree;
  tree.file("a/model", " \n");

  const auto field = text_field(machine_at(tree), directory(machine_at(tree), "/a"), "model");
  EXPECT_EQ(field.status(), ReadingStatus::unsupported);
}

TEST(TextField, OfAllOnesIsAnError) {
  FakeTree tree;
  tree.file("a/model", std::string(40, '\xff'));

  const auto field = text_field(machine_at(tree), directory(machine_at(tree), "/a"), "model");
  EXPECT_EQ(field.status(), ReadingStatus::error);
}

TEST(IntegerField, OfGarbageIsAnErrorThatNamesTheFile) {
  FakeTree tree;
  tree.file("a/size", "12x\n");

  const auto field = integer_field(machine_at(tree), directory(machine_at(tree), "/a"), "size");
  EXPECT_EQ(field.status(), ReadingStatus::error);
  EXPECT_NE(field.reason().find("a/size"), std::string::npos);
}

TEST(QuantityField, RefusesNegativeAndOverflowingAmounts) {
  constexpr base::Attribute<Frequency> kClock{"clock", 1000};
  FakeTree tree;
  const auto machine = machine_at(tree);
  for (const char* text : {"-1", "9223372036854775807", "99999999999999999999"}) {
    tree.file("a/clock", text);
    const auto field = quantity_field(machine, directory(machine, "/a"), kClock);
    EXPECT_EQ(field.status(), ReadingStatus::error) << text;
  }
}

TEST(WithRemedy, NamesWhatIsMissing) {
  FakeTree tree;
  tree.file("a/secret", "1\n");
  std::filesystem::permissions(tree.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree.root() / "a/secret", std::filesystem::perms(0400));
  const auto machine = machine_at(tree);

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto field = with_remedy(
                  integer_field(machine, directory(machine, "/a"), "secret"), "be root");
              return field.status() == ReadingStatus::no_permission && field.remedy() == "be root";
            }),
            1);
}

}  // namespace
}  // namespace accel::host
