#include "backends/amd/memory_kind.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "support/fake_tree.hpp"

namespace accel::amd {
namespace {

/// struct drm_amdgpu_info_device with that vram_type; the number's place is written down anew: 8
/// words, 2 long words, 2 + 16 + 4 words, 3 long words, 4 words.
std::vector<std::byte> device_info(std::uint32_t type) {
  std::vector<std::byte> bytes(400);
  constexpr std::size_t place = 8 * 4 + 2 * 8 + (2 + 16 + 4) * 4 + 3 * 8 + 4 * 4;
  for (std::size_t i = 0; i < 4; ++i) bytes[place + i] = std::byte((type >> (8 * i)) & 0xFFU);
  return bytes;
}

TEST(AmdMemoryKind, HasTheNameOfItsNumber) {
  EXPECT_EQ(memory_kind(device_info(5)), "GDDR5");
  EXPECT_EQ(memory_kind(device_info(6)), "HBM");
  EXPECT_EQ(memory_kind(device_info(9)), "GDDR6");
  EXPECT_EQ(memory_kind(device_info(12)), "LPDDR5");
  EXPECT_EQ(memory_kind(device_info(13)), "HBM3E");
}

TEST(AmdMemoryKind, IsEmptyWhereNobodyKnows) {
  EXPECT_EQ(memory_kind(device_info(0)), "");
  EXPECT_EQ(memory_kind(device_info(200)), "");
  EXPECT_EQ(memory_kind({}), "");
  const auto whole = device_info(9);
  EXPECT_EQ(memory_kind(std::span(whole).first(178)), "") << "an old kernel's answer";
}

TEST(AmdMemoryKind, IsNotToldByAFileThatIsNoDevice) {
  testing::FakeTree tree;
  tree.file("renderD128", "");

  EXPECT_FALSE(ask_memory_kind(tree.root() / "renderD128"));
  EXPECT_FALSE(ask_memory_kind(tree.root() / "none"));
}

}  // namespace
}  // namespace accel::amd
