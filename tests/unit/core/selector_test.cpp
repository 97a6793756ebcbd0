#include "accel/selector.hpp"

#include <gtest/gtest.h>

#include <limits>

#include <random>

namespace accel {
namespace {

Selector::Index index_of(std::string_view text, Selector::Bare bare = Selector::Bare::refused) {
  const auto selector = Selector::parse(text, bare);
  if (!selector || !std::holds_alternative<Selector::Index>(selector->what)) {
    ADD_FAILURE() << text << " is no index";
    return {-1, -1};
  }
  return std::get<Selector::Index>(selector->what);
}

std::string uuid_of(std::string_view text) {
  const auto selector = Selector::parse(text, Selector::Bare::allowed);
  if (!selector || !std::holds_alternative<Selector::Uuid>(selector->what)) {
    ADD_FAILURE() << text << " is no UUID";
    return {};
  }
  return std::get<Selector::Uuid>(selector->what).text;
}

TEST(Selector, IsAnIndexBehindGpu) {
  EXPECT_EQ(index_of("GPU0").device, 0);
  EXPECT_EQ(index_of("GPU99").device, 99);
  EXPECT_EQ(index_of("gpu3").device, 3);
  EXPECT_EQ(index_of("GPU3").partition, -1);
}

TEST(Selector, IsAPartitionBehindADot) {
  EXPECT_EQ(index_of("GPU3.1").device, 3);
  EXPECT_EQ(index_of("GPU3.1").partition, 1);
}

TEST(Selector, IsABareIndexOnlyWhereThatIsAllowed) {
  EXPECT_EQ(index_of("3", Selector::Bare::allowed).device, 3);
  EXPECT_EQ(index_of("3.0", Selector::Bare::allowed).partition, 0);
  EXPECT_FALSE(Selector::parse("3", Selector::Bare::refused));
}

TEST(Selector, IsAnAddress) {
  for (const char* text : {"0000:01:00.0", "00000000:01:00.0", "0000:01:00.0"}) {
    const auto selector = Selector::parse(text);
    ASSERT_TRUE(selector && std::holds_alternative<PciAddress>(selector->what)) << text;
    EXPECT_EQ(std::get<PciAddress>(selector->what), (PciAddress{0, 1, 0, 0}));
  }
}

TEST(Selector, IsAUuidWithOrWithoutItsPrefixInAnyCase) {
  const std::string whole = "abcdef12-3456-7890-abcd-ef1234567890";
  EXPECT_EQ(uuid_of("GPU-ABCDEF12-3456-7890-ABCD-EF1234567890"), whole);
  EXPECT_EQ(uuid_of("gpu-" + whole), whole);
  EXPECT_EQ(uuid_of(whole), whole);
  EXPECT_EQ(uuid_of("MIG-" + whole), whole);
  EXPECT_EQ(uuid_of("abcdef12"), "abcdef12");
  EXPECT_EQ(uuid_of("PCI-0000:01:00.0"), "pci-0000:01:00.0");
  EXPECT_EQ(uuid_of("NET-host/name"), "net-host/name");
  EXPECT_EQ(uuid_of("12345678"), "12345678");
}

TEST(Selector, RefusesWhatIsMalformed) {
  for (const char* text : {"0",
                           "GPUX",
                           "GPUGPU0",
                           "GPU-1",
                           " 0 ",
                           "",
                           "GPU+1",
                           "GPU",
                           "GPU0 ",
                           " GPU0",
                           "GPU0.",
                           "GPU.1",
                           "GPU0.1.2",
                           "GPU1e3",
                           "GPU0x1",
                           "abcdef1",
                           "GPUGPU0000000",
                           "xyz!abcdefgh",
                           "GPU-abcdef1",
                           "000:41:00.0",
                           "00000:41:00.0",
                           "0000:41:00.9",
                           "0000:41:20.0"}) {
    const auto selector = Selector::parse(text);
    ASSERT_FALSE(selector) << text;
    EXPECT_EQ(selector.error().code, Errc::invalid_argument);
    EXPECT_EQ(selector.error().message, "Invalid device id: '" + std::string(text) + "'");
  }
}

TEST(Selector, TakesAnIndexThatIsTooLargeForAny) {
  const auto selector = Selector::parse("GPU99999999999999999999.99999999999999999999").value();

  const auto index = std::get<Selector::Index>(selector.what);
  EXPECT_EQ(index.device, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(index.partition, std::numeric_limits<int>::max());
}

TEST(Selector, KeepsTheTextAsItWasWritten) {
  EXPECT_EQ(Selector::parse("GPU-ABCDEF12").value().text, "GPU-ABCDEF12");
}

TEST(Selector, FitsTheBeginningOfAUuidInAnyCase) {
  const Selector::Uuid uuid{"abcdef12"};
  EXPECT_TRUE(matches(uuid, "GPU-ABCDEF12-3456"));
  EXPECT_TRUE(matches(uuid, "abcdef12"));
  EXPECT_FALSE(matches(uuid, "GPU-1abcdef12"));
  EXPECT_TRUE(matches(Selector::Uuid{"pci-0000:01"}, "PCI-0000:01:00.0"));
}

TEST(Selector, KnowsAWholeUuidFromItsBeginning) {
  EXPECT_TRUE(is_all_of(Selector::Uuid{"abcdef12"}, "GPU-ABCDEF12"));
  EXPECT_FALSE(is_all_of(Selector::Uuid{"abcdef12"}, "GPU-ABCDEF12-3456"));
}

TEST(Selector, NeverAcceptsSignsOrBlanksWhateverTheText) {
  std::mt19937 random(5);
  constexpr std::string_view letters = "GPUgpu0123456789abcdefABCDEF.:-+ \t/x";
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (auto size = random() % 16; size > 0; --size) text += letters[random() % letters.size()];

    const auto selector = Selector::parse(text, Selector::Bare::allowed);

    if (selector) {
      EXPECT_EQ(text.find_first_of("+ \t"), std::string::npos) << text;
    } else {
      EXPECT_EQ(selector.error().code, Errc::invalid_argument) << text;
    }
  }
}

}  // namespace
}  // namespace accel
