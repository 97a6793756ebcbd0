// Device memory from the drivers' answers.
#include "backends/intel/memory_regions.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <vector>

namespace accel::intel {
namespace {

constexpr std::size_t kRegion = 88;
constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;

/// An answer with a header of that size; `second` is what the driver tells besides the total.
class Answer {
 public:
  explicit Answer(std::size_t header) : bytes_(header), header_(header) {}

  Answer& region(std::uint16_t kind, std::uint64_t total, std::uint64_t second) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + kRegion);
    std::memcpy(bytes_.data() + at, &kind, sizeof kind);
    std::memcpy(bytes_.data() + at + 8, &total, sizeof total);
    std::memcpy(bytes_.data() + at + 16, &second, sizeof second);
    const auto count = static_cast<std::uint32_t>((bytes_.size() - header_) / kRegion);
    return claim(count);
  }
  Answer& claim(std::uint32_t count) {
    std::memcpy(bytes_.data(), &count, sizeof count);
    return *this;
  }
  [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
  std::size_t header_;
};

Answer i915() { return Answer(16); }
Answer xe() { return Answer(8); }

TEST(I915Memory, IsTheSumOfTheDevicesRegions) {
  const auto answer =
      i915().region(0, 64 * kGiB, 64 * kGiB).region(1, 6 * kGiB, 5 * kGiB).region(1, kGiB, kGiB);

  const auto memory = i915_memory(answer.bytes(), "node");

  EXPECT_EQ(memory.total->value, std::int64_t{7} << 30);
  EXPECT_EQ(memory.free->value, std::int64_t{6} << 30);
  EXPECT_EQ(memory.used->value, std::int64_t{1} << 30);
}

TEST(I915Memory, IsHiddenWhereAllOfItIsSaidToBeFree) {
  const auto answer = i915().region(1, 6 * kGiB, 6 * kGiB);

  const auto memory = i915_memory(answer.bytes(), "node");

  EXPECT_EQ(memory.total->value, std::int64_t{6} << 30);
  EXPECT_EQ(memory.used.status(), ReadingStatus::no_permission);
  EXPECT_EQ(memory.free.status(), ReadingStatus::no_permission);
  EXPECT_NE(memory.used.remedy().find("CAP_PERFMON"), std::string::npos);
}

TEST(XeMemory, IsTheSumOfTheTilesRegions) {
  const auto answer = xe().region(0, 64 * kGiB, kGiB).region(1, 12 * kGiB, 2 * kGiB);

  const auto memory = xe_memory(answer.bytes(), "node");

  EXPECT_EQ(memory.total->value, std::int64_t{12} << 30);
  EXPECT_EQ(memory.used->value, std::int64_t{2} << 30);
  EXPECT_EQ(memory.free->value, std::int64_t{10} << 30);
}

TEST(XeMemory, IsHiddenWhereNothingIsSaidToBeInUse) {
  const auto memory = xe_memory(xe().region(1, 12 * kGiB, 0).bytes(), "node");

  EXPECT_TRUE(memory.total);
  EXPECT_EQ(memory.used.status(), ReadingStatus::no_permission);
}

TEST(MemoryRegions, AreNoneOfAnIntegratedGpu) {
  EXPECT_EQ(i915_memory(i915().region(0, kGiB, kGiB).bytes(), "node").total.status(),
            ReadingStatus::unsupported);
  EXPECT_EQ(xe_memory(xe().claim(0).bytes(), "node").total.status(), ReadingStatus::unsupported);
}

TEST(MemoryRegions, AreNotReadBeyondTheAnswer) {
  EXPECT_EQ(xe_memory(xe().region(1, kGiB, 1).claim(2).bytes(), "node").total.status(),
            ReadingStatus::error);
  EXPECT_EQ(xe_memory(xe().claim(0xFFFFFFFF).bytes(), "node").total.status(), ReadingStatus::error);
  EXPECT_EQ(i915_memory({}, "node").total.status(), ReadingStatus::error);
}

TEST(MemoryRegions, AreNotBelievedWhereMoreIsUsedThanThereIs) {
  EXPECT_EQ(xe_memory(xe().region(1, kGiB, 2 * kGiB).bytes(), "node").total.status(),
            ReadingStatus::error);
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(i915_memory(i915().region(1, ones, ones).bytes(), "node").total.status(),
            ReadingStatus::error);
}

}  // namespace
}  // namespace accel::intel
