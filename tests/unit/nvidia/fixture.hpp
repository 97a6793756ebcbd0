// A machine with NVIDIA cards on its bus and a scripted driver library.
#pragma once

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "accel/backend.hpp"
#include "backends/nvidia/backend.hpp"
#include "core/pci/scan.hpp"
#include "fakes/nvml/script.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_tree.hpp"
#include "support/pci_tree.hpp"

namespace accel::nvidia {

using FakeGpu = fake_nvml::Gpu;

class NvidiaTest : public ::testing::Test {
 protected:
  explicit NvidiaTest(const char* library_dir = ACCEL_FAKE_NVML) : library_dir_(library_dir) {
    const std::string path = library_path();
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(path + " does not open");
    auto* symbol = ::dlsym(library, "fake_nvml_script");
    script_ = reinterpret_cast<fake_nvml::ScriptFunction*>(symbol)();
    *script_ = {};
    machine_.root = tree_.root();
    machine_.library_dir = library_dir_;
    machine_.clock = clock_;
    machine_.debug = [this](std::string_view text) { traces_.emplace_back(text); };
  }

  fake_nvml::Script& script() { return *script_; }
  [[nodiscard]] std::string library_path() const { return library_dir_ + "/libnvidia-ml.so.1"; }

  /// A GPU that both the bus and the library have.
  FakeGpu& add_gpu(unsigned bus = 0x41, accel::testing::FakeFunction function = active()) {
    auto gpu = std::make_shared<FakeGpu>();
    gpu->bus = bus;
    gpu->uuid = "GPU-" + std::to_string(bus) + "-2222-3333-4444-555555555555";
    script().gpus.push_back(gpu);
    accel::testing::add_card(tree_, address(bus), std::move(function));
    return *gpu;
  }
  static accel::testing::FakeFunction active() {
    accel::testing::FakeFunction function;
    function.driver = "nvidia";
    function.runtime_status = "active";
    return function;
  }
  static accel::testing::FakeFunction suspended() {
    auto function = active();
    function.runtime_status = "suspended";
    return function;
  }
  static std::string address(unsigned bus) {
    return PciAddress{0, static_cast<std::uint8_t>(bus), 0, 0}.text();
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
    problems_ = std::move(found->problems);
  }
  /// Discovers and reads the only device, or the first.
  ReadingSet sample() {
    if (devices_.empty()) discover();
    ReadingSet readings;
    if (!devices_.empty()) devices_.front()->sample(readings);
    return readings;
  }
  const AcceleratorInfo& info(std::size_t device = 0) { return devices_.at(device)->info(); }

  [[nodiscard]] long calls_of(std::string_view function) const {
    return std::ranges::count_if(script_->calls, [&](const std::string& call) {
      return std::string_view(call).starts_with(function);
    });
  }

  accel::testing::FakeTree tree_;
  std::shared_ptr<accel::testing::FakeClock> clock_ = std::make_shared<accel::testing::FakeClock>();
  Machine machine_;
  std::vector<std::string> traces_;
  std::vector<PciFunction> pci_;
  std::unique_ptr<Backend> backend_;
  std::vector<std::unique_ptr<Device>> devices_;
  std::vector<Error> problems_;

 private:
  std::string library_dir_;
  fake_nvml::Script* script_;
};

/// The same with a library that exports what driver 470 does.
class OldDriver : public NvidiaTest {
 protected:
  OldDriver() : NvidiaTest(ACCEL_FAKE_NVML_470) { script().driver_version = "470.256.02"; }
};

inline const std::pair<std::string, ExtraValue>* extra(const AcceleratorInfo& info,
                                                       std::string_view key) {
  for (const auto& entry : info.extra) {
    if (entry.first == key) return &entry;
  }
  return nullptr;
}

/// The value of an extra fact, or a value that no fact has.
inline std::int64_t extra_number(const AcceleratorInfo& info, std::string_view key) {
  const auto* found = extra(info, key);
  const auto* number = found == nullptr ? nullptr : std::get_if<std::int64_t>(&found->second);
  return number == nullptr ? -12345 : *number;
}

inline std::string extra_text(const AcceleratorInfo& info, std::string_view key) {
  const auto* found = extra(info, key);
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->second);
  return text == nullptr ? "(none)" : *text;
}

}  // namespace accel::nvidia
