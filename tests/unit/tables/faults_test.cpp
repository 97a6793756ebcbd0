// Every file of every table with every fault: no crash, no invented number, and nothing hidden that
// the file does not feed.
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "support/as_nobody.hpp"
#include "tables/fixture.hpp"

namespace accel {
namespace {

using accel::testing::DriverFile;
using accel::testing::EveryVendor;
using accel::testing::vendor_trees;
namespace fs = std::filesystem;

class EveryVendorsFaults : public EveryVendor {
 protected:
  void SetUp() override { folder_ = build_tree(); }

  /// What is left of the readings when that file is at fault.
  void expect_only_it_is_absent(const DriverFile& broken, const char* fault) {
    const auto read = sample();
    for (const DriverFile& file : GetParam().files) {
      if (file.metric == nullptr) continue;
      if (file.path != broken.path) {
        EXPECT_TRUE(holds(read, file)) << fault << " of " << broken.path << " hides " << file.path;
        continue;
      }
      const auto* found = reading(read, file);
      ASSERT_NE(found, nullptr) << file.path;
      EXPECT_FALSE(found->has_value()) << fault << " of " << file.path << " gives a number";
      EXPECT_FALSE(found->reason().empty()) << fault << " of " << file.path;
    }
  }
  /// How many files give numbers.
  [[nodiscard]] static std::ptrdiff_t numbers() {
    return std::ranges::count_if(GetParam().files,
                                 [](const DriverFile& file) { return file.metric != nullptr; });
  }

