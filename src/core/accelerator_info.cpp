#include "accel/accelerator_info.hpp"

#include <array>

namespace accel {
namespace {

template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view to_string(DeviceType type) {
  return name_of<DeviceType, 10>(
      {"gpu", "npu", "tpu", "lpu", "wse", "dsp", "fpga", "vpu", "hpu", "other"}, type);
}

std::string_view to_string(BusType type) {
  return name_of<BusType, 7>({"pcie", "sxm", "nvlink", "infinity_fabric", "soc", "usb", "network"},
                             type);
}

std::string_view to_string(GpuType type) {
  return name_of<GpuType, 3>({"integrated", "discrete", "external"}, type);
}

std::string_view to_string(DeviceState state) {
  return name_of<DeviceState, 7>(
      {"ok", "asleep", "no_permission", "no_driver", "hung", "lost", "error"}, state);
}

std::string_view to_string(SupportLevel level) {
  return name_of<SupportLevel, 3>({"listing", "monitoring", "full"}, level);
}

std::string_view to_string(Verification verification) {
  return name_of<Verification, 4>({"hardware", "recorded", "simulated", "documented"},
                                  verification);
}

}  // namespace accel
