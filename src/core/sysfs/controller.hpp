// The settings of a vendor that is a table: files that take one whole number each.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "accel/control/controller.hpp"
#include "core/settings/file.hpp"
#include "core/sysfs/folders.hpp"
#include "core/sysfs/table.hpp"

namespace accel::sysfs {

class KnobController final : public Controller {
 public:
  struct Device {
    const Table& table;
    const Machine& machine;
    const Folders& folders;
    /// Why nothing may be asked or written now.
    std::function<std::optional<Error>()> refusal;
  };
  /// What `device` names must outlive it.
  explicit KnobController(Device device) : device_(std::move(device)) {}

  Result<SetpointState> state(const SetpointRow& row) override;
  Result<std::vector<KnobWrite>> writes(const SetpointRow& row,
                                        const SetpointValue& value) override;
  Result<std::vector<KnobWrite>> default_writes(const SetpointRow& row) override;
  Result<std::string> value_of(std::string_view knob) override;
  Result<void> write(std::string_view knob, std::string_view value) override;
  std::string call_text(std::string_view knob, std::string_view value) const override;

 private:
  [[nodiscard]] Result<const Knob*> of(const SetpointRow& row) const;
  [[nodiscard]] Result<const Knob*> named(std::string_view knob) const;
  [[nodiscard]] std::string path(const Knob& knob) const;

  Device device_;
};

}  // namespace accel::sysfs
