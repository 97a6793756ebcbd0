// The devices that were asked for, however they come and go: at which positions of the System they
// are now.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accel/device_watch.hpp"
#include "cli/context.hpp"

namespace accel::cli::top {

class Followed {
 public:
  /// Both must outlive it.
  Followed(const Context& context, System& system) : context_(context), system_(system) {}

  /// Looks for devices. The first time, what is asked for must be there; from then on it is known
  /// by what does not change when others come and go, and may be away.
  Result<void> discover();
  /// Takes in what happened since, before each sample: a text for each change.
  [[nodiscard]] std::vector<std::string> refresh();
  [[nodiscard]] std::span<const std::size_t> positions() const { return positions_; }

  /// What became of the devices in the last sample, rows in the order of positions().
  template <class Rows>
  void note(const Rows& rows) {
    states_.clear();
    for (const auto& row : rows) states_.push_back(row.state);
  }

 private:
  /// A device by its identity, or, where a driver that comes or goes changes that, by its place.
  struct Identity {
    std::string uuid;
    std::string place;  ///< PCI address; empty for one that is on none and for a part

    [[nodiscard]] bool is(const Identity& other) const;
  };

  static Identity identity(const AcceleratorInfo& info);
  void choose();

  const Context& context_;
  System& system_;
  bool is_first_ = true;
  std::vector<Identity> asked_;  ///< in that order; none: all devices
  std::vector<std::size_t> positions_;
  std::vector<DeviceState> states_;
  std::optional<DeviceWatch> watch_;
};

}  // namespace accel::cli::top
