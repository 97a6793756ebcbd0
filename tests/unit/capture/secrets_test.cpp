#include "capture/secrets.hpp"

#include <gtest/gtest.h>

namespace accel::capture {
namespace {

class SecretsTest : public ::testing::Test {
 protected:
  Secrets secrets_{Pseudonyms({3, 4})};
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(SecretsTest, HideASerialNumberWhereverItStands) {
  secrets_.add(SecretKind::serial, "S4EWNX0M812345\n");

  const std::string hidden =
      secrets_.hidden("by-id/nvme-SSD_S4EWNX0M812345 and s4ewnx0m812345-part1");
  EXPECT_FALSE(has(hidden, "S4EWNX0M812345"));
  EXPECT_FALSE(has(hidden, "s4ewnx0m812345"));
  EXPECT_TRUE(has(hidden, "by-id/nvme-SSD_"));
  EXPECT_TRUE(has(hidden, "-part1"));
}

TEST_F(SecretsTest, HideTheSameNumberInTheSameWayWithAndWithoutItsPrefix) {
  secrets_.add(SecretKind::uuid, "GPU-1f0e12ab-9c3d-4e11-8888-0123456789ab");

  const std::string bare = secrets_.hidden("1f0e12ab-9c3d-4e11-8888-0123456789ab");
  EXPECT_EQ(secrets_.hidden("GPU-1f0e12ab-9c3d-4e11-8888-0123456789ab"), "GPU-" + bare);
  EXPECT_EQ(secrets_.hidden("0x1f0e12ab9c3d4e1188880123456789ab"), "0x" + core_of(bare));
}

TEST_F(SecretsTest, DoNotTakeAShortNumberOutOfALongerOne) {
  secrets_.add(SecretKind::serial, "41523");

  EXPECT_EQ(secrets_.hidden("1415239"), "1415239");
  EXPECT_NE(secrets_.hidden("sn 41523"), "sn 41523");
}

TEST_F(SecretsTest, AreNoPlaceholders) {
  for (const char* text :
       {"N/A", "0000000000", "To Be Filled By O.E.M.", "None", "Unknown", "", "PCI-0000:41:00.0"}) {
    secrets_.add(SecretKind::serial, text);
  }

  EXPECT_EQ(secrets_.count(SecretKind::serial), 0U);
}

TEST_F(SecretsTest, HideAHostByNameAndLeaveLongerWordsAlone) {
  secrets_.add(SecretKind::host, "tornado7");

  EXPECT_TRUE(secrets_.hidden("tornado7: ready").starts_with("host-"));
  EXPECT_EQ(secrets_.hidden("tornado77"), "tornado77");
}

TEST_F(SecretsTest, LeaveNamesThatEverybodyHas) {
  secrets_.add(SecretKind::host, "localhost");
  secrets_.add(SecretKind::user, "root");
  secrets_.add(SecretKind::user, "ubuntu");
  secrets_.add(SecretKind::user, "1000");

  EXPECT_EQ(secrets_.hidden("root@localhost ID=ubuntu 1000"), "root@localhost ID=ubuntu 1000");
}

TEST_F(SecretsTest, KeepTheLengthOfBytesThatHavePlaces) {
  secrets_.add(SecretKind::host, "tornado7");
  const std::string bytes("\1\2tornado7\0\3", 12);

  const std::string hidden = secrets_.hidden(bytes, true);
  EXPECT_EQ(hidden.size(), bytes.size());
  EXPECT_FALSE(has(hidden, "tornado7"));
}

TEST_F(SecretsTest, TakeTheLongestOfTwoThatBeginAlike) {
  secrets_.add(SecretKind::serial, "AB12345");
  secrets_.add(SecretKind::serial, "AB12345-C9D8");

  EXPECT_EQ(secrets_.hidden("AB12345-C9D8").size(), 12U);
  EXPECT_FALSE(has(secrets_.hidden("AB12345-C9D8"), "C9D8"));
}

}  // namespace
}  // namespace accel::capture
