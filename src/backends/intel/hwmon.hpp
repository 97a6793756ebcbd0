// The folder of a GPU's own sensors (hwmon) and which file of it is which sensor.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/intel/place.hpp"
#include "backends/intel/sampling.hpp"

namespace accel::intel {

/// A temperature sensor: "pkg", and the beginning of its files' names, "temp2".
struct TemperatureSensor {
  std::string label;
  std::string files;
};

class Hwmon {
 public:
  /// Looks for the folder whose `name` is the driver's; an integrated GPU has none.
  Hwmon(const Place& place, bool is_discrete);

  /// Null where there is no such folder.
  [[nodiscard]] const base::Dir* dir() const { return dir_ ? &*dir_ : nullptr; }
  [[nodiscard]] bool has(std::string_view file) const { return dir_ && dir_->has(file); }
  /// In the order of their numbers. A file without a label is known by driver and number.
  [[nodiscard]] std::vector<TemperatureSensor> temperature_sensors() const;
  /// Numbers of the fans that have a file: 1 of "fan1_input".
  [[nodiscard]] std::vector<int> fans() const;

  /// A file of the folder, or why it has none. The attribute's file must be there.
  template <AnyQuantity Q>
  Reading<Q> live(Sampling& sampling, const base::Attribute<Q>& attribute) const {
    return dir_ ? sampling.live(*dir_, attribute) : sampling.absent<Q>(missing_, source_);
  }
  template <AnyQuantity Q>
  Reading<Q> held(Sampling& sampling, const base::Attribute<Q>& attribute) const {
    return dir_ ? sampling.held(*dir_, attribute) : sampling.absent<Q>(missing_, source_);
  }
  /// Says that the folder is missing, or that it lacks such a sensor.
  template <AnyQuantity Q>
  Reading<Q> lacks(const Sampling& sampling, std::string_view sensor) const {
    if (!dir_) return sampling.absent<Q>(missing_, source_);
    return sampling.absent<Q>(
        {ReadingStatus::unsupported, source_ + ": no " + std::string(sensor), ""}, source_);
  }

 private:
  std::optional<base::Dir> dir_;
  std::string source_;  ///< the folder, or where it was looked for
  Absence missing_;
  bool is_i915_ = false;
};

}  // namespace accel::intel
