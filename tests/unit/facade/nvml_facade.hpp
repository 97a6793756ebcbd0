// The NVML facade over a scripted library with two devices.
#pragma once

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>

#include "accel/facade/nvml_backend.hpp"
#include "fakes/nvml/script.hpp"
#include "support/pci_tree.hpp"

namespace accel::facade {

using accel::testing::add_card;
using accel::testing::FakeTree;
using fake_nvml::Gpu;
using fake_nvml::Script;

inline Script& loaded_script() {
  static Script* script = [] {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any other thread
    void* library = ::dlopen(FAKE_NVML_DIR "/libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
    auto* find = reinterpret_cast<fake_nvml::ScriptFunction*>(
        library == nullptr ? nullptr : ::dlsym(library, "fake_nvml_script"));
    if (find == nullptr) std::abort();
    return find();
  }();
  return *script;
}

class NvmlFacade : public ::testing::Test {
 protected:
  NvmlFacade() : script_(loaded_script()) {
    script_ = Script{};
    v100_->name = "Tesla V100";
    v100_->serial = "SN001";
    v100_->uuid = "GPU-ABCDEF12-0000-0000-0000-000000000001";
    v100_->fan_count = 1;
    v100_->fan_speeds = {50};
    v100_->bus = 0x41;
    t4_->name = "Tesla T4";
    t4_->serial = "SN002";
    t4_->uuid = "GPU-abcdef12-0000-0000-0000-000000000002";
    t4_->bus = 0x42;
    script_.gpus = {v100_, t4_};
  }

  [[nodiscard]] Machine machine() {
    Machine machine{.root = tree_.root(), .library_dir = FAKE_NVML_DIR};
    machine.debug = [this](std::string_view text) {
      const std::scoped_lock lock(mutex_);
      heard_ += std::string(text) + "\n";
    };
    return machine;
  }
  [[nodiscard]] std::ptrdiff_t calls(std::string_view function) const {
    return std::ranges::count_if(script_.calls,
                                 [&](const std::string& call) { return call == function; });
  }

  Script& script_;
  std::shared_ptr<Gpu> v100_ = std::make_shared<Gpu>();
  std::shared_ptr<Gpu> t4_ = std::make_shared<Gpu>();
  FakeTree tree_;
  std::mutex mutex_;
  std::string heard_;
};

}  // namespace accel::facade
