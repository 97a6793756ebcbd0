// A vendor as tables: which devices are its own, and which files of theirs say what in which unit.
//
// Meant for drivers that publish small text files and nothing else. Every row of a vendor has a
// source, the driver's document or code, which its README names.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

#include "accel/backend.hpp"
#include "accel/control/setpoint.hpp"
#include "accel/metric.hpp"
#include "accel/reading_set.hpp"
#include "core/drm_vocabulary.hpp"

namespace accel::sysfs {

/// Which folder of a device a file lies in.
enum class Folder {
  device,   ///< the PCI function's or the platform device's own
  node,     ///< its entry in a class of devices, see NodeClass
  hwmon,    ///< <device>/hwmon/hwmonN
  devfreq,  ///< <device>/devfreq/<name>
  thermal,  ///< /sys/class/thermal/thermal_zoneN of the type that Table::thermal_zone names
  debug,    ///< /sys/kernel/debug, which is root's
};

/// Which of the numbers in a file. A file of one number has nothing else in it.
enum class Pick {
  only,
  lowest,           ///< of a list, parted by blanks: "100000000 200000000"
  highest,          ///< of such a list
  highest_percent,  ///< of those that a '%' follows, whatever stands around them: "Core0: 12%, "
};

/// A file of integers and the reading that is made of one. Of several rows with one metric, the
/// first whose file is there counts.
struct Sensor {
  const MetricRow* metric;
  Folder folder;
  std::string_view file;
  std::int64_t scale;  ///< base units in one unit of the file; a file of a ratio holds percent
  std::int64_t low;    ///< in base units, what is believed
  std::int64_t high;
  /// Files the number, in base units, under the metric.
  void (*put)(ReadingSet& out, const Reading<std::int64_t>& number);
  Pick pick = Pick::only;
};

/// What a file tells of a device's identity.
struct Fact {
  enum class Kind { identity, serial, model, firmware, driver_version, extra };
  Kind kind;
  Folder folder;
  std::string_view file;
  std::string_view key = {};  ///< of an extra: "board"
};

/// A file of one whole number that may be written. Of several rows with one setting, the first
/// whose file is there counts. What the driver takes and what it started with, it does not tell.
struct Knob {
  const SetpointRow* setpoint;  ///< a number; or a span, of which the file holds the highest
  Folder folder;
  std::string_view file;
  double scale;  ///< of the file's units in one of the setting's: 1000 for milliwatts
};

/// A class below /sys/class whose entries are devices of the vendor.
struct NodeClass {
  std::string_view name;
  /// A file of the entry that names its PCI address, for an entry that does not lie below its
  /// device; empty for <device>/<class>/<entry>.
  std::string_view address_file = {};
  /// Entries name no address and lie below no device: the one there is belongs to the only device
  /// of the vendor that there is, and where there are more, nobody knows.
  bool is_for_a_single_device = false;
  /// Entries lie below another device of the platform bus, which one of these drivers has: those of
  /// the display, for a GPU that has none. They belong to the vendor's only device on that bus.
  std::span<const std::string_view> drivers = {};
};

/// A device that is on no bus that can be enumerated, but in the machine's device tree.
struct PlatformDevice {
  std::string_view driver;  ///< bound to it, on the platform bus
  DeviceType type;
  std::string_view model;
  /// Its name on the platform bus, for one that a driver made by itself and that has none bound;
  /// empty for any device of the driver.
  std::string_view name = {};
};

/// A file that tells whether the device works at all.
struct Pulse {
  Folder folder = Folder::device;
  std::string_view file = {};  ///< empty: there is none
  /// What it says of a device that works; empty: anything but all bits set.
  std::string_view good = {};
};

struct Table {
  std::string_view vendor;  ///< as the registry names it
  std::string_view maker;   ///< as its devices name it; "AMD" of the vendor "AMD XDNA"
  DeviceType device_type;
  std::string_view framework;  ///< "tpu:" for "tpu:0"; "mps" for a word without number
  std::span<const std::uint16_t> pci_vendors = {};
  std::span<const std::string_view> pci_drivers = {};  ///< empty: whichever is bound
  /// Its programs use it through vfio, which for others means that a virtual machine has it.
  bool takes_vfio = false;
  std::span<const PlatformDevice> platform = {};
  std::span<const NodeClass> classes = {};
  /// Type of the thermal zone of the only device on the platform bus: "npu-thermal".
  std::string_view thermal_zone = {};
  std::span<const Fact> facts = {};
  std::span<const Sensor> sensors = {};
  std::span<const Knob> knobs = {};
  Pulse pulse = {};
  DrmVocabulary programs = {};  ///< of /proc/PID/fdinfo; no drivers: it does not tell programs
  /// A file of the device that is 0 while the driver counts no engine time; empty: it always does.
  std::string_view counting_switch = {};
  /// Why there are no readings but those of the table, and who has them, if anybody.
  std::string_view silence;
  std::string_view remedy = {};
};

/// The registry's row of a table that lives as long as the program.
[[nodiscard]] BackendEntry entry_of(const Table& table);

namespace detail {

struct Bounds {
  std::int64_t low = 0;
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

// What can be true of any accelerator, in base units.
template <class T>
inline constexpr Bounds kBelieved{};
template <>
inline constexpr Bounds kBelieved<Temperature>{-100'000, 200'000};
template <>
inline constexpr Bounds kBelieved<Power>{0, 100'000'000'000};  // 100 kW: more than a rack has
template <>
inline constexpr Bounds kBelieved<Frequency>{0, 100'000'000'000};
template <>
inline constexpr Bounds kBelieved<Voltage>{0, 1'000'000'000};  // 1 kV
template <>
inline constexpr Bounds kBelieved<Rpm>{0, 100'000};
template <>
inline constexpr Bounds kBelieved<Ratio>{0, 100};  // percent

template <class T>
T value_type(const Metric<T>& metric);

template <const auto& Which>
void put(ReadingSet& out, const Reading<std::int64_t>& number) {
  using T = decltype(value_type(Which));
  // The only fan is fan 0; errors that are not told block by block are those of the whole.
  const int instance = Which.row.instance_label == "fan" ? 0 : kOnly;
  if (!number) {
    out.set(Which, Reading<T>(number.absence(), number.source(), number.time()), instance);
  } else if constexpr (std::is_same_v<T, Ratio>) {
    out.set(Which,
            Reading<T>(percent(static_cast<double>(*number)), number.source(), number.time()),
            instance);
  } else {
    out.set(Which, Reading<T>(T{*number}, number.source(), number.time()), instance);
  }
}

}  // namespace detail

/// A row of Table::sensors: `sensor<metric::power>(Folder::hwmon, "power1_input", 1)`.
template <const auto& Which>
constexpr Sensor sensor(Folder folder, std::string_view file, std::int64_t scale,
                        Pick pick = Pick::only) {
  using T = decltype(detail::value_type(Which));
  constexpr detail::Bounds believed = detail::kBelieved<T>;
  return {&Which.row, folder, file, scale, believed.low, believed.high, &detail::put<Which>, pick};
}

// Units of the kernel's hwmon interface (Documentation/hwmon/sysfs-interface.rst), as scales.
inline constexpr std::int64_t kMicrowatts = 1;
inline constexpr std::int64_t kMillicelsius = 1;
inline constexpr std::int64_t kMillivolts = 1'000;
inline constexpr std::int64_t kRpm = 1;
// Units of drivers' own files.
inline constexpr std::int64_t kMilliwatts = 1'000;
inline constexpr std::int64_t kHertz = 1;
inline constexpr std::int64_t kMegahertz = 1'000'000;
inline constexpr std::int64_t kBytes = 1;
inline constexpr std::int64_t kTimes = 1;
inline constexpr std::int64_t kPercent = 1;

}  // namespace accel::sysfs
