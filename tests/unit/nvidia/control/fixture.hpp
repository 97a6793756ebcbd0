// A GPU whose settings are changed, and the record of what its library was told.
#pragma once

#include "accel/control/controller.hpp"
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {

using Calls = std::vector<std::string>;

/// What the tests of settings share, over either library.
template <class Base>
class Settings : public Base {
 protected:
  Controller& controller() {
    if (this->devices_.empty()) this->discover();
    return *this->devices_.at(0)->controller();
  }
  Result<SetpointState> state(const SetpointRow& row) { return controller().state(row); }
  std::string error_of(const SetpointRow& row) {
    const auto found = state(row);
    return found ? "none" : found.error().text();
  }
  /// "knob = value" of each write.
  static Calls texts(const Result<std::vector<KnobWrite>>& writes) {
    if (!writes) return {writes.error().text()};
    Calls all;
    for (const KnobWrite& write : *writes) all.push_back(write.knob + " = " + write.value);
    return all;
  }
  Calls writes(const SetpointRow& row, const SetpointValue& value) {
    return texts(controller().writes(row, value));
  }
  Calls default_writes(const SetpointRow& row) { return texts(controller().default_writes(row)); }
  /// Makes the writes; the first that fails ends it.
  Result<void> apply(const Result<std::vector<KnobWrite>>& writes) {
    if (!writes) return writes.error();
    for (const KnobWrite& write : *writes) {
      if (auto done = controller().write(write.knob, write.value); !done) return done;
    }
    return {};
  }
  Result<void> set(const SetpointRow& row, const SetpointValue& value) {
    return apply(controller().writes(row, value));
  }
  Result<void> reset(const SetpointRow& row) { return apply(controller().default_writes(row)); }
};

class NvidiaSettings : public Settings<NvidiaTest> {
 protected:
  FakeGpu& gpu_ = add_gpu();

  /// A board with fans, some of which may be manual.
  void give_fans(std::vector<std::uint32_t> policies, std::vector<std::uint32_t> targets) {
    gpu_.fan_count = static_cast<std::uint32_t>(policies.size());
    gpu_.fan_speeds = targets;
    gpu_.fan_policies = std::move(policies);
    gpu_.fan_targets = std::move(targets);
  }
};

class OldDriverSettings : public Settings<OldDriver> {
 protected:
  FakeGpu& gpu_ = add_gpu();
};

}  // namespace accel::nvidia
