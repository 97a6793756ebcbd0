// A controller whose settings and knobs are rows of tables: for drivers that are set through files.
// It knows no vendor; `Site` is what a vendor's rows need of the device.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/control/controller.hpp"
#include "core/settings/file.hpp"

namespace accel::settings {

using Writes = std::vector<KnobWrite>;

/// The value of a knob for what its driver starts with, where the driver restores that and tells
/// it only afterwards.
inline constexpr std::string_view kDriversDefault = "default";

/// How one setting is asked for and made.
template <class Site>
struct Setting {
  const SetpointRow* row;
  Result<SetpointState> (*state)(const Site& site, const SetpointRow& row);
  Result<Writes> (*writes)(const Site& site, const SetpointRow& row, const SetpointValue& value);
  Result<Writes> (*usual)(const Site& site, const SetpointRow& row);
};

/// One knob, or all whose names begin alike: "pp_od_clk_voltage" of "pp_od_clk_voltage s 1", whose
/// `detail` is then "s 1".
template <class Site>
struct Knob {
  std::string_view name;
  Result<std::string> (*value)(const Site& site, std::string_view detail);
  Result<std::vector<FileCall>> (*calls)(const Site& site, std::string_view detail,
                                         std::string_view value);
  /// Null: what is read is what was written.
  bool (*holds)(std::string_view written, std::string_view read) = nullptr;
  /// Whether it is so without a write that the driver would refuse; null: never.
  bool (*is_moot)(const Site& site, std::string_view detail, std::string_view value) = nullptr;
};

/// `Site` has machine(), refusal() (why nothing may be asked or written now) and lacks(row) (why
/// there is no such setting).
template <class Site>
class TableController final : public Controller {
 public:
  /// The tables live as long as the program.
  TableController(Site site, std::span<const Setting<Site>* const> settings,
                  std::span<const Knob<Site>* const> knobs)
      : site_(std::move(site)), settings_(settings), knobs_(knobs) {}

  Result<SetpointState> state(const SetpointRow& row) override {
    const auto setting = of(row);
    if (!setting) return setting.error();
    return (*setting)->state(site_, row);
  }
  Result<Writes> writes(const SetpointRow& row, const SetpointValue& value) override {
    const auto setting = of(row);
    if (!setting) return setting.error();
    return (*setting)->writes(site_, row, value);
  }
  Result<Writes> default_writes(const SetpointRow& row) override {
    const auto setting = of(row);
    if (!setting) return setting.error();
    return (*setting)->usual(site_, row);
  }
  Result<std::string> value_of(std::string_view knob) override {
    const auto found = named(knob);
    if (!found) return found.error();
    if (auto refusal = site_.refusal()) return *refusal;
    return found->knob->value(site_, found->detail);
  }
  Result<void> write(std::string_view knob, std::string_view value) override {
    const auto found = named(knob);
    if (!found) return found.error();
    if (auto refusal = site_.refusal()) return *refusal;
    const auto is_moot = found->knob->is_moot;
    if (is_moot != nullptr && is_moot(site_, found->detail, value)) return {};
    const auto calls = found->knob->calls(site_, found->detail, value);
    if (!calls) return calls.error();
    auto made = make(site_.machine(), *calls);
    if (made && value == kDriversDefault) {
      const auto now = found->knob->value(site_, found->detail);
      if (now) defaults_.insert_or_assign(std::string(knob), *now);
    }
    return made;
  }
  bool holds(std::string_view knob, std::string_view written,
             std::string_view read) const override {
    if (written == kDriversDefault) {
      const auto known = defaults_.find(knob);
      return known != defaults_.end() && known->second == read;
    }
    const auto found = named(knob);
    if (!found || found->knob->holds == nullptr) return written == read;
    return found->knob->holds(written, read);
  }
  std::string call_text(std::string_view knob, std::string_view value) const override {
    const auto found = named(knob);
    if (!found) return found.error().message;
    const auto calls = found->knob->calls(site_, found->detail, value);
    return calls ? shell_text(*calls) : calls.error().message;
  }

 private:
  struct Named {
    const Knob<Site>* knob;
    std::string_view detail;
  };

  [[nodiscard]] Result<const Setting<Site>*> of(const SetpointRow& row) const {
    if (auto refusal = site_.refusal()) return *refusal;
    for (const Setting<Site>* setting : settings_) {
      if (setting->row->order == row.order) return setting;
    }
    return site_.lacks(row);
  }
  [[nodiscard]] Result<Named> named(std::string_view knob) const {
    for (const Knob<Site>* one : knobs_) {
      if (!knob.starts_with(one->name)) continue;
      const auto detail = knob.substr(one->name.size());
      if (detail.empty()) return Named{one, {}};
      if (detail.front() == ' ') return Named{one, detail.substr(1)};
    }
    return Error{Errc::not_found, "no knob of this device: '" + std::string(knob) + "'", "", {}};
  }

  Site site_;
  std::span<const Setting<Site>* const> settings_;
  std::span<const Knob<Site>* const> knobs_;
  /// What knobs held right after their driver's default was restored.
  std::map<std::string, std::string, std::less<>> defaults_;
};

}  // namespace accel::settings
