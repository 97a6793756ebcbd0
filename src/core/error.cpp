#include "accel/error.hpp"

#include <array>
#include <cassert>

#include "base/number.hpp"

namespace accel {
namespace {

// clang-format off
constexpr std::array kTraits{
    ErrorTraits{Errc::gpu_not_found, "GpuNotFound", "", Severity::high, false},
    ErrorTraits{Errc::backend_not_available, "BackendNotAvailable", "", Severity::high, false},
    ErrorTraits{Errc::operation_not_supported, "OperationNotSupported", "Operation not supported: ", Severity::medium, false},
    ErrorTraits{Errc::nvml_error, "NvmlError", "NVIDIA NVML error: ", Severity::medium, false},
    ErrorTraits{Errc::drm_error, "DrmError", "AMD DRM error: ", Severity::medium, false},
    ErrorTraits{Errc::system_error, "SystemError", "System error: ", Severity::medium, true},
    ErrorTraits{Errc::io_error, "IoError", "I/O error: ", Severity::medium, true},
    ErrorTraits{Errc::permission_denied, "PermissionDenied", "Permission denied: ", Severity::high, false},
    ErrorTraits{Errc::driver_not_found, "DriverNotFound", "Driver not found: ", Severity::high, false},
    ErrorTraits{Errc::invalid_config, "InvalidConfig", "Invalid configuration: ", Severity::medium, false},
    ErrorTraits{Errc::timeout, "Timeout", "", Severity::low, true},
    ErrorTraits{Errc::load_balancer_not_available, "LoadBalancerNotAvailable", "", Severity::medium, false},
    ErrorTraits{Errc::invalid_state, "InvalidState", "", Severity::medium, true},
    ErrorTraits{Errc::power_error, "PowerError", "Power management error: ", Severity::medium, false},
    ErrorTraits{Errc::thermal_error, "ThermalError", "Thermal management error: ", Severity::high, false},
    ErrorTraits{Errc::memory_error, "MemoryError", "Memory allocation error: ", Severity::high, false},
    ErrorTraits{Errc::pci_error, "PciError", "PCI device error: ", Severity::medium, false},
    ErrorTraits{Errc::config_parse_error, "ConfigParseError", "Configuration parsing error: ", Severity::medium, false},
    ErrorTraits{Errc::serialization_error, "SerializationError", "Serialization error: ", Severity::medium, false},
    ErrorTraits{Errc::invalid_argument, "InvalidArgument", "", Severity::medium, false},
    ErrorTraits{Errc::not_found, "NotFound", "", Severity::medium, false},
    ErrorTraits{Errc::malformed, "Malformed", "", Severity::medium, false},
    ErrorTraits{Errc::unavailable, "Unavailable", "", Severity::low, true},
    ErrorTraits{Errc::device_lost, "DeviceLost", "", Severity::high, false},
    ErrorTraits{Errc::device_asleep, "DeviceAsleep", "", Severity::low, true},
};
// clang-format on

constexpr bool in_enum_order() {
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    if (static_cast<std::size_t>(kTraits[i].code) != i) return false;
  }
  return true;
}
static_assert(in_enum_order(), "traits() indexes the table by the enum's value");

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::low: return "Low";
    case Severity::medium: return "Medium";
    case Severity::high: return "High";
  }
  return "";
}

const ErrorTraits& traits(Errc code) {
  const auto index = static_cast<std::size_t>(code);
  assert(index < kTraits.size());
  return kTraits[index];
}

std::string Error::text() const { return std::string(traits(code).prefix) + message; }

Error annotate(std::string_view context, Error error) {
  error.message = std::string(context) + ": " + error.message;
  return error;
}

Error gpu_not_found(long long index) {
  return {Errc::gpu_not_found, "GPU with index " + std::to_string(index) + " not found", "", {}};
}

Error backend_not_available(std::string_view vendor) {
  return {Errc::backend_not_available,
          "Backend for vendor " + std::string(vendor) + " is not available",
          "",
          {}};
}

Error timeout_after(std::int64_t nanoseconds) {
  return {Errc::timeout,
          "Operation timed out after " + base::number_text(static_cast<double>(nanoseconds) / 1e9) +
              "s",
          "",
          {}};
}

Error load_balancer_not_available() {
  return {Errc::load_balancer_not_available, "Load balancer is not available", "", {}};
}

Error invalid_state(long long index, std::string_view why) {
  return {Errc::invalid_state,
          "GPU " + std::to_string(index) + " is in invalid state: " + std::string(why),
          "",
          {}};
}

}  // namespace accel
