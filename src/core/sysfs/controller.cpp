#include "core/sysfs/controller.hpp"

#include <cmath>

namespace accel::sysfs {
namespace {

KnobWrite write_of(const Knob& knob, std::string value) {
  return {.knob = std::string(knob.file), .value = std::move(value)};
}

/// A file that holds the highest clock is a span from nothing.
SetpointValue value_in(const Knob& knob, std::int64_t number) {
  const double value = static_cast<double>(number) / knob.scale;
  if (knob.setpoint->kind == SetpointKind::span) return NumberSpan{0, value};
  return value;
}

Error only_the_highest(const Knob& knob, const SetpointValue& value) {
  return {Errc::invalid_argument,
          "Invalid value for " + std::string(knob.setpoint->name) + ": " + to_text(value) +
              ": the driver takes the highest clock alone",
          "give 0..HIGHEST",
          {}};
}

}  // namespace

std::string KnobController::path(const Knob& knob) const {
  return device_.folders.at(knob.folder).source(knob.file);
}

Result<const Knob*> KnobController::of(const SetpointRow& row) const {
  if (auto refusal = device_.refusal()) return *refusal;
  const Knob* found = nullptr;
  for (const Knob& knob : device_.table.knobs) {
    if (knob.setpoint->order != row.order) continue;
    if (found == nullptr || device_.folders.at(knob.folder).has(knob.file)) found = &knob;
    if (device_.folders.at(found->folder).has(found->file)) return found;
  }
  if (found != nullptr) return found;
  return Error{
      Errc::operation_not_supported, "the driver has no file for " + std::string(row.name), "", {}};
}

Result<const Knob*> KnobController::named(std::string_view knob) const {
  for (const Knob& one : device_.table.knobs) {
    if (one.file == knob) return of(*one.setpoint);
  }
  return Error{Errc::not_found, "no knob of this device: '" + std::string(knob) + "'", "", {}};
}

Result<SetpointState> KnobController::state(const SetpointRow& row) {
  const auto knob = of(row);
  if (!knob) return knob.error();
  const std::string source = path(**knob);
  const auto now = device_.folders.at((*knob)->folder).integer((*knob)->file);
  if (!now) return now.error();
  if (const auto refusal = settings::write_refusal(device_.machine, source)) return *refusal;
  SetpointState state;
  state.present = {value_in(**knob, *now), source};
  state.usual = {Absence{ReadingStatus::unsupported,
                         "the driver does not tell with which value it started", ""},
                 source};
  state.range.unchecked = "the driver does not tell what " + source + " takes";
  return state;
}

Result<std::vector<KnobWrite>> KnobController::writes(const SetpointRow& row,
                                                      const SetpointValue& value) {
  const auto knob = of(row);
  if (!knob) return knob.error();
  const auto* span = std::get_if<NumberSpan>(&value);
  const bool is_span = (*knob)->setpoint->kind == SetpointKind::span;
  if (is_span && (span == nullptr || span->low != 0)) return only_the_highest(**knob, value);
  const double number = is_span ? span->high : std::get<double>(value);
  const std::int64_t whole = std::llround(number * (*knob)->scale);
  if (whole > 0) return std::vector{write_of(**knob, std::to_string(whole))};
  return Error{Errc::invalid_argument,
               "Invalid value for " + std::string(row.name) + ": " + to_text(value),
               "give a value above 0",
               {}};
}

Result<std::vector<KnobWrite>> KnobController::default_writes(const SetpointRow& row) {
  const auto knob = of(row);
  if (!knob) return knob.error();
  std::vector writes{write_of(**knob, "")};
  writes.front().to_original = true;
  return writes;
}

Result<std::string> KnobController::value_of(std::string_view knob) {
  const auto found = named(knob);
  if (!found) return found.error();
  const auto number = device_.folders.at((*found)->folder).integer((*found)->file);
  if (!number) return number.error();
  return std::to_string(*number);
}

Result<void> KnobController::write(std::string_view knob, std::string_view value) {
  const auto found = named(knob);
  if (!found) return found.error();
  return device_.machine.write(path(**found), value);
}

std::string KnobController::call_text(std::string_view knob, std::string_view value) const {
  const auto found = named(knob);
  if (!found) return found.error().message;
  const settings::FileCall call{path(**found), std::string(value)};
  return settings::shell_text(std::span(&call, 1));
}

}  // namespace accel::sysfs
