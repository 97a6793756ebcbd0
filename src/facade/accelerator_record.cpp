// The flat record of an accelerator, from what discovery knows.
#include "accel/facade/accelerator_info.hpp"

namespace accel::facade {
namespace {

template <class T>
std::optional<std::string> text_of(const Reading<T>& reading) {
  if (!reading) return std::nullopt;
  return std::string(to_string(*reading));
}

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

AcceleratorInfo to_record(const accel::AcceleratorInfo& info) {
  constexpr std::int64_t kGibibyte = std::int64_t{1} << 30;
  AcceleratorInfo record;
  record.vendor = info.vendor;
  record.device_type = to_string(info.device_type);
  record.index = info.index;
  record.model = info.model.optional();
  record.compute_capability = info.compute_capability.optional();
  if (info.memory) {
    record.memory_bytes = info.memory->value;
    record.memory_gb = info.memory->value / kGibibyte;
  }
  record.bus_type = text_of(info.bus_type);
  record.pcie_gen = info.pcie_gen.optional();
  record.bandwidth_gbps = info.bandwidth_gbps.optional();
  record.driver_version = info.driver_version.optional();
  record.firmware_version = info.firmware_version.optional();
  if (!info.extra.empty()) record.extra_info = info.extra;
  record.uuid = unless_empty(info.uuid);
  if (info.global_index >= 0) record.global_index = info.global_index;
  if (info.pci_address) record.pci_address = info.pci_address->text();
  record.gpu_type = text_of(info.gpu_type);
  record.numa_node = info.numa_node.optional();
  record.serial = info.serial.optional();
  record.parent = unless_empty(info.parent);
  record.state = to_string(info.state);
  record.support_level = to_string(info.support_level);
  return record;
}

}  // namespace accel::facade
