// A GPU whose settings a test tries, with what is written to its files.
#pragma once

#include <gmock/gmock.h>

#include "support/settings.hpp"
#include "support/written_files.hpp"
#include "unit/amd/card_tree.hpp"

namespace accel::amd::testing {

using accel::testing::Values;
using accel::testing::WrittenFiles;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;

class Settings : public ::testing::Test {
 protected:
  Settings() : card_(tree_.add()), sensors_(tree_.add_sensors(card_)) {}

  void device_file(const std::string& name, std::string_view text) {
    tree_.files.file(card_ / name, text);
  }
  void sensor_file(const std::string& name, std::string_view text) {
    tree_.files.file(sensors_ / name, text);
  }
  void discover() {
    Machine machine = tree_.machine();
    machine.simulated_drivers = written_.drivers();
    system_ = std::make_unique<System>(std::move(machine), std::span(&entry_, 1));
    system_->discover();
  }
  System& system() {
    if (!system_) discover();
    return *system_;
  }

  Result<void> set(const SetpointRow& row, const SetpointValue& value) {
    return accel::testing::set(system(), 0, {{&row, value}});
  }
  Result<void> reset(const SetpointRow& row) { return accel::testing::reset(system(), 0, row); }
  Result<SetpointState> state(const SetpointRow& row) {
    return accel::testing::state(system(), 0, row);
  }
  /// Asks the controller; the writes as texts, or the error's message.
  Lines planned(const Values& values) {
    Lines lines;
    on_controller([&](Controller& controller) {
      const auto writes = accel::testing::plan(controller, values);
      lines = writes ? accel::testing::texts_of(*writes) : Lines{writes.error().text()};
    });
    return lines;
  }
  Lines default_of(const SetpointRow& row) {
    Lines lines;
    on_controller([&](Controller& controller) {
      const auto writes = controller.default_writes(row);
      lines = writes ? accel::testing::texts_of(*writes) : Lines{writes.error().text()};
    });
    return lines;
  }
  void on_controller(const std::function<void(Controller&)>& work) {
    const auto done = accel::testing::on_device(system(), 0, [&](Controller& c) -> Result<void> {
      work(c);
      return {};
    });
    EXPECT_TRUE(done) << done.error().text();
  }

  CardTree tree_;
  std::filesystem::path card_;
  std::filesystem::path sensors_;
  WrittenFiles written_;
  BackendEntry entry_ = entry();
  std::unique_ptr<System> system_;
};

inline std::string text_of(const Result<void>& result) {
  return result ? "" : result.error().text();
}

}  // namespace accel::amd::testing
