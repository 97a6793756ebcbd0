// A System of devices with knobs, and the control over it, as one process has them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/dir.hpp"
#include "control/transactions.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_tree.hpp"
#include "support/knob_device.hpp"
#include "support/stub_vendor.hpp"

namespace accel::control {

using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::KnobDevice;
using accel::testing::WhenWritten;

/// A process that controls the devices of a tree; the next one is another object.
class ControlBench {
 public:
  explicit ControlBench(FakeTree& tree, WhenWritten when_written = {}, int devices = 2)
      : tree_(tree) {
    machine_.root = tree.root();
    machine_.clock = clock;
    entries_ = {accel::testing::stub_vendor(
        "NVIDIA", [this, when_written, devices](const Discovery&) -> Result<Discovered> {
          Discovered found;
          for (int i = 0; i < devices; ++i) {
            const std::string uuid = "GPU-" + std::to_string(i);
            std::filesystem::create_directories(knobs(i));
            found.devices.push_back(std::make_unique<KnobDevice>(
                accel::testing::stub_info("NVIDIA", uuid), knobs(i), when_written));
          }
          return found;
        })};
    system_ = std::make_unique<System>(machine_, entries_);
    system_->discover();
    transactions_ = std::make_unique<Transactions>(*system_, places());
  }

  [[nodiscard]] Transactions& control() { return *transactions_; }
  [[nodiscard]] System& system() { return *system_; }
  [[nodiscard]] Places places() const {
    const auto state = tree_.root() / "state";
    return {state / "journal", state / "knobs.json", state / "audit.jsonl"};
  }
  [[nodiscard]] std::string knob(int device, std::string_view name) const {
    return base::read_file((knobs(device) / name).string()).value_or("?");
  }
  [[nodiscard]] std::string audit() const {
    return base::read_file(places().audit.string()).value_or("");
  }
  [[nodiscard]] std::size_t unfinished() const {
    return Journal(places().journal).unfinished().entries.size();
  }

  std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();

 private:
  [[nodiscard]] std::filesystem::path knobs(int device) const {
    return tree_.root() / "knobs" / std::to_string(device);
  }

  FakeTree& tree_;
  Machine machine_;
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
  std::unique_ptr<Transactions> transactions_;
};

[[nodiscard]] inline SettingWish wish(std::string parameter, SetpointValue value) {
  return {std::move(parameter), std::move(value)};
}

}  // namespace accel::control
