#include "capture/scrub.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace accel::capture {
namespace {

using Json = nlohmann::json;

class Scrub : public ::testing::Test {
 protected:
  Scrubbed scrub(std::vector<std::pair<std::string, std::string>> documents = {}) {
    return scrubbed(tree_, std::move(documents), secrets_);
  }
  static std::string bytes(const Scrubbed& made, const std::string& path) {
    const auto found = made.tree.find(path);
    return found == made.tree.end() ? "(none)" : std::get<File>(found->second).bytes;
  }

  Tree tree_;
  Secrets secrets_{Pseudonyms({11, 12})};
};

TEST_F(Scrub, HidesANumberInFilesNamesLinksAndDocumentsAlike) {
  tree_["sys"] = Folder{};
  tree_["sys/unique_id"] = File{"8f0e12ab9c3d4e11\n"};
  tree_["sys/by-8f0e12ab9c3d4e11"] = Link{"dev-8f0e12ab9c3d4e11"};

  const auto made = scrub({{"status.json", R"({"uuid":"GPU-8f0e12ab9c3d4e11"})"}});
  const std::string number = bytes(made, "sys/unique_id").substr(0, 16);
  EXPECT_NE(number, "8f0e12ab9c3d4e11");
  ASSERT_TRUE(made.tree.contains("sys/by-" + number));
  EXPECT_EQ(std::get<Link>(made.tree.at("sys/by-" + number)).target, "dev-" + number);
  EXPECT_EQ(Json::parse(made.documents[0].second)["uuid"], "GPU-" + number);
}

TEST_F(Scrub, HidesWhatOnlyADocumentKnows) {
  const auto made = scrub({{"list.json", R"({"accelerators":[{"serial":{"value":"1324218012345"},)"
                                         R"("note":"board 1324218012345"}]})"}});

  EXPECT_EQ(made.documents[0].second.find("1324218012345"), std::string::npos);
}

TEST_F(Scrub, NamesAProgramAlikeInFilesAndDocuments) {
  tree_["proc/7/comm"] = File{"train\n"};

  const auto made =
      scrub({{"status.json", R"({"devices":[{"processes":[{"pid":7,"name":{"value":"/opt/train"},)"
                             R"("user":{"value":"evelyn"}}]}]})"}});
  const Json process = Json::parse(made.documents[0].second)["devices"][0]["processes"][0];
  EXPECT_EQ(process["name"]["value"].get<std::string>() + "\n", bytes(made, "proc/7/comm"));
  EXPECT_TRUE(process["user"]["value"].get<std::string>().starts_with("user-"));
}

TEST_F(Scrub, HidesTheHostsNameHoweverShort) {
  tree_["proc/sys/kernel/hostname"] = File{"vm\n"};
  tree_["proc/sys/vm"] = Folder{};

  const auto made = scrub({{"list.json", R"({"host":{"hostname":"vm"},"virtual":"vm"})"}});
  const std::string name = bytes(made, "proc/sys/kernel/hostname");
  EXPECT_TRUE(name.starts_with("host-")) << name;
  EXPECT_TRUE(made.tree.contains("proc/sys/vm")) << "a word that is also part of a path";
  const Json document = Json::parse(made.documents[0].second);
  EXPECT_EQ(document["host"]["hostname"].get<std::string>() + "\n", name);
  EXPECT_EQ(document["virtual"], "vm");
}

TEST_F(Scrub, LeavesTheHostNameThatEverybodyHas) {
  tree_["etc/hostname"] = File{"localhost\n"};

  EXPECT_EQ(bytes(scrub(), "etc/hostname"), "localhost\n");
}

TEST_F(Scrub, LeavesReadingsAsTheyAre) {
  tree_["sys/temp1_input"] = File{"46000\n"};
  tree_["sys/energy1_input"] = File{"13242180123456\n"};

  const auto made = scrub({{"s.json", R"({"power":{"value":21.5,"unit":"W"}})"}});
  EXPECT_EQ(bytes(made, "sys/temp1_input"), "46000\n");
  EXPECT_EQ(bytes(made, "sys/energy1_input"), "13242180123456\n");
  EXPECT_EQ(Json::parse(made.documents[0].second)["power"]["value"], 21.5);
}

TEST_F(Scrub, LeavesBinaryTablesAsLongAsTheyWere) {
  const std::string table("\0\1serial=99XY12345\0\2", 20);
  tree_["sys/gpu_metrics"] = File{table};

  EXPECT_EQ(bytes(scrub(), "sys/gpu_metrics").size(), table.size());
}

TEST_F(Scrub, CountsWhatItHid) {
  tree_["sys/a/serial"] = File{"99XY12345\n"};
  tree_["sys/b/serial"] = File{"99XY12345\n"};

  const auto made = scrub();
  for (const auto& [kind, count] : made.hidden) {
    EXPECT_EQ(count, kind == SecretKind::serial ? 1U : 0U) << to_string(kind);
  }
}

TEST_F(Scrub, TakesPasswordsOutInAnyCase) {
  tree_["etc/fstab"] = File{"//nas/x /mnt cifs user=u,password=hunter2 0 0\n"};

  const Tree made = without_credentials(tree_, secrets_);
  EXPECT_EQ(std::get<File>(made.at("etc/fstab")).bytes.find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace accel::capture
