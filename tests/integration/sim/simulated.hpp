// A simulated node as a program sees it: libaccel-sim.so opens it, libnvidia-ml.so.1 reads it.
#pragma once

#include <accelerator/sim.h>
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "nvml/structs_device.hpp"

namespace accel::sim::testing {

/// A shared object that stays open as long as this.
class Object {
 public:
  explicit Object(const std::string& path) : handle_(::dlopen(path.c_str(), RTLD_NOW)) {
    const char* why = handle_ == nullptr ? ::dlerror() : nullptr;
    EXPECT_NE(handle_, nullptr) << (why != nullptr ? why : "");
  }
  ~Object() {
    if (handle_ != nullptr) ::dlclose(handle_);
  }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  [[nodiscard]] void* find(const char* name) const { return ::dlsym(handle_, name); }

  /// Calls a function that returns an int, with exactly the argument types given.
  template <class... Arguments>
  int operator()(const char* name, Arguments... arguments) const {
    auto* function = reinterpret_cast<int (*)(Arguments...)>(find(name));
    if (function == nullptr) {
      ADD_FAILURE() << name << " is not there";
      return -1;
    }
    return function(arguments...);
  }

 private:
  void* handle_;
};

inline const Object& simulator() {
  static const Object object(std::string(ACCEL_SIM_LIBRARIES) + "/libaccel-sim.so");
  return object;
}

/// The text of a shipped scenario, its clock stopped and its host small, so that it is made
/// quickly.
inline std::string shipped(const std::string& name) {
  std::ifstream file(std::string(ACCEL_SIM_SCENARIOS) + '/' + name + ".toml");
  std::stringstream text;
  text << "clock = \"stopped\"\n" << file.rdbuf();
  std::string all = text.str();
  for (const char* cores : {"cores = 56", "cores = 64"}) {
    const std::size_t at = all.find(cores);
    if (at != std::string::npos) all.replace(at, 10, "cores = 2");
  }
  return all;
}

/// A folder of its own for scenario and state, gone with the test.
class SimulatedNode : public ::testing::Test {
 protected:
  SimulatedNode() {
    std::string name = (std::filesystem::temp_directory_path() / "accel-sim-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~SimulatedNode() override {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// Opens a scenario text as a node; the reason why not, or "".
  std::string open(const std::string& text, const std::string& count = "") {
    const std::string file = folder_ + "/test.toml";
    std::ofstream(file) << text;
    return open_named(file + count);
  }

  std::string open_named(const std::string& scenario) {
    close();
    const std::string state = folder_ + "/state";
    accel_sim_options options{};
    options.size = sizeof options;
    options.scenario = scenario.empty() ? nullptr : scenario.c_str();
    options.state_dir = state.c_str();
    options.scenario_dir = ACCEL_SIM_SCENARIOS;
    char error[512] = "";
    status_ = simulator()("accel_sim_open", static_cast<const accel_sim_options*>(&options), &node_,
                          static_cast<char*>(error), sizeof error);
    return error;
  }

  void close() {
    if (node_ == nullptr) return;
    reinterpret_cast<void (*)(accel_sim_node*)>(simulator().find("accel_sim_close"))(node_);
    node_ = nullptr;
  }

  [[nodiscard]] std::string text(const char* function) const {
    return reinterpret_cast<const char* (*)(const accel_sim_node*)>(simulator().find(function))(
        node_);
  }

  /// Injects a fault; the reason why not, or "".
  std::string inject(const char* device, const char* fault) {
    char error[256] = "";
    simulator()("accel_sim_inject", node_, device, fault, static_cast<char*>(error), sizeof error);
    return error;
  }

  void clear() {
    simulator()("accel_sim_clear", node_, static_cast<const char*>(nullptr),
                static_cast<char*>(nullptr), std::size_t{0});
  }

  void step(double seconds) {
    simulator()("accel_sim_step", node_, static_cast<std::uint64_t>(seconds * 1e9),
                static_cast<char*>(nullptr), std::size_t{0});
  }

  [[nodiscard]] std::string library() const {
    return text("accel_sim_library_dir") + "/libnvidia-ml.so.1";
  }

  std::string folder_;
  accel_sim_node* node_ = nullptr;
  int status_ = 0;
};

/// NVML of an open node, initialized.
class Nvml : public Object {
 public:
  explicit Nvml(const std::string& path) : Object(path) { initialized_ = (*this)("nvmlInit_v2"); }
  ~Nvml() {
    if (initialized_ == 0) (*this)("nvmlShutdown");
  }

  [[nodiscard]] int initialized() const { return initialized_; }

  [[nodiscard]] nvmlDevice_t device(unsigned int index) const {
    nvmlDevice_t handle = nullptr;
    EXPECT_EQ((*this)("nvmlDeviceGetHandleByIndex_v2", index, &handle), 0);
    return handle;
  }

  /// An unsigned reading; -result when it fails.
  [[nodiscard]] long long value(const char* name, nvmlDevice_t device) const {
    unsigned int number = 0;
    const int result = (*this)(name, device, &number);
    return result == 0 ? static_cast<long long>(number) : -result;
  }

 private:
  int initialized_ = -1;
};

}  // namespace accel::sim::testing
