#include "capture/firmware_tables.hpp"

#include <gtest/gtest.h>

namespace accel::capture {
namespace {

const Pseudonyms kPseudonyms({9, 10});

std::string bytes(std::initializer_list<int> values) {
  std::string made;
  for (const int value : values) made += static_cast<char>(value);
  return made;
}

/// Type 1 (system): maker, product, version, serial number, UUID.
std::string system_structure() {
  std::string made = bytes({1, 27, 1, 0, 1, 2, 0, 3});
  for (int i = 0; i < 16; ++i) made += static_cast<char>(0xA0 + i);
  made += bytes({6, 0, 0});
  return made + std::string("Maker\0Product\0SN123456\0\0", 24);
}

TEST(ScrubbedDmi, HidesTheSerialNumberAndTheUuidOfTheSystem) {
  const std::string table = system_structure();

  const std::string made = scrubbed_dmi(table, kPseudonyms);
  ASSERT_EQ(made.size(), table.size());
  EXPECT_EQ(made.find("SN123456"), std::string::npos);
  EXPECT_NE(made.find("Product"), std::string::npos);
  EXPECT_NE(made.substr(8, 16), table.substr(8, 16));
  EXPECT_EQ(made.substr(24, 3), table.substr(24, 3));
}

TEST(ScrubbedDmi, HidesTheMakersFreeTextsAndOwnStructures) {
  const std::string free = bytes({11, 5, 2, 0, 1}) + std::string("owner evelyn1\0\0", 15);
  const std::string own = bytes({200, 6, 3, 0, 0x5A, 0x5B}) + std::string("secret99\0\0", 10);

  const std::string made = scrubbed_dmi(free + own, kPseudonyms);
  EXPECT_EQ(made.find("evelyn1"), std::string::npos);
  EXPECT_EQ(made.find("secret99"), std::string::npos);
  EXPECT_EQ(made.find("\x5A\x5B"), std::string::npos);
  EXPECT_EQ(made.size(), free.size() + own.size());
}

TEST(ScrubbedDmi, CutsOffWhatItCannotWalkThrough) {
  const std::string made = scrubbed_dmi(system_structure() + "\1\377garbage99", kPseudonyms);

  EXPECT_EQ(made.find("garbage99"), std::string::npos);
  EXPECT_NE(made.find("Product"), std::string::npos);
}

TEST(ScrubbedPciConfig, HidesTheDeviceSerialNumber) {
  std::string config(4096, '\0');
  config.replace(0x100, 4, bytes({0x01, 0x00, 0x01, 0x15}));  // AER, next at 0x150
  config.replace(0x150, 12, bytes({0x03, 0x00, 0x01, 0x00, 1, 2, 3, 4, 5, 6, 7, 8}));

  const std::string made = scrubbed_pci_config(config, kPseudonyms);
  ASSERT_EQ(made.size(), config.size());
  EXPECT_NE(made.substr(0x154, 8), config.substr(0x154, 8));
  EXPECT_EQ(made.substr(0, 0x154), config.substr(0, 0x154));
}

TEST(ScrubbedPciConfig, EndsWhereCapabilitiesGoInACircle) {
  std::string config(4096, '\0');
  config.replace(0x100, 4, bytes({0x01, 0x00, 0x01, 0x10}));

  EXPECT_EQ(scrubbed_pci_config(config, kPseudonyms), config);
}

}  // namespace
}  // namespace accel::capture
