// Tells when it is time to look for devices again. It knows the bus and the kernel's announcements,
// and no vendor.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "accel/device_watch.hpp"

namespace accel {

class BusWatch {
 public:
  BusWatch(const Machine& machine, std::shared_ptr<UeventSource> source,
           DeviceWatch::Options options);

  /// Whether it is time now. Costs a read of a socket that does not wait, and a scan of the bus
  /// where there is reason for one.
  [[nodiscard]] bool is_due();
  /// The devices were looked for, and this is what the bus had.
  void accept(std::span<const PciFunction> pci);
  /// A device that is on the bus does not answer: worth looking again, ever more rarely, whether it
  /// was reset or mended.
  void suspect() { suspected_ = true; }
  /// PCI addresses of devices whose drivers announced a reset, since the last call.
  [[nodiscard]] std::vector<std::string> take_resets() { return std::exchange(resets_, {}); }

 private:
  void take(const UeventSource::Batch& batch);
  void note(std::chrono::nanoseconds now);
  [[nodiscard]] bool is_suspect_due(std::chrono::nanoseconds now);

  const Machine& machine_;
  std::shared_ptr<UeventSource> source_;
  DeviceWatch::Options options_;
  std::string known_;  ///< the bus as it was when devices were looked for
  std::vector<std::string> resets_;
  std::optional<std::chrono::nanoseconds> first_;  ///< of the announcements that are settling
  std::chrono::nanoseconds last_{};
  std::chrono::nanoseconds scanned_{};
  bool must_discover_ = false;  ///< something changed that the bus does not show
  bool suspected_ = false;
  std::chrono::nanoseconds patience_{};  ///< until a suspect is looked at again
  std::chrono::nanoseconds suspect_seen_{};
};

}  // namespace accel
