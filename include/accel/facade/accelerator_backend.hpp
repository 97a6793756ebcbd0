// One interface for the accelerators of every vendor, and the functions that find the vendors.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/backend.hpp"
#include "accel/facade/accelerator_info.hpp"

namespace accel::facade {

/// Bytes. What the device does not tell is empty.
struct MemoryUsage {
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> used;
  std::optional<std::int64_t> free;
};

/// 0 to 100. What the device does not tell is empty.
struct Utilization {
  std::optional<double> compute;
  std::optional<double> memory;  ///< activity of the memory controller, not how full memory is
};

/// A vendor. Its three listing functions are the least there is; who monitors says so.
class AcceleratorBackend {
 public:
  // The two constants keep the names that callers of this interface know.
  // NOLINTBEGIN(readability-identifier-naming): see above
  std::string VENDOR_NAME = "Unknown";
  std::string DEVICE_TYPE = "unknown";
  // NOLINTEND(readability-identifier-naming)

  virtual ~AcceleratorBackend() = default;

  [[nodiscard]] virtual bool is_available() { return get_device_count() > 0; }
  [[nodiscard]] virtual int get_device_count() = 0;
  [[nodiscard]] virtual std::vector<AcceleratorInfo> list_devices() = 0;

  // Empty when unavailable, or when there is no device of that index.
  [[nodiscard]] virtual std::optional<double> get_temperature(int index);  ///< degrees Celsius
  [[nodiscard]] virtual std::optional<MemoryUsage> get_memory_usage(int index);
  [[nodiscard]] virtual std::optional<Utilization> get_utilization(int index);
  [[nodiscard]] virtual std::optional<double> get_power_usage(int index);  ///< watts
  /// Normalised names of the limits that reduce performance now; empty if none.
  [[nodiscard]] virtual std::vector<std::string> get_throttle_reasons(int index);

  /// "cuda:1"; the same for every framework.
  [[nodiscard]] virtual std::string get_framework_device_string(
      int device_id, std::string_view framework = "pytorch") const;

  /// Frees the vendor's library; readings are empty afterwards. A second call does nothing.
  virtual void shutdown() noexcept {}

  /// Whether the four readings and the throttle reasons are implemented.
  [[nodiscard]] virtual bool monitors() const { return false; }
  [[nodiscard]] virtual bool has_stress_executor() const { return false; }
  [[nodiscard]] SupportLevel support_level() const;
};

/// A vendor that could be there. `make` may throw or give null: such a vendor is skipped.
struct RegisteredBackend {
  std::string vendor;
  std::function<std::unique_ptr<AcceleratorBackend>()> make;
};

/// In the order in which vendors are tried and listed: NVIDIA, AMD, Intel, Apple, Qualcomm, Google,
/// Groq, Cerebras, then the others.
class BackendRegistry {
 public:
  explicit BackendRegistry(std::vector<RegisteredBackend> backends,
                           std::function<void(std::string_view)> debug = {});
  /// The vendors of this build, on that machine.
  static BackendRegistry of(const Machine& machine);

  [[nodiscard]] const std::vector<RegisteredBackend>& backends() const { return backends_; }
  void trace(std::string_view text) const {
    if (debug_) debug_(text);
  }

 private:
  std::vector<RegisteredBackend> backends_;
  std::function<void(std::string_view)> debug_;
};

using BackendList = std::vector<std::unique_ptr<AcceleratorBackend>>;

/// Those that have at least one device. Every vendor is asked anew at each call.
[[nodiscard]] BackendList get_all_accelerator_backends(
    const BackendRegistry& registry = BackendRegistry::of({}));

/// The vendor of that name in any case, or the first one. std::runtime_error when there is none.
[[nodiscard]] std::unique_ptr<AcceleratorBackend> get_accelerator_backend(
    std::optional<std::string_view> vendor = std::nullopt,
    const BackendRegistry& registry = BackendRegistry::of({}));

/// std::runtime_error when there is none at all, std::out_of_range for an index beyond the last.
[[nodiscard]] std::unique_ptr<AcceleratorBackend> get_accelerator_backend_by_index(
    int index, const BackendRegistry& registry = BackendRegistry::of({}));

/// Vendors with devices, not devices.
[[nodiscard]] int get_backend_count(const BackendRegistry& registry = BackendRegistry::of({}));

[[nodiscard]] std::vector<std::string> list_available_vendors(
    const BackendRegistry& registry = BackendRegistry::of({}));

/// One vendor of the registry of this library, behind this interface.
[[nodiscard]] std::unique_ptr<AcceleratorBackend> make_accelerator_backend(
    const BackendEntry& entry, const Machine& machine);

}  // namespace accel::facade
