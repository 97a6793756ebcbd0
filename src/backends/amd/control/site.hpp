// A GPU as its settings see it: where their files are, and what stands in the way of writing them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "accel/control/setpoint.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/lifetime.hpp"
#include "core/settings/table_controller.hpp"

namespace accel::amd {

using settings::FileCall;
using settings::Writes;
using Calls = std::vector<FileCall>;

class Site {
 public:
  /// `is_integrated`: it shares a chip with a CPU.
  Site(std::shared_ptr<const Card> card, Lifetime lifetime, bool is_integrated)
      : card_(std::move(card)), lifetime_(std::move(lifetime)), is_integrated_(is_integrated) {}

  [[nodiscard]] const Machine& machine() const { return card_->machine(); }
  [[nodiscard]] const base::Dir& device() const { return card_->device(); }
  [[nodiscard]] bool is_integrated() const { return is_integrated_; }
  [[nodiscard]] std::optional<Error> refusal() const;
  [[nodiscard]] Error lacks(const SetpointRow& row) const;

  /// A file of the driver's sensors; operation_not_supported where it has none.
  [[nodiscard]] Result<std::string> sensor_path(std::string_view file) const;
  [[nodiscard]] Result<std::int64_t> sensor(std::string_view file) const;
  /// The text of a file of the device; operation_not_supported for one that is missing or empty.
  [[nodiscard]] Result<std::string> text(std::string_view file) const;
  [[nodiscard]] bool has(std::string_view file) const { return device().has(file); }
  /// The first of these files of the device that could not be written, if any.
  [[nodiscard]] std::optional<Error> write_refusal(
      std::initializer_list<std::string_view> files) const;

 private:
  std::shared_ptr<const Card> card_;
  Lifetime lifetime_;
  bool is_integrated_;
};

/// A reading that the driver does not give.
template <class T = SetpointValue>
[[nodiscard]] Reading<T> untold(std::string reason, std::string source) {
  return {Absence{ReadingStatus::unsupported, std::move(reason), ""}, std::move(source)};
}

}  // namespace accel::amd
