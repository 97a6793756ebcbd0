// Every recorded card reads as its golden says. After a change that is meant, run this with
// ACCEL_UPDATE_GOLDEN=1, then look at the difference and let reread.py agree.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "accel/backends.hpp"
#include "golden/mount.hpp"
#include "golden/write.hpp"

namespace accel::golden {
namespace {

namespace fs = std::filesystem;

fs::path golden_of(const Capture& capture) {
  return fs::path(ACCEL_GOLDENS) / capture.vendor / (capture.card + ".json");
}

std::string content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string reads_as(const Capture& capture) {
  accel::testing::FakeTree machine;
  mount(capture, machine);
  System system(Machine{.root = machine.root()}, all_backends());
  system.discover();
  return written(system, machine.root().string()).dump(2) + "\n";
}

class Captures : public ::testing::Test {
 protected:
  void SetUp() override {
    if (all_.empty()) GTEST_SKIP() << "ACCEL_CAPTURES is not set";
  }

  std::vector<Capture> all_ = captures();
};

TEST_F(Captures, ReadAsTheirGoldensSay) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const bool update = std::getenv("ACCEL_UPDATE_GOLDEN") != nullptr;
  for (const Capture& capture : all_) {
    SCOPED_TRACE(capture.vendor + "/" + capture.card);
    const std::string now = reads_as(capture);
    const fs::path golden = golden_of(capture);
    if (update) {
      fs::create_directories(golden.parent_path());
      std::ofstream(golden) << now;
    }
    ASSERT_TRUE(fs::exists(golden)) << "a capture without a golden";
    EXPECT_EQ(now, content(golden));
  }
}

TEST_F(Captures, AreThereForEveryGolden) {
  for (const auto& entry : fs::recursive_directory_iterator(ACCEL_GOLDENS)) {
    if (entry.path().extension() != ".json") continue;
    const bool found = std::ranges::any_of(
        all_, [&](const Capture& capture) { return golden_of(capture) == entry.path(); });
    EXPECT_TRUE(found) << entry.path() << " is of no capture";
  }
}

}  // namespace
}  // namespace accel::golden
