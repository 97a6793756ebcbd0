// Where the files of one device are: its folder, its entry in a class, its sensors.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_address.hpp"
#include "base/dir.hpp"
#include "core/sysfs/table.hpp"

namespace accel::sysfs {

class Folders {
 public:
  struct Where {
    std::filesystem::path device;
    std::optional<PciAddress> address;
    bool is_single = false;  ///< the vendor has no other on this bus
  };
  /// Looks at names, and opens files of the classes alone, which wakes no device.
  static Folders find(const Table& table, const Where& where, const Machine& machine);

  [[nodiscard]] const base::Dir& device() const { return device_; }
  /// One that the device does not have has a name that tells where it would be.
  [[nodiscard]] const base::Dir& at(Folder folder) const;
  /// "/dev/accel/accel0", as the machine names them.
  [[nodiscard]] const std::vector<std::string>& nodes() const { return nodes_; }

 private:
  Folders(const Table& table, const Where& where, const Machine& machine);

  base::Dir device_;
  base::Dir node_;
  base::Dir hwmon_;
  base::Dir devfreq_;
  base::Dir thermal_;
  base::Dir debug_;
  std::vector<std::string> nodes_;
};

/// The node that the text of a uevent file names: "/dev/accel/accel0" for "DEVNAME=accel/accel0";
/// empty where it names none.
[[nodiscard]] std::string node_of(std::string_view uevent);

}  // namespace accel::sysfs
