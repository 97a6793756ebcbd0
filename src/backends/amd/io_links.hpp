// xGMI links of a GPU, from the links between nodes that the compute side of the driver lists.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "accel/device_link.hpp"
#include "accel/result.hpp"
#include "backends/amd/kfd.hpp"

namespace accel::amd {

/// What a file io_links/N/properties says.
struct IoLink {
  std::uint64_t type = 0;
  std::uint64_t to = 0;  ///< number of the node at the other end
  std::uint64_t weight = 0;
  std::uint64_t least_bandwidth = 0;  ///< of one link; 0: not told
  std::uint64_t most_bandwidth = 0;   ///< of all that lead there

  [[nodiscard]] bool is_xgmi() const;
  /// How many links one after the other lead there.
  [[nodiscard]] int hops() const;
  /// How many links side by side lead there; nothing where the driver does not tell.
  [[nodiscard]] std::optional<std::int64_t> width() const;
};

/// Nothing where type or node is missing.
[[nodiscard]] std::optional<IoLink> parse_io_link(std::string_view properties);

/// Those of the GPU at `address`, one entry for each GPU that it reaches; `all` are the GPUs of the
/// machine and their partitions. KFD does not tell whether a link is up: one that is not is not
/// listed. operation_not_supported where KFD does not have the GPU.
[[nodiscard]] Result<std::vector<DeviceLink>> xgmi_links(const PciAddress& address,
                                                         std::span<const KfdNode> all,
                                                         SteadyTime now);

}  // namespace accel::amd
