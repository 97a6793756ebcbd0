// A device whose knobs are files, so that several processes can turn them, one after the other.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "accel/control/controller.hpp"
#include "accel/device.hpp"
#include "base/number.hpp"

namespace accel::testing {

/// What happens when a knob is written: an error is what the driver answers.
using WhenWritten = std::function<Result<void>(const std::string& knob, const std::string& value)>;

/// Settings: power_limit_w (100..300, usually 250; one knob), fan_percent (two knobs, a fan each,
/// usually "auto"), sm_clock_mhz (steps; a knob that cannot be read), ecc_enabled (persistent),
/// temp_target_c (no default of its own), persistence_mode (whose knob is written first).
class KnobDevice final : public Device, public Controller {
 public:
  KnobDevice(AcceleratorInfo info, std::filesystem::path knobs, WhenWritten when_written = {})
      : info_(std::move(info)), knobs_(std::move(knobs)), when_written_(std::move(when_written)) {
    for (const auto& [knob, value] :
         std::vector<std::pair<std::string, std::string>>{{"power", "250"},
                                                          {"fan 0", "auto"},
                                                          {"fan 1", "auto"},
                                                          {"clock", "unlocked"},
                                                          {"ecc", "true"},
                                                          {"target", "83"},
                                                          {"persistence", "false"}}) {
      if (!std::filesystem::exists(knobs_ / knob)) put(knob, value);
    }
  }

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& /*out*/) override {}
  Controller* controller() override { return this; }

  Result<SetpointState> state(const SetpointRow& row) override {
    SetpointState state;
    if (&row == &setpoint::power_limit_w) {
      state.present = SetpointValue(base::parse_double(text("power")).value_or(0));
      state.usual = SetpointValue(250.0);
      state.range = {100, 300, {}, {}, {}};
    } else if (&row == &setpoint::sm_clock_mhz) {
      state.range.steps = {300, 900, 1500};
    } else if (&row == &setpoint::ecc_enabled) {
      state.present = SetpointValue(text("ecc") == "true");
      state.usual = SetpointValue(true);
    } else if (!is_plain(row)) {
      return lacks(row);
    }
    return state;
  }

  Result<std::vector<KnobWrite>> writes(const SetpointRow& row,
                                        const SetpointValue& value) override {
    const std::string text = to_text(value);
    if (&row == &setpoint::power_limit_w) return List{{"power", text, 2}};
    if (&row == &setpoint::sm_clock_mhz) {
      return List{{"clock", text, 1, false, "unlocked"}};
    }
    if (&row == &setpoint::fan_percent) return List{{"fan 0", text, 3}, {"fan 1", text, 3}};
    if (&row == &setpoint::ecc_enabled) return List{{"ecc", text, 4, true}};
    if (&row == &setpoint::temp_target_c) return List{{"target", text, 5}};
    if (&row == &setpoint::persistence_mode) return List{{"persistence", text, 0}};
    return lacks(row);
  }

  Result<std::vector<KnobWrite>> default_writes(const SetpointRow& row) override {
    if (&row == &setpoint::power_limit_w) return List{{"power", "250", 2}};
    if (&row == &setpoint::sm_clock_mhz) {
      return List{{"clock", "unlocked", 1, false, "unlocked"}};
    }
    if (&row == &setpoint::fan_percent) return List{{"fan 0", "auto", 3}, {"fan 1", "auto", 3}};
    if (&row == &setpoint::ecc_enabled) return List{{"ecc", "true", 4, true}};
    if (&row == &setpoint::temp_target_c) return List{{"target", "", 5, false, "", true}};
    if (&row == &setpoint::persistence_mode) return List{{"persistence", "false", 0}};
    return lacks(row);
  }

  Result<std::string> value_of(std::string_view knob) override {
    if (knob == "clock") {
      return Error{Errc::operation_not_supported, "clock: the driver does not tell", "", {}};
    }
    return text(knob);
  }

  Result<void> write(std::string_view knob, std::string_view value) override {
    if (when_written_) {
      auto answer = when_written_(std::string(knob), std::string(value));
      if (!answer) return answer;
    }
    put(knob, value);
    return {};
  }

  std::string call_text(std::string_view knob, std::string_view value) const override {
    return "set(" + std::string(knob) + ", " + std::string(value) + ")";
  }

  [[nodiscard]] std::string text(std::string_view knob) const {
    std::ifstream file(knobs_ / knob);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  using List = std::vector<KnobWrite>;

  static bool is_plain(const SetpointRow& row) {
    return &row == &setpoint::fan_percent || &row == &setpoint::temp_target_c ||
           &row == &setpoint::persistence_mode;
  }
  static Error lacks(const SetpointRow& row) {
    return {Errc::operation_not_supported, std::string(row.name) + ": not on this device", "", {}};
  }
  /// In one step, as a driver takes a value: killed in between, the old value stands.
  void put(std::string_view knob, std::string_view value) const {
    const auto file = knobs_ / knob;
    const auto beside = file.string() + ".new";
    std::ofstream(beside) << value;
    std::filesystem::rename(beside, file);
  }

  AcceleratorInfo info_;
  std::filesystem::path knobs_;
  WhenWritten when_written_;
};

}  // namespace accel::testing
