// NVIDIA GPUs as dictionaries: the NVML facade.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/facade/nvml_control.hpp"
#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "accel/result.hpp"

namespace accel::facade {

/// One entry of list_devices(). A field that could not be read is empty.
struct NvmlDevice {
  std::string id;  ///< "GPU0": counts NVIDIA devices, unlike the global index
  int index = 0;
  std::optional<std::string> name;
  std::optional<std::string> serial;
};

/// The keys of get_state(), each empty on its own failure. Fractions are cut off.
struct NvmlState {
  std::optional<std::int64_t> power_mw;
  std::optional<std::int64_t> power_limit_mw;
  std::optional<std::int64_t> temp_c;
  std::optional<std::int64_t> sm_clock_mhz;
  std::optional<std::int64_t> mem_clock_mhz;
  std::optional<std::int64_t> fan_percent;  ///< of the first fan
  std::optional<bool> ecc_enabled;          ///< now; a change waits for a reset

  friend bool operator==(const NvmlState&, const NvmlState&) = default;
};

struct NvmlStateEx : NvmlState {
  std::optional<bool> ecc_pending;  ///< after the next reset
  std::optional<bool> reboot_required;
  std::vector<std::optional<std::int64_t>> fans;  ///< percent of each
  /// Why a key is empty, by the key: "fan_percent" → unsupported.
  std::map<std::string, Absence> missing;
};

/// Never throws. Thread-safe. Each call into a device has a deadline: two seconds for its state,
/// five for a change. A device that is suspended is not woken, unless the machine says so: it has
/// no state and takes no setting. What the facade says goes to Machine::debug.
class NVMLBackend {
 public:
  /// Loads and initialises the library.
  explicit NVMLBackend(Machine machine = {}) noexcept;
  /// Shuts the library down if it was initialised.
  ~NVMLBackend();
  NVMLBackend(const NVMLBackend&) = delete;
  NVMLBackend& operator=(const NVMLBackend&) = delete;

  /// Whether the library could be loaded and initialised.
  [[nodiscard]] bool nvml_available() const noexcept { return initialized(); }
  [[nodiscard]] bool initialized() const noexcept;

  /// Empty when not initialised or when the devices cannot be counted.
  [[nodiscard]] std::vector<NvmlDevice> list_devices() const noexcept;

  /// `id`: "GPU<n>", "GPU<n>.<k>", a PCI address, a UUID or at least 8 characters of its beginning.
  /// Empty when not initialised, for a bad id, or when the device gives no handle.
  [[nodiscard]] std::optional<NvmlState> get_state(std::string_view id) const noexcept;
  /// The same and more; an error says why there is nothing.
  [[nodiscard]] Result<NvmlStateEx> get_state_ex(std::string_view id) const noexcept;

  /// Sets a parameter of `accel help set`: "power_limit_w", "sm_clock_mhz", ... A dry run makes the
  /// same checks, in the same order, and writes nothing. A real one is a change by this process, at
  /// once and needing root: written, read back, and undone where a write of it fails. For what the
  /// device keeps over a reboot (ecc_enabled), `dry_run = false` is the consent.
  SetpointResult apply_setpoint(std::string_view device, std::string_view parameter,
                                const NvmlValue& value, bool dry_run = true) noexcept;
  /// Clocks, clock offsets, power limit, fans and temperature target to the driver's defaults, an
  /// item each; with `persistent` error correction as well. An item that fails leaves the others.
  ResetResult reset_to_defaults(std::string_view device, bool dry_run = true,
                                bool persistent = false) noexcept;

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace accel::facade
