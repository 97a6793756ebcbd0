// A machine with Intel devices on its bus, as their drivers lay out their files.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "backends/intel/backend.hpp"
#include "core/pci/scan.hpp"
#include "support/fake_clock.hpp"
#include "support/pci_tree.hpp"

namespace accel::intel {

class IntelTest : public ::testing::Test {
 protected:
  using Path = std::filesystem::path;

  IntelTest() {
    machine_.root = tree_.root();
    machine_.clock = clock_;
  }

  /// A card with xe: one tile, a render and a media GT, sensors. Names as a B580 has them.
  Path add_xe_card(const std::string& runtime_status = "active") {
    const Path card = accel::testing::add_card(tree_, "0000:03:00.0",
                                               {.vendor = "0x8086",
                                                .device = "0xe20b",
                                                .class_code = "0x030000",
                                                .driver = "xe",
                                                .runtime_status = runtime_status});
    add_xe_gt(card / "tile0/gt0", "gt0-rc", "1700", "2850");
    add_xe_gt(card / "tile0/gt1", "gt1-mc", "900", "1500");
    hwmon_ = card / "hwmon/hwmon3";
    tree_.file(hwmon_ / "name", "xe\n")
        .file(hwmon_ / "energy1_input", "1000000\n")
        .file(hwmon_ / "energy2_input", "500000\n")
        .file(hwmon_ / "power1_max", "190000000\n")
        .file(hwmon_ / "temp2_input", "54000\n")
        .file(hwmon_ / "temp2_label", "pkg\n")
        .file(hwmon_ / "temp2_crit", "100000\n")
        .file(hwmon_ / "temp2_emergency", "125000\n")
        .file(hwmon_ / "temp3_input", "56000\n")
        .file(hwmon_ / "temp3_label", "vram\n")
        .file(hwmon_ / "temp3_crit", "105000\n")
        .file(hwmon_ / "fan1_input", "1116\n")
        .file(hwmon_ / "in1_input", "735\n")
        .file(card / "power/runtime_suspended_time", "101622\n")
        .directory(card / "drm/card1")
        .directory(card / "drm/renderD128");
    return card;
  }
  void add_xe_gt(const Path& gt, const std::string& name, const std::string& clock,
                 const std::string& most) {
    tree_.file(gt / "freq0/act_freq", clock + "\n")
        .file(gt / "freq0/rp0_freq", most + "\n")
        .file(gt / "freq0/rpn_freq", "400\n")
        .file(gt / "freq0/min_freq", "500\n")
        .file(gt / "freq0/max_freq", most + "\n")
        .file(gt / "freq0/throttle/status", "0\n")
        .file(gt / "freq0/throttle/reason_pl1", "0\n")
        .file(gt / "freq0/throttle/reason_thermal", "0\n")
        .file(gt / "freq0/throttle/reason_vr_tdc", "0\n")
        .file(gt / "gtidle/name", name + "\n")
        .file(gt / "gtidle/idle_residency_ms", "1000\n");
  }

  /// The processor's GPU with i915: no sensors.
  Path add_i915_integrated() {
    const Path gpu = accel::testing::add_function(tree_, {.path = "pci0000:00/0000:00:02.0",
                                                          .vendor = "0x8086",
                                                          .device = "0x7d55",
                                                          .class_code = "0x030000",
                                                          .driver = "i915",
                                                          .speed = "Unknown",
                                                          .width = "0"});
    for (const std::string gt : {"gt0", "gt1"}) {
      const Path folder = gpu / "drm/card0/gt" / gt;
      tree_.file(folder / "rps_act_freq_mhz", gt == "gt0" ? "1300\n" : "700\n")
          .file(folder / "rps_RP0_freq_mhz", "2250\n")
          .file(folder / "rps_RPn_freq_mhz", "100\n")
          .file(folder / "rps_min_freq_mhz", "150\n")
          .file(folder / "rps_max_freq_mhz", "2000\n")
          .file(folder / "throttle_reason_status", "0\n")
          .file(folder / "throttle_reason_pl1", "0\n")
          .file(folder / "rc6_residency_ms", "5000\n");
    }
    return gpu;
  }

  Path add_npu(const std::string& runtime_status = "active") {
    const Path npu = accel::testing::add_function(tree_, {.path = "pci0000:00/0000:00:0b.0",
                                                          .vendor = "0x8086",
                                                          .device = "0x7d1d",
                                                          .class_code = "0x120000",
                                                          .driver = "intel_vpu",
                                                          .runtime_status = runtime_status});
    tree_.file(npu / "npu_busy_time_us", "1000000\n")
        .file(npu / "npu_memory_utilization", "68157440\n")
        .file(npu / "npu_current_frequency_mhz", "950\n")
        .file(npu / "npu_max_frequency_mhz", "1400\n")
        .directory(npu / "accel/accel0");
    return npu;
  }

  Backend& backend() {
    if (backend_ == nullptr) backend_ = entry().make(machine_);
    return *backend_;
  }
  void discover() {
    pci_ = pci::scan(machine_);
    auto found = backend().discover({machine_, pci_});
    ASSERT_TRUE(found) << found.error().message;
    devices_ = std::move(found->devices);
  }
  Device& device(std::size_t position = 0) {
    if (devices_.empty()) discover();
    return *devices_.at(position);
  }
  const AcceleratorInfo& info(std::size_t position = 0) { return device(position).info(); }
  /// Reads the device, or the first of them.
  ReadingSet sample(std::size_t position = 0) {
    ReadingSet readings;
    device(position).sample(readings);
    return readings;
  }
  ReadingSet sample_after(std::chrono::nanoseconds time) {
    clock_->advance(time);
    return sample();
  }

  accel::testing::FakeTree tree_;
  std::shared_ptr<accel::testing::FakeClock> clock_ = std::make_shared<accel::testing::FakeClock>();
  Machine machine_;
  Path hwmon_;  ///< of the xe card
  std::vector<PciFunction> pci_;
  std::unique_ptr<Backend> backend_;
  std::vector<std::unique_ptr<Device>> devices_;
};

}  // namespace accel::intel
