// Every file that is read of a recorded card, with every fault: whatever is shown then was shown
// before, or comes from another file.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <string>

#include "accel/backends.hpp"
#include "accel/system.hpp"
#include "base/file_watch.hpp"
#include "golden/mount.hpp"
#include "support/fake_clock.hpp"

namespace accel::golden {
namespace {

namespace fs = std::filesystem;

/// The files below a folder that could be read.
class FilesRead final : public base::FileWatch {
 public:
  explicit FilesRead(std::string folder) : folder_(std::move(folder)) {}

  void started(const std::string& /*path*/) override {}
  void finished(const std::string& path, int error_number, std::string_view /*bytes*/,
                bool /*whole*/) override {
    const std::scoped_lock lock(mutex_);
    if (error_number == 0 && path.starts_with(folder_)) files_.insert(path);
  }
  void listed(const std::string& /*folder*/, int /*error_number*/) override {}
  void looked_at(const std::string& /*path*/) override {}

  [[nodiscard]] std::set<std::string> files() const {
    const std::scoped_lock lock(mutex_);
    return files_;
  }

 private:
  std::string folder_;
  mutable std::mutex mutex_;
  std::set<std::string> files_;
};

struct Fault {
  const char* name;
  void (*apply)(const fs::path& file);
};

/// What is at the end of the name of a file that was put aside.
constexpr const char* kAside = ".aside";

void write(const fs::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

/// Its first half, up to within a line: where whole lines are missing, nobody can know.
void write_half(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file.string() + kAside, std::ios::binary).rdbuf();
  std::string half = text.str().substr(0, text.str().size() / 2);
  while (half.ends_with('\n')) half.pop_back();
  write(file, half);
}

constexpr std::array kFaults{
    Fault{"absence", [](const fs::path&) {}},
    Fault{"emptiness", [](const fs::path& file) { write(file, ""); }},
    Fault{"garbage", [](const fs::path& file) { write(file, "\xff\x01garbage\xfe\n"); }},
    Fault{"all ones", [](const fs::path& file) { write(file, "18446744073709551615\n"); }},
    Fault{"set bits", [](const fs::path& file) { write(file, std::string(264, '\xff')); }},
    Fault{"a cut", write_half},
    Fault{"a directory", [](const fs::path& file) { fs::create_directory(file); }},
    Fault{"a pipe", [](const fs::path& file) { ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0); }},
    // Nothing is mapped at address 0: EIO (proc(5)).
    Fault{"an error of the driver",
          [](const fs::path& file) { fs::create_symlink("/proc/self/mem", file); }},
};

class CapturesFaults : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<System> found() const {
    auto system = std::make_unique<System>(
        Machine{.root = machine_.root(), .clock = std::make_shared<accel::testing::FakeClock>()},
        vendors_);
    system->discover();
    return system;
  }

  static void expect_nothing_invented(const DeviceSample& before, const DeviceSample& now,
                                      const std::string& file) {
    for (const auto& entry : now.readings.entries()) {
      if (!entry.reading) {
        EXPECT_FALSE(entry.reading.reason().empty()) << entry.metric->key;
        continue;
      }
      const auto* was = before.readings.find(*entry.metric, entry.instance);
      const bool is_as_before = was != nullptr && was->reading && *was->reading == *entry.reading;
      const bool is_of_another = entry.reading.source().find(file) == std::string::npos;
      EXPECT_TRUE(is_as_before || is_of_another)
          << ReadingSet::name(entry) << " of " << entry.reading.source();
    }
  }

  void invent_nothing() const;

  accel::testing::FakeTree machine_;
  std::vector<BackendEntry> vendors_ = all_backends();
};

void CapturesFaults::invent_nothing() const {
  const auto watch = std::make_shared<FilesRead>((machine_.root() / "sys/class/drm").string());
  std::unique_ptr<System> healthy;
  DeviceSample before;
  {
    const base::FileWatching watching(watch);
    healthy = found();
    ASSERT_EQ(healthy->devices().size(), 1U);
    before = healthy->sample_all({}).at(0);
  }
  ASSERT_FALSE(watch->files().empty());

  for (const std::string& file : watch->files()) {
    const std::string aside = file + kAside;
    fs::rename(file, aside);
    for (const Fault& fault : kFaults) {
      SCOPED_TRACE(std::string(fault.name) + " of " + file);
      fault.apply(file);
      const auto from_the_start = found();
      for (System* system : {from_the_start.get(), healthy.get()}) {
        for (const DeviceSample& now : system->sample_all({})) {
          expect_nothing_invented(before, now, file);
        }
      }
      fs::remove_all(file);
    }
    fs::rename(aside, file);
  }
}

TEST_F(CapturesFaults, InventNothing) {
  const auto all = captures();
  if (all.empty()) GTEST_SKIP() << "ACCEL_CAPTURES is not set";
  for (const Capture& capture : all) {
    SCOPED_TRACE(capture.vendor + "/" + capture.card);
    mount(capture, machine_);
    invent_nothing();
    machine_.remove("sys");
  }
}

}  // namespace
}  // namespace accel::golden
