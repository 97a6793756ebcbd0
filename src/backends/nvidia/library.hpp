// When the library is opened, tried again and let go; and why it could not be.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "accel/accelerator_info.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/nvml.hpp"
#include "base/worker.hpp"

namespace accel::nvidia {

/// Longer than any GPU was seen to take for its start, shorter than a vendor's whole discovery.
inline constexpr std::chrono::nanoseconds kIntroductionPatience = std::chrono::seconds(8);

/// What a driver is told to have done that let that time pass.
[[nodiscard]] Error no_answer();

/// Not for use by two threads at a time.
class Library {
 public:
  explicit Library(std::shared_ptr<const Machine> machine)
      : machine_(std::move(machine)), worker_(machine_->clock) {}

  /// The initialized library. A failure is remembered until forget_failure(). `timeout` where it
  /// does not start in time; what it hangs in is then left to itself, and waited for no more.
  Result<std::shared_ptr<const Nvml>> open();
  /// Lets open() try again: a driver may have been loaded or mended meanwhile.
  void forget_failure() { failure_.reset(); }
  void close() noexcept;

  [[nodiscard]] std::shared_ptr<const Nvml> nvml() const { return nvml_; }
  /// Whether the loader found it; what open() failed with, if it failed last time.
  [[nodiscard]] bool is_present() const { return is_present_; }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  /// The library is of another version than the kernel module.
  [[nodiscard]] bool is_mismatched() const { return is_mismatched_; }

 private:
  struct Start;
  Result<std::shared_ptr<Nvml>> load_and_init(const std::string& soname);
  Result<std::shared_ptr<Nvml>> taken(const Start& start);
  Result<std::shared_ptr<Nvml>> load_matching();
  Error explained(Error error) const;

  std::shared_ptr<const Machine> machine_;
  base::Worker worker_;
  std::shared_ptr<Start> late_;  ///< one that was not waited for to the end
  std::shared_ptr<Nvml> nvml_;
  bool is_present_ = false;
  bool is_mismatched_ = false;
  bool told_absence_ = false;
  std::optional<Error> failure_;
};

/// How a device stands that cannot be asked because of that error.
[[nodiscard]] DeviceState state_of(Errc code);

}  // namespace accel::nvidia
