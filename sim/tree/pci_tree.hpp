// Places PCI functions in the tree: each below its bridge, with the files and links of the bus.
#pragma once

#include <cstdint>
#include <string>

#include "../model/node.hpp"
#include "writer.hpp"

namespace accel::sim {

struct PciAddress {
  std::uint32_t domain = 0;
  std::uint32_t bus = 0;
  std::uint32_t device = 0;
  std::uint32_t function = 0;

  [[nodiscard]] std::string text() const;
};

/// A generation that no link has: the files are there and say "Unknown" and 0, as those of a device
/// inside of the processor do.
inline constexpr std::uint32_t kUnknownLink = 0xFF;

struct PciFunction {
  PciAddress address;
  std::uint32_t id = 0;         ///< device << 16 | vendor
  std::uint32_t subsystem = 0;  ///< device << 16 | vendor
  std::uint32_t class_code = 0;
  std::uint32_t revision = 0;
  std::int32_t numa_node = -1;
  std::uint32_t generation = 0;  ///< Of the link; 0: no files of one.
  std::uint32_t width = 0;
  std::string driver;
  bool may_boot = true;  ///< A display that runs while the machine starts.
};

class PciTree {
 public:
  PciTree(TreeWriter& tree, const HostCounts& host) : tree_(tree), host_(host) {}

  /// Writes the function below `parent`, a path under sys/devices, and returns its path.
  std::string add(const std::string& parent, const PciFunction& f);
  /// The function's own root port, below the root complex of its bus.
  std::string root_port(const PciAddress& below, std::uint32_t bus, std::uint32_t device,
                        const PciFunction& like);
  /// A port of a switch on the mainboard.
  std::string switch_port(const std::string& parent, const PciAddress& at, const PciFunction& like);
  /// A port with that id; its link is that of `like`.
  std::string bridge(const std::string& parent, const PciAddress& at, std::uint32_t id,
                     const PciFunction& like);

 private:
  void write_endpoint(const std::string& dir, const PciFunction& f);

  TreeWriter& tree_;
  HostCounts host_;
  bool has_boot_display_ = false;
};

}  // namespace accel::sim
