// What the compute side of the driver tells of its GPUs: /sys/class/kfd. It wakes nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_address.hpp"
#include "accel/units.hpp"

namespace accel::amd {

/// A node of the topology: a GPU, or one partition of it.
struct KfdNode {
  std::string source;        ///< its file `properties`
  std::uint64_t gpu_id = 0;  ///< names it in /sys/class/kfd/kfd/proc
  PciAddress address;
  int partition = 0;  ///< number among the partitions of its GPU
  std::optional<int> render_minor;
  std::int64_t simd_count = 0;
  std::int64_t simd_per_cu = 0;
  std::uint64_t gfx_version = 0;  ///< 110003: version, minor, step, two digits each
  std::uint64_t hive_id = 0;
  std::uint64_t unique_id = 0;
  std::optional<Bytes> memory;              ///< of its banks of device memory
  std::optional<std::int64_t> memory_bits;  ///< width of its bus

  [[nodiscard]] std::optional<std::int64_t> compute_units() const;
  /// "gfx1103", "gfx90a"; empty where the driver names none.
  [[nodiscard]] std::string gfx_target() const;
};

/// All GPUs and partitions, in the order of their addresses and numbers.
[[nodiscard]] std::vector<KfdNode> kfd_nodes(const Machine& machine);

/// Lines "name value"; a value that is no number is left out.
struct KfdProperties {
  std::vector<std::pair<std::string, std::uint64_t>> values;
  [[nodiscard]] std::optional<std::uint64_t> value(std::string_view name) const;
};
[[nodiscard]] KfdProperties parse_kfd_properties(std::string_view text);

}  // namespace accel::amd
