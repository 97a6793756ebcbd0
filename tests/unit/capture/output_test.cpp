#include "capture/output.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "capture/tar.hpp"
#include "support/fake_tree.hpp"

namespace accel::capture {
namespace {

using testing::FakeTree;

class OutputTest : public ::testing::Test {
 protected:
  OutputTest() {
    tree_["manifest.json"] = File{"{}"};
    tree_["sys"] = Folder{};
    tree_["sys/a"] = File{"1\n"};
    tree_["sys/b"] = Link{"a"};
  }
  [[nodiscard]] std::string content(const std::string& path) const {
    std::ostringstream text;
    text << std::ifstream(place_.root() / path, std::ios::binary).rdbuf();
    return text.str();
  }
  [[nodiscard]] unsigned mode(const std::string& path) const {
    struct stat status {};
    ::stat((place_.root() / path).c_str(), &status);
    return status.st_mode & 0777U;
  }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(
        std::filesystem::directory_iterator(place_.root()), std::filesystem::directory_iterator()));
  }

  FakeTree place_;
  Tree tree_;
};

TEST_F(OutputTest, WritesAFolderThatOnlyItsOwnerReads) {
  ASSERT_TRUE(write(tree_, {place_.root() / "out/"}));

  EXPECT_EQ(content("out/sys/b"), "1\n");
  EXPECT_EQ(mode("out"), 0700U);
  EXPECT_EQ(mode("out/sys/a"), 0600U);
  EXPECT_EQ(entries(), 1U) << "nothing else is left";
}

TEST_F(OutputTest, WritesAnArchiveThatOnlyItsOwnerReads) {
  ASSERT_TRUE(write(tree_, {place_.root() / "out.tar.gz"}));

  EXPECT_EQ(mode("out.tar.gz"), 0600U);
  EXPECT_EQ(content("out.tar.gz").substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(OutputTest, RefusesANameThatIsTaken) {
  place_.file("out.tar", "mine");

  EXPECT_EQ(check({place_.root() / "out.tar"}).error().code, Errc::invalid_argument);
  EXPECT_FALSE(write(tree_, {place_.root() / "out.tar"})) << "taken in between";
  EXPECT_EQ(content("out.tar"), "mine");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(OutputTest, ReplacesABundleWhenToldTo) {
  place_.file("out.tar", "old").file("dir/manifest.json", "{}").file("dir/old", "1");
  const Output file{place_.root() / "out.tar", true};
  const Output folder{place_.root() / "dir/", true};

  ASSERT_TRUE(check(file));
  ASSERT_TRUE(check(folder));
  ASSERT_TRUE(write(tree_, file));
  ASSERT_TRUE(write(tree_, folder));
  EXPECT_EQ(content("out.tar").substr(0, 4), "out/");
  EXPECT_EQ(content("dir/old"), "");
  EXPECT_EQ(content("dir/sys/a"), "1\n");
  EXPECT_EQ(entries(), 2U);
}

TEST_F(OutputTest, NeverReplacesAFolderThatIsNoBundle) {
  place_.file("dir/precious", "1");

  EXPECT_FALSE(check({place_.root() / "dir/", true}));
}

TEST_F(OutputTest, RefusesANameThatIsNoArchives) {
  EXPECT_EQ(check({place_.root() / "out.zip"}).error().code, Errc::invalid_argument);
}

TEST_F(OutputTest, LeavesNothingWhereTheFolderDoesNotExist) {
  EXPECT_FALSE(check({place_.root() / "none/out.tar"}));
  EXPECT_FALSE(write(tree_, {place_.root() / "none/out.tar"}));
  EXPECT_EQ(entries(), 0U);
}

TEST_F(OutputTest, WritesThroughNoLinkOfTheTree) {
  FakeTree elsewhere;
  tree_["out"] = Link{elsewhere.root().string()};
  tree_["out/file"] = File{"1"};

  ASSERT_TRUE(write(tree_, {place_.root() / "made/"}));
  EXPECT_FALSE(std::filesystem::exists(elsewhere.root() / "file"));
}

TEST(Tar, NamesLongPathsInARecord) {
  Tree tree;
  const std::string path = "sys/" + std::string(150, 'd');
  tree[path] = File{"x"};
  std::string archive;

  ASSERT_TRUE(write_tar(tree, "b", std::chrono::seconds(5), [&](std::string_view piece) {
    archive += piece;
    return Result<void>();
  }));
  EXPECT_EQ(archive.size() % 512, 0U);
  EXPECT_NE(archive.find(" path=b/" + path + "\n"), std::string::npos);
}

}  // namespace
}  // namespace accel::capture
