#include "capture/secret_search.hpp"

#include <gtest/gtest.h>

namespace accel::capture {
namespace {

class SecretSearch : public ::testing::Test {
 protected:
  [[nodiscard]] bool hides(const std::string& text) const { return secrets_.hidden(text) != text; }

  Secrets secrets_{Pseudonyms({5, 6})};
};

TEST_F(SecretSearch, KnowsAUuidByItsShape) {
  find_shapes("root=UUID=1f0e12ab-9c3d-4e11-8888-0123456789ab ro", secrets_);

  EXPECT_TRUE(hides("1f0e12ab-9c3d-4e11-8888-0123456789ab"));
  EXPECT_FALSE(hides("1f0e12ab-9c3d"));
}

TEST_F(SecretSearch, KnowsAHardwareAddressByItsShape) {
  find_shapes("a0:36:9f:12:34:56\n", secrets_);

  EXPECT_TRUE(hides("a0:36:9f:12:34:56"));
  EXPECT_TRUE(hides("enxa0369f123456")) << "part of the name of an interface";
}

TEST_F(SecretSearch, TakesNoAddressOfTheBusForOneOfTheNetwork) {
  find_shapes("0000:41:00.0 0000:00:1f.3 00:00:00:00:00:00", secrets_);

  EXPECT_EQ(secrets_.count(SecretKind::mac), 0U);
}

TEST_F(SecretSearch, KnowsAContainerByItsId) {
  const std::string id(std::string(32, 'a') + std::string(31, '5') + "7");
  find_shapes("0::/system.slice/docker-" + id + ".scope", secrets_);

  EXPECT_TRUE(hides(id));
}

TEST_F(SecretSearch, FindsAddressesOfServers) {
  find_addresses("10.20.30.41:/export /mnt nfs4 addr=10.20.30.41,clientaddr=192.168.7.5 fe80::1:2",
                 secrets_);

  EXPECT_TRUE(hides("10.20.30.41"));
  EXPECT_TRUE(hides("192.168.7.5"));
  EXPECT_TRUE(hides("fe80::1:2"));
  EXPECT_FALSE(hides("10.20.30.4"));
}

TEST_F(SecretSearch, LeavesAddressesThatAreEverywhere) {
  find_addresses("127.0.0.1 255.255.255.0 0.0.0.0 ::1 1.2.3 300.1.1.1", secrets_);

  EXPECT_EQ(secrets_.count(SecretKind::ip), 0U);
}

TEST_F(SecretSearch, FindsNumbersByTheirKey) {
  find_keys(
      "Serial\t\t: 10000000abc123ef\nE:ID_SERIAL_SHORT=WD-99XYZ1\nmodel: X100\n"
      "unique_id 13242180123456789012\nsimd_count 13242180\n",
      secrets_);

  EXPECT_TRUE(hides("10000000abc123ef"));
  EXPECT_TRUE(hides("99XYZ1"));
  EXPECT_TRUE(hides("13242180123456789012"));
  EXPECT_FALSE(hides("X100"));
  EXPECT_FALSE(hides("13242180"));
}

TEST_F(SecretSearch, TakesOutPasswordsInPlace) {
  const std::string text = "//nas/share /mnt cifs rw,username=eve,password=hunter2,vers=3 0 0\n";

  const std::string without = without_credentials(text, secrets_);
  EXPECT_EQ(without.find("hunter2"), std::string::npos);
  EXPECT_NE(without.find(",vers=3 0 0\n"), std::string::npos);
  EXPECT_EQ(without_credentials("{\"auths\": {\"r\": {\"auth\": \"ZXZlOmg=\"}}}", secrets_)
                .find("ZXZlOmg="),
            std::string::npos);
}

TEST_F(SecretSearch, FindsServersOfMounts) {
  find_servers("1 2 0:3 / /mnt rw - nfs4 tornado7:/export rw\n//hurricane/share /x cifs", secrets_);

  EXPECT_TRUE(hides("tornado7"));
  EXPECT_FALSE(hides("export"));
}

TEST_F(SecretSearch, FindsPeopleByTheirHomes) {
  find_homes("1 2 0:3 / /home/evelyn/data rw", secrets_);

  EXPECT_TRUE(hides("evelyn"));
}

}  // namespace
}  // namespace accel::capture
