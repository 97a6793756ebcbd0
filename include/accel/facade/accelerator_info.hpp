// An accelerator as one flat record that every vendor fills alike, and its JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/result.hpp"

namespace accel::facade {

/// What is not known is empty, and null in JSON.
struct AcceleratorInfo {
  std::string vendor;       ///< "NVIDIA"
  std::string device_type;  ///< gpu, npu, tpu, lpu, wse, dsp, fpga, vpu, hpu, other
  int index = 0;            ///< within its vendor
  std::optional<std::string> model;

  std::optional<std::string> compute_capability;
  std::optional<std::int64_t> memory_gb;  ///< whole GiB, cut off
  std::optional<std::int64_t> memory_bytes;
  std::optional<std::string> bus_type;  ///< pcie, sxm, nvlink, infinity_fabric, soc, usb, network
  std::optional<std::int64_t> pcie_gen;
  std::optional<double> bandwidth_gbps;  ///< 10^9 bytes/s, both directions
  std::optional<std::string> driver_version;
  std::optional<std::string> firmware_version;
  std::optional<std::vector<std::pair<std::string, ExtraValue>>> extra_info;

  std::optional<std::string> uuid;
  std::optional<int> global_index;
  std::optional<std::string> pci_address;
  std::optional<std::string> gpu_type;  ///< integrated, discrete, external
  std::optional<std::int64_t> numa_node;
  std::optional<std::string> serial;
  std::optional<std::string> parent;
  std::optional<std::string> state;  ///< ok, asleep, no_permission, no_driver, hung, lost, error
  std::optional<std::string> support_level;  ///< listing, monitoring, full

  friend bool operator==(const AcceleratorInfo&, const AcceleratorInfo&) = default;
};

[[nodiscard]] AcceleratorInfo to_record(const accel::AcceleratorInfo& info);

[[nodiscard]] std::string to_json(const AcceleratorInfo& record);
/// Keys that it does not know are passed over. serialization_error, naming the key, for a missing
/// or wrong one: vendor, device_type and index must be there.
[[nodiscard]] Result<AcceleratorInfo> accelerator_info_from_json(std::string_view json);

}  // namespace accel::facade
