// A recorded card on a file system that answers as the kernel's drivers do and keeps what is
// written.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "accel/backends.hpp"
#include "golden/mount.hpp"
#include "support/driver_rules.hpp"
#include "support/fake_clock.hpp"
#include "support/recording_sysfs.hpp"
#include "support/settings.hpp"

namespace accel::testing {

using Lines = std::vector<std::string>;

class RecordedCard : public ::testing::Test {
 protected:
  /// Serves that capture; skips, saying why, where there is none or nothing may be mounted.
  void serve(const std::string& vendor, const std::string& card) {
    for (const golden::Capture& capture : golden::captures()) {
      if (capture.vendor != vendor || capture.card != card) continue;
      golden::mount(capture, tree_);
      sysfs_ = RecordingSysfs::mount(tree_.root().string(), kernel_rules(errors_), why_not_);
      if (!sysfs_) GTEST_SKIP() << why_not_;
      machine_.root = sysfs_->root();
      machine_.clock = clock_;
      machine_.simulated_drivers = RecordingSysfs::drivers();
      system_ = std::make_unique<System>(machine_, std::span(vendors_), System::Options{});
      system_->discover();
      ASSERT_EQ(system_->devices().size(), 1U);
      return;
    }
    GTEST_SKIP() << "ACCEL_CAPTURES has no " << vendor << "/" << card;
  }
  /// What the drivers took for that value; the error where one refused.
  Lines written(const Values& values) {
    sysfs_->forget();
    const auto done = set(*system_, 0, values);
    return done ? sysfs_->taken() : Lines{done.error().text()};
  }
  Lines written(const SetpointRow& row, const SetpointValue& value) {
    return written({{&row, value}});
  }
  Lines after_reset(const SetpointRow& row) {
    sysfs_->forget();
    const auto done = reset(*system_, 0, row);
    return done ? sysfs_->taken() : Lines{done.error().text()};
  }
  Result<void> knob(std::string name, std::string value) {
    return on_device(*system_, 0, [name, value](Controller& controller) {
      return controller.write(name, value);
    });
  }

  FakeTree tree_;
  WantedErrors errors_;
  std::string why_not_;
  std::unique_ptr<RecordingSysfs> sysfs_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  Machine machine_;
  std::vector<BackendEntry> vendors_ = all_backends();
  std::unique_ptr<System> system_;
};

/// The end of a test that was skipped.
#define ACCEL_SERVE(vendor, card) \
  serve(vendor, card);            \
  if (!system_) return

}  // namespace accel::testing
