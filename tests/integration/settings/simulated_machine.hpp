// A System on a simulated machine, whose files take values as drivers' do.
#pragma once

#include <gmock/gmock.h>

#include "accel/backends.hpp"
#include "integration/sim/simulated.hpp"
#include "support/settings.hpp"

namespace accel::testing {

class SimulatedMachine : public sim::testing::SimulatedNode {
 protected:
  void start(const std::string& scenario) {
    ASSERT_EQ(open(sim::testing::shipped(scenario)), "");
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet
    ::setenv("ACCEL_SIM_STATE", text("accel_sim_state_dir").c_str(), 1);
    machine_.root = text("accel_sim_root");
    machine_.library_dir = text("accel_sim_library_dir");
    machine_.simulated = scenario;
    machine_.wake = true;
    machine_.simulated_drivers = drivers();
    system_ = std::make_unique<System>(machine_, std::span(vendors_), System::Options{});
    system_->discover();
  }
  [[nodiscard]] SimulatedDrivers drivers() const {
    return {.refresh =
                [node = node_](std::string_view address) {
                  using Refresh = void (*)(accel_sim_node*, const char*);
                  reinterpret_cast<Refresh>(sim::testing::simulator().find("accel_sim_refresh"))(
                      node, std::string(address).c_str());
                },
            .write =
                [node = node_](const std::filesystem::path& file, std::string_view value) {
                  return sim::testing::simulator()("accel_sim_write", node, file.c_str(),
                                                   value.data(), value.size());
                }};
  }

  /// Position of the first device of that model.
  [[nodiscard]] std::size_t find(const std::string& model) const {
    const auto devices = system_->devices();
    for (std::size_t i = 0; i < devices.size(); ++i) {
      if (devices[i]->model && devices[i]->model->find(model) != std::string::npos) return i;
    }
    ADD_FAILURE() << "no " << model;
    return 0;
  }
  /// What became of it: "" or the error.
  std::string set(std::size_t position, const SetpointRow& row, const SetpointValue& value) {
    const auto done = accel::testing::set(*system_, position, {{&row, value}});
    return done ? "" : done.error().text();
  }
  std::string reset(std::size_t position, const SetpointRow& row) {
    const auto done = accel::testing::reset(*system_, position, row);
    return done ? "" : done.error().text();
  }
  Reading<SetpointValue> present(std::size_t position, const SetpointRow& row) {
    const auto state = accel::testing::state(*system_, position, row);
    EXPECT_TRUE(state) << state.error().text();
    return state ? state->present : Reading<SetpointValue>();
  }
  /// One knob, without what a plan checks first.
  Result<void> write(std::size_t position, std::string knob, std::string value) {
    return on_device(*system_, position, [knob, value](Controller& controller) {
      return controller.write(knob, value);
    });
  }
  /// After that many seconds of the simulated machine.
  ReadingSet after(double seconds, std::size_t position) {
    step(seconds);
    return system_->sample_all({}).at(position).readings;
  }

  Machine machine_;
  std::vector<BackendEntry> vendors_ = all_backends();
  std::unique_ptr<System> system_;
};

}  // namespace accel::testing
