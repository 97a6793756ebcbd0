// A System with the vendors of this build on a machine of one vendor's tree.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "accel/backends.hpp"
#include "accel/system.hpp"
#include "support/fake_clock.hpp"
#include "tables/vendor_trees.hpp"

namespace accel::testing {

class TableTest : public ::testing::Test {
 protected:
  System& discover(bool wake = false) {
    system_ = std::make_unique<System>(
        Machine{.root = tree_.root(), .clock = std::make_shared<FakeClock>(), .wake = wake},
        vendors_);
    system_->discover();
    return *system_;
  }
  [[nodiscard]] const AcceleratorInfo& device(std::size_t position = 0) const {
    return *system_->devices().at(position);
  }
  [[nodiscard]] DeviceSample sample(std::size_t position = 0) const {
    return system_->sample_all({.processes = true, .slow = true}).at(position);
  }

  FakeTree tree_;
  std::vector<BackendEntry> vendors_ = all_backends();
  std::unique_ptr<System> system_;
};

class EveryVendor : public TableTest, public ::testing::WithParamInterface<VendorTree> {
 protected:
  std::filesystem::path build_tree(const std::string& runtime_status = "active") {
    return build(tree_, GetParam(), runtime_status);
  }
  /// What the file's own reading is in that sample; null where nothing was filed.
  static const Reading<ReadingValue>* reading(const DeviceSample& sample, const DriverFile& file) {
    const auto* entry = sample.readings.find(*file.metric, file.instance);
    return entry == nullptr ? nullptr : &entry->reading;
  }
  static bool holds(const DeviceSample& sample, const DriverFile& file) {
    const auto* found = reading(sample, file);
    return found != nullptr && *found && **found == file.value;
  }
};

/// "Qualcomm0": names a vendor's trees by their order.
inline std::string tree_name(const ::testing::TestParamInfo<VendorTree>& info) {
  std::string name(info.param.vendor);
  std::erase(name, ' ');
  return name + std::to_string(info.index);
}

}  // namespace accel::testing
