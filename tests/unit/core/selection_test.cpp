#include <gtest/gtest.h>

#include "accel/system.hpp"
#include "support/fake_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::FakeTree;
using accel::testing::finds;
using accel::testing::stub_info;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;

class Selection : public ::testing::Test {
 protected:
  Selection() {
    auto first = stub_info_at("NVIDIA", "0000:01:00.0");
    first.uuid = "GPU-ABCDEF12-0000-0000-0000-000000000001";
    auto second = stub_info_at("NVIDIA", "0000:41:00.0");
    second.uuid = "GPU-abcdef12-0000-0000-0000-000000000002";
    auto partition = second;
    partition.uuid = "MIG-12345678-0000-0000-0000-000000000003";
    partition.parent = second.uuid;
    entries_ = {
        stub_vendor("NVIDIA", finds({first, second, partition, stub_info("NVIDIA", "NET-host/name"),
                                     stub_info("NVIDIA", "NET-host/name2")}))};
    system_ = std::make_unique<System>(Machine{.root = tree_.root()}, entries_);
    system_->discover();
  }

  [[nodiscard]] Result<std::size_t> select(std::string_view text) const {
    return system_->select(Selector::parse(text, Selector::Bare::allowed).value());
  }

  FakeTree tree_;
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
};

TEST_F(Selection, GoesByGlobalIndex) {
  EXPECT_EQ(select("GPU0").value(), 0U);
  EXPECT_EQ(select("1").value(), 1U);
  EXPECT_EQ(select("GPU2").value(), 3U);
}

TEST_F(Selection, GoesByPartition) {
  EXPECT_EQ(select("GPU1.0").value(), 2U);
  EXPECT_EQ(select("GPU1.1").error().message, "Device not found: GPU1.1");
  EXPECT_EQ(select("GPU0.0").error().message, "Device not found: GPU0.0");
}

TEST_F(Selection, SaysThatAnIndexIsNotThere) {
  EXPECT_EQ(select("GPU99").error().text(), "GPU with index 99 not found");
  EXPECT_EQ(select("GPU99").error().code, Errc::gpu_not_found);
}

TEST_F(Selection, SuggestsTheNearestNameOfADevice) {
  EXPECT_EQ(select("GPU11").error().remedy, "did you mean GPU1?");
  EXPECT_EQ(select("0000:42:00.0").error().remedy, "did you mean 0000:41:00.0 or 0000:01:00.0?");
  EXPECT_EQ(select("99").error().remedy, "`accel list` shows them");
}

TEST_F(Selection, SaysThatThereIsNothingToSelect) {
  System empty(Machine{.root = tree_.root()}, std::span<const BackendEntry>{});
  empty.discover();

  const auto selector = Selector::parse("GPU0");
  EXPECT_EQ(empty.select(*selector).error().remedy,
            "no accelerator was detected; see `accel doctor`");
}

TEST_F(Selection, DoesNotFindAnIndexThatIsTooLargeForAny) {
  const auto absent = select("GPU99999999999999999999");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, Errc::gpu_not_found);
  EXPECT_EQ(absent.error().message, "GPU with index 99999999999999999999 not found");
  EXPECT_EQ(select("GPU99999999999999999999.1").error().message,
            "GPU with index 99999999999999999999 not found");
  EXPECT_EQ(select("GPU0.99999").error().message, "Device not found: GPU0.99999");
}

TEST_F(Selection, GoesByAddressInEverySpelling) {
  for (const char* text : {"0000:41:00.0", "00000000:41:00.0", "41:00.0"}) {
    EXPECT_EQ(select(text).value(), 1U) << text;
  }
  EXPECT_EQ(select("0000:42:00.0").error().message, "Device not found: 0000:42:00.0");
}

TEST_F(Selection, GoesByUuidInAnyCaseAndWithoutPrefix) {
  EXPECT_EQ(select("gpu-abcdef12-0000-0000-0000-000000000001").value(), 0U);
  EXPECT_EQ(select("ABCDEF12-0000-0000-0000-000000000002").value(), 1U);
  EXPECT_EQ(select("MIG-12345678").value(), 2U);
  EXPECT_EQ(select("12345678-0000").value(), 2U);
}

TEST_F(Selection, NamesAllThatAnAmbiguousBeginningFits) {
  const auto ambiguous = select("abcdef12");
  ASSERT_FALSE(ambiguous);
  EXPECT_EQ(ambiguous.error().code, Errc::invalid_argument);
  EXPECT_NE(ambiguous.error().message.find("GPU-ABCDEF12-0000-0000-0000-000000000001"),
            std::string::npos);
  EXPECT_NE(ambiguous.error().message.find("GPU-abcdef12-0000-0000-0000-000000000002"),
            std::string::npos);
}

TEST_F(Selection, TakesAWholeUuidForItself) {
  EXPECT_EQ(select("NET-host/name").value(), 3U);
  EXPECT_EQ(select("NET-host/name2").value(), 4U);
}

TEST_F(Selection, SaysThatAUuidIsNotThere) {
  EXPECT_EQ(select("GPU-ffffffff").error().message, "Device not found: GPU-ffffffff");
  EXPECT_EQ(select("GPU-ffffffff").error().code, Errc::not_found);
}

}  // namespace
}  // namespace accel
