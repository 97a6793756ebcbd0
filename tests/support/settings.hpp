// Settings of a device as a program makes them: planned, checked, written in the vendor's order,
// read back. Without journal and undo, of which a vendor knows nothing.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "accel/control/controller.hpp"
#include "accel/system.hpp"

namespace accel::testing {

using Values = std::vector<std::pair<const SetpointRow*, SetpointValue>>;

/// The writes of all values in the order in which they are made.
inline Result<std::vector<KnobWrite>> plan(Controller& controller, const Values& values) {
  std::vector<KnobWrite> all;
  for (const auto& [row, value] : values) {
    const auto state = controller.state(*row);
    if (!state) return state.error();
    const auto taken = admitted(*row, value, state->range);
    if (!taken) return taken.error();
    const auto writes = controller.writes(*row, *taken);
    if (!writes) return writes.error();
    all.insert(all.end(), writes->begin(), writes->end());
  }
  std::ranges::stable_sort(all, {}, &KnobWrite::rank);
  return all;
}

/// Makes them. A value that the driver tells and does not hold afterwards is `malformed`.
inline Result<void> make(Controller& controller, const std::vector<KnobWrite>& writes) {
  for (const KnobWrite& write : writes) {
    if (auto done = controller.write(write.knob, write.value); !done) return done;
    const auto read = controller.value_of(write.knob);
    if (read && !controller.holds(write.knob, write.value, *read)) {
      return Error{
          Errc::malformed, write.knob + " is " + *read + " instead of " + write.value, "", {}};
    }
  }
  return {};
}

inline Result<void> set(Controller& controller, const Values& values) {
  const auto writes = plan(controller, values);
  return writes ? make(controller, *writes) : Result<void>(writes.error());
}

/// Back to the driver's own default. What there is no default of is left out.
inline Result<void> reset(Controller& controller, const SetpointRow& row) {
  auto writes = controller.default_writes(row);
  if (!writes) return writes.error();
  std::erase_if(*writes, [](const KnobWrite& write) { return write.to_original; });
  return make(controller, *writes);
}

/// Asks one device of a System, as programs do.
inline Result<void> on_device(System& system, std::size_t position,
                              std::function<Result<void>(Controller&)> work) {
  const System::ControlWork one{position, std::move(work)};
  return system.control(std::span(&one, 1)).at(0);
}

inline Result<void> set(System& system, std::size_t position, const Values& values) {
  return on_device(system, position, [values](Controller& c) { return set(c, values); });
}
inline Result<void> reset(System& system, std::size_t position, const SetpointRow& row) {
  return on_device(system, position, [&row](Controller& c) { return reset(c, row); });
}
inline Result<SetpointState> state(System& system, std::size_t position, const SetpointRow& row) {
  auto state = std::make_shared<Result<SetpointState>>(SetpointState{});
  const auto done = on_device(system, position, [&row, state](Controller& c) -> Result<void> {
    *state = c.state(row);
    return {};
  });
  if (!done) return done.error();
  return *state;
}

/// "hwmon/power1_cap 200000000", one for each write.
inline std::vector<std::string> texts_of(const std::vector<KnobWrite>& writes) {
  std::vector<std::string> texts;
  for (const KnobWrite& write : writes) {
    texts.push_back(write.knob + (write.to_original ? " (as it was)" : " " + write.value));
  }
  return texts;
}

}  // namespace accel::testing
