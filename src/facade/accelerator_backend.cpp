#include "accel/facade/accelerator_backend.hpp"

#include "facade/vendor_names.hpp"

namespace accel::facade {

std::optional<double> AcceleratorBackend::get_temperature(int /*index*/) { return std::nullopt; }

std::optional<MemoryUsage> AcceleratorBackend::get_memory_usage(int /*index*/) {
  return std::nullopt;
}

std::optional<Utilization> AcceleratorBackend::get_utilization(int /*index*/) {
  return std::nullopt;
}

std::optional<double> AcceleratorBackend::get_power_usage(int /*index*/) { return std::nullopt; }

std::vector<std::string> AcceleratorBackend::get_throttle_reasons(int /*index*/) { return {}; }

std::string AcceleratorBackend::get_framework_device_string(int device_id,
                                                            std::string_view /*framework*/) const {
  return framework_device(VENDOR_NAME, device_id);
}

SupportLevel AcceleratorBackend::support_level() const {
  if (!monitors()) return SupportLevel::listing;
  return has_stress_executor() ? SupportLevel::full : SupportLevel::monitoring;
}

}  // namespace accel::facade