  fs::path folder_;
};

TEST_P(EveryVendorsFaults, CostTheirOwnReadingsAlone) {
  struct Fault {
    const char* name;
    const char* text;
  };
  const Fault faults[] = {{"garbage", "\xff\x01garbage\n"},
                          {"emptiness", ""},
                          {"an empty line", "\n"},
                          {"a cut", "1"},
                          {"a number too large", "99999999999999999999999\n"},
                          {"a number that cannot be true", "9000000000000000000\n"},
                          {"two numbers", "1 2\n"},
                          {"binary",
                           "\x7f"
                           "ELF\n"}};
  discover();
  for (const DriverFile& file : GetParam().files) {
    for (const Fault& fault : faults) {
      // A count may be any number that there is.
      const bool is_count =
          file.metric != nullptr && (file.metric->unit == "count" || file.metric->unit == "bytes");
      if (is_count && std::string_view(fault.text) == "9000000000000000000\n") continue;
      if (file.is_list && std::string_view(fault.text) == "1 2\n") continue;
      tree_.file(file.path, fault.text);
      expect_only_it_is_absent(file, fault.name);
    }
    tree_.file(file.path, file.text);
  }
}

TEST_P(EveryVendorsFaults, OfAMissingFileMakeItsReadingUnsupported) {
  discover();
  for (const DriverFile& file : GetParam().files) {
    tree_.remove(file.path);
    expect_only_it_is_absent(file, "absence");
    if (file.metric != nullptr) {
      EXPECT_EQ(reading(sample(), file)->status(), ReadingStatus::unsupported);
    }
    tree_.file(file.path, file.text);
  }
}

TEST_P(EveryVendorsFaults, OfADirectoryInTheFilesPlaceAreSurvived) {
  discover();
  for (const DriverFile& file : GetParam().files) {
    tree_.remove(file.path).directory(file.path);
    expect_only_it_is_absent(file, "a directory");
    tree_.remove(file.path).file(file.path, file.text);
  }
}

TEST_P(EveryVendorsFaults, OfAPipeInTheFilesPlaceHoldUpNothing) {
  discover();
  for (const DriverFile& file : GetParam().files) {
    tree_.remove(file.path);
    ASSERT_EQ(::mkfifo((tree_.root() / file.path).c_str(), 0600), 0);
    expect_only_it_is_absent(file, "a pipe");
    tree_.remove(file.path).file(file.path, file.text);
  }
}

TEST_P(EveryVendorsFaults, OfADriverThatAnswersWithAnErrorCostItsReading) {
  discover();
  for (const DriverFile& file : GetParam().files) {
    // Nothing is mapped at address 0: EIO (proc(5)).
    tree_.remove(file.path).link(file.path, "/proc/self/mem");
    expect_only_it_is_absent(file, "EIO");
    if (file.metric != nullptr) {
      EXPECT_EQ(reading(sample(), file)->status(), ReadingStatus::error) << file.path;
    }
    tree_.remove(file.path).file(file.path, file.text);
  }
}

TEST_P(EveryVendorsFaults, OfRightsAreNoPermission) {
  ::chmod(tree_.root().c_str(), 0755);
  for (const DriverFile& file : GetParam().files) {
    if (file.metric == nullptr) continue;
    const auto path = tree_.root() / file.path;
    fs::permissions(path, fs::perms::none);
    EXPECT_EQ(accel::testing::as_nobody([&] {
                discover();
                const auto read = sample();
                const auto* found = reading(read, file);
                return found != nullptr && found->status() == ReadingStatus::no_permission &&
                       !found->remedy().empty();
              }),
              1)
        << file.path;
    fs::permissions(path, fs::perms(0644));
  }
}

TEST_P(EveryVendorsFaults, AreNoHindranceToDiscovery) {
  for (const char* text : {"", "\xff\xff", "4294967295\n", "garbage"}) {
    for (const DriverFile& file : GetParam().files) tree_.file(file.path, text);

    discover();

    ASSERT_EQ(system_->devices().size(), 1U);
    EXPECT_EQ(device().vendor, GetParam().maker);
    EXPECT_FALSE(device().uuid.empty());
  }
}

TEST_P(EveryVendorsFaults, OfAllOnesInAFileCostIt) {
  if (numbers() < 2) GTEST_SKIP() << "with all numbers at fault the device is lost";
  discover();
  for (const DriverFile& file : GetParam().files) {
    if (file.metric == nullptr) continue;
    for (const char* ones : {"4294967295\n", "18446744073709551615\n"}) {
      tree_.file(file.path, ones);
      expect_only_it_is_absent(file, "all ones");
    }
    tree_.file(file.path, file.text);
  }
}

TEST_P(EveryVendorsFaults, OfAllOnesEverywhereMeanThatTheDeviceIsLost) {
  if (numbers() == 0) GTEST_SKIP() << "it has no numbers";
  discover();
  for (const DriverFile& file : GetParam().files) tree_.file(file.path, "4294967295\n");

  const auto read = sample();

  EXPECT_EQ(read.state, DeviceState::lost);
  for (const DriverFile& file : GetParam().files) {
    if (file.metric == nullptr) continue;
    EXPECT_EQ(reading(read, file)->status(), ReadingStatus::lost) << file.path;
  }
}

TEST_P(EveryVendorsFaults, OfADeviceThatVanishesMakeItLost) {
  discover();
  tree_.remove(folder_);

  const auto read = sample();

  EXPECT_EQ(read.state, DeviceState::lost);
  EXPECT_EQ(read.readings.get(metric::utilization).status(), ReadingStatus::lost);
  for (const auto& entry : read.readings.entries()) {
    EXPECT_FALSE(entry.reading.has_value()) << entry.metric->key;
  }
}

TEST_P(EveryVendorsFaults, OfADeviceThatHasLeftTheBusMakeItLost) {
  discover();
  tree_.file(folder_ / "config", std::string(64, '\xff'));

  const auto read = sample();

  EXPECT_EQ(read.state, DeviceState::lost);
  EXPECT_EQ(read.readings.get(metric::power).status(), ReadingStatus::lost);
}

TEST_P(EveryVendorsFaults, OfADriverThatGoesAreSaidOfIt) {
  discover();
  if (!fs::is_symlink(tree_.root() / folder_ / "driver")) GTEST_SKIP() << "it has no driver bound";
  tree_.remove(folder_ / "driver");

  EXPECT_EQ(sample().readings.get(metric::power).status(), ReadingStatus::no_driver);
}

INSTANTIATE_TEST_SUITE_P(Tables, EveryVendorsFaults, ::testing::ValuesIn(vendor_trees()),
                         accel::testing::tree_name);

}  // namespace
}  // namespace accel
