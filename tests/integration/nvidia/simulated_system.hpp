// A System on a simulated node, with the NVIDIA back end alone.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "accel/system.hpp"
#include "backends/nvidia/backend.hpp"
#include "integration/sim/simulated.hpp"

namespace accel::nvidia {

class NvidiaOnASimulatedNode : public sim::testing::SimulatedNode {
 protected:
  void start(const std::string& scenario, const std::string& count = "") {
    ASSERT_EQ(open(sim::testing::shipped(scenario), count), "");
    ::setenv("ACCEL_SIM_STATE", text("accel_sim_state_dir").c_str(), 1);
    machine_.root = text("accel_sim_root");
    machine_.library_dir = text("accel_sim_library_dir");
    machine_.simulated = scenario;
    system_ = std::make_unique<System>(
        machine_, entries_,
        System::Options{.device_deadline = deadline_, .control_deadline = deadline_});
    system_->discover();
  }

  std::vector<DeviceSample> sample() { return system_->sample_all({.processes = true}); }

  Machine machine_;
  std::vector<BackendEntry> entries_{entry()};
  std::chrono::nanoseconds deadline_ = std::chrono::seconds(20);  // Enough on a busy machine.
  std::unique_ptr<System> system_;
};

}  // namespace accel::nvidia
