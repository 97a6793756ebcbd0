// One device of a vendor that is a table: its identity, its readings, its settings.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "accel/device.hpp"
#include "accel/machine.hpp"
#include "core/drm_processes.hpp"
#include "core/sysfs/controller.hpp"
#include "core/sysfs/folders.hpp"
#include "core/sysfs/number.hpp"
#include "core/sysfs/table.hpp"

namespace accel::sysfs {

/// What all devices of a vendor share.
struct Shared {
  Shared(const Table& rows, Machine where) : table(rows), machine(std::move(where)) {}

  const Table& table;
  Machine machine;
  std::atomic<bool> is_shut_down = false;
};

class TableDevice final : public Device, public ProcessLister {
 public:
  TableDevice(std::shared_ptr<const Shared> shared, AcceleratorInfo info, Folders folders)
      : shared_(std::move(shared)),
        info_(std::move(info)),
        folders_(std::move(folders)),
        has_driver_(folders_.device().link_name("driver").has_value()),
        programs_(place_of(info_), shared_->table.programs),
        knobs_({shared_->table, shared_->machine, folders_, [this] { return knob_refusal(); }}) {}
  TableDevice(const TableDevice&) = delete;
  TableDevice& operator=(const TableDevice&) = delete;

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override;
  Result<ProcessList> processes() override;
  ProcessLister* process_lister() override {
    return shared_->table.programs.drivers.empty() ? nullptr : this;
  }
  Controller* controller() override { return shared_->table.knobs.empty() ? nullptr : &knobs_; }

 private:
  static DrmPlace place_of(const AcceleratorInfo& info);
  /// Why nothing can be read now. Looks whether it sleeps before anything else.
  [[nodiscard]] std::optional<Absence> refusal() const;
  [[nodiscard]] std::optional<Error> knob_refusal() const;
  [[nodiscard]] std::optional<Absence> no_pulse() const;
  [[nodiscard]] std::optional<Absence> not_counting() const;
  [[nodiscard]] std::vector<Answer> answers() const;

  std::shared_ptr<const Shared> shared_;
  AcceleratorInfo info_;
  Folders folders_;
  bool has_driver_;  ///< when it was found; one that a driver made by itself has none bound
  DrmProcesses programs_;
  KnobController knobs_;
};

/// Why the device may not be read without being woken; nothing where it is awake, never sleeps, or
/// the machine says `wake`. Reads one file, which wakes nothing.
[[nodiscard]] std::optional<Absence> sleep_of(const base::Dir& device, const Machine& machine);

}  // namespace accel::sysfs
