// NVIDIA's error codes (XIDs) in the kernel's log.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "accel/pci_address.hpp"
#include "backends/nvidia/findings.hpp"
#include "core/kernel_log.hpp"

namespace accel::nvidia {

/// "NVRM: Xid (PCI:0000:01:00): 79, pid=1234, GPU has fallen off the bus."
struct XidLine {
  PciAddress address;  ///< the line names no function: 0
  std::uint64_t code = 0;
};
/// Nothing for a line that tells of no XID.
[[nodiscard]] std::optional<XidLine> parse_xid_line(std::string_view line);

/// One finding for each GPU and code, with how often it stands in the log.
[[nodiscard]] std::vector<Finding> xid_findings(std::span<const KernelMessage> log,
                                                std::span<const KnownGpu> gpus);

/// The same from this machine's log. None on a machine without GPUs, whose log is not read.
[[nodiscard]] std::vector<Finding> logged_xids(const Machine& machine,
                                               std::span<const KnownGpu> gpus);

}  // namespace accel::nvidia
