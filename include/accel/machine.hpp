// The machine as an argument: where its files are, which vendor libraries it has, what time it is.
//
// Nothing below the command line knows an absolute path or a library name apart from this, so
// that every reader runs on a captured or simulated machine as it runs on this one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "accel/clock.hpp"
#include "accel/result.hpp"

namespace accel {

/// An accelerator that is reached over the network; somebody configured it.
struct RemoteSystem {
  std::string vendor;  ///< "Cerebras"
  std::string host;
  std::string name;
};

/// A vendor library that is not to be loaded, for example because it ended the program before.
struct RefusedLibrary {
  std::string soname;
  std::string reason;
  std::string remedy;
};

/// The files of a simulated machine are plain files: somebody has to do what drivers do behind
/// theirs. Both may be called from any thread.
struct SimulatedDrivers {
  /// Brings up to date what the files say of the device at a PCI address ("0000:03:00.0"), or of
  /// the host where it is empty. Takes as long as the device takes to answer, for ever if it hangs.
  std::function<void(std::string_view pci_address)> refresh = nullptr;
  /// What write(2) to the file would give: 0, or the number of an error.
  std::function<int(const std::filesystem::path& file, std::string_view text)> write = nullptr;
};

struct Machine {
  /// Where "/" of the machine is. Anything but "/" is a recording or a simulation: its device
  /// nodes are no devices, so nothing is opened as one.
  std::filesystem::path root = "/";
  /// Where vendor libraries are loaded from. Empty: this machine's own, by the loader's search,
  /// if root is "/"; none otherwise.
  std::filesystem::path library_dir = {};
  std::vector<RefusedLibrary> refused_libraries = {};
  /// Directories of vendor plug-ins, searched in order.
  std::vector<std::filesystem::path> plugin_dirs = {};
  /// What the configuration names; listed, and not asked.
  std::vector<RemoteSystem> remote_systems = {};
  std::shared_ptr<Clock> clock = real_clock();
  /// Name of the scenario when this is a simulation; empty on a real machine.
  std::string simulated = {};
  /// Read devices that runtime power management has suspended, which wakes them.
  bool wake = false;
  /// Where debug texts go; null: nowhere. Called from any thread.
  std::function<void(std::string_view)> debug = nullptr;
  /// Of a simulated machine; empty on any other.
  SimulatedDrivers simulated_drivers = {};

  [[nodiscard]] bool is_this_machine() const { return root == "/"; }
  /// The place of an absolute path of the machine, e.g. path("/sys/bus/pci/devices").
  [[nodiscard]] std::filesystem::path path(std::string_view absolute) const;
  /// What to give the dynamic loader for a vendor library; driver_not_found when this machine is a
  /// recording without libraries, system_error when the library is among the refused.
  [[nodiscard]] Result<std::string> library(std::string_view soname) const;
  void trace(std::string_view text) const {
    if (debug) debug(text);
  }
  /// To be called before the files of a device, or of the host, are read.
  void refresh(std::string_view pci_address = {}) const {
    if (simulated_drivers.refresh) simulated_drivers.refresh(pci_address);
  }
  /// Writes `text` to a file of a driver, in one piece, as the kernel wants it. Refused for a
  /// recording.
  [[nodiscard]] Result<void> write(const std::filesystem::path& file, std::string_view text) const;
};

}  // namespace accel
