// The device nodes of cards: entries of their classes, and the files in /dev.

#include <algorithm>

#include "cards.hpp"

namespace accel::sim {
namespace {

/// An entry of a class below the function, its node in /dev, and the numbers of that node.
struct Entry {
  std::string name;        ///< "card0"
  std::string class_name;  ///< "drm", also the folder below the function
  std::string node;        ///< "dri/card0"
  std::uint32_t major;
  std::uint32_t minor;
};

void write_entry(TreeWriter& tree, const std::string& device, const Entry& entry) {
  const std::string path = device + entry.class_name + '/' + entry.name;
  const std::string minor = std::to_string(entry.minor);
  const std::string major = std::to_string(entry.major);
  tree.file(path + "/dev", major + ':' + minor + '\n');
  tree.file(path + "/uevent",
            "MAJOR=" + major + "\nMINOR=" + minor + "\nDEVNAME=" + entry.node + '\n');
  tree.link(path + "/device", "../..");
  tree.link_to("sys/class/" + entry.class_name + '/' + entry.name, path);
  tree.file("dev/" + entry.node, "");
}

void write_drm(TreeWriter& tree, const std::string& device, std::uint32_t minor) {
  constexpr std::uint32_t kMajor = 226;  // Documentation/admin-guide/devices.txt
  const std::string card = "card" + std::to_string(minor);
  const std::string render = "renderD" + std::to_string(128 + minor);
  write_entry(tree, device, {card, "drm", "dri/" + card, kMajor, minor});
  write_entry(tree, device, {render, "drm", "dri/" + render, kMajor, 128 + minor});
}

/// drivers/gpu/drm/amd/amdxcp/amdgpu_xcp_drv.c
void write_partitions(TreeWriter& tree, const CardView& view) {
  const auto [first, count] = partition_devices(view);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = "amdgpu_xcp_" + std::to_string(first + i);
    const std::string device = "sys/devices/platform/" + name + '/';
    tree.file(device + "uevent", "MODALIAS=platform:" + name + '\n');
    tree.link_to("sys/bus/platform/devices/" + name, "sys/devices/platform/" + name);
    write_drm(tree, device, view.card.drm_minor + 1 + i);
  }
}

void write_accel(TreeWriter& tree, const std::string& device, std::uint32_t minor,
                 bool has_control) {
  constexpr std::uint32_t kMajor = 261;  // include/drm/drm_accel.h
  const std::string node = "accel" + std::to_string(minor);
  write_entry(tree, device, {node, "accel", "accel/" + node, kMajor, minor});
  if (!has_control) return;
  const std::string control = "accel_controlD" + std::to_string(minor);
  write_entry(tree, device, {control, "accel", "accel/" + control, kMajor, 64 + minor});
}

/// Documentation/driver-api/vfio.rst
void write_group(TreeWriter& tree, const CardView& view, const std::string& device) {
  const std::string group = std::to_string(view.card.class_minor);
  const std::string folder = "sys/kernel/iommu_groups/" + group;
  tree.link_to(folder + "/devices/" + pci_name(view.card),
               "sys/bus/pci/devices/" + pci_name(view.card));
  tree.link_to(device + "iommu_group", folder);
  tree.file("dev/vfio/" + group, "");
  tree.file("dev/vfio/vfio", "");
}

}  // namespace

PartitionDevices partition_devices(const CardView& view) {
  const auto has_parts = [&](const Card& card) {
    return product_of(view.node, card).has_partitions != 0;
  };
  std::uint32_t first = 0;
  for (const Card& card : cards_of(view.node)) {
    if (&card == &view.card) break;
    if (has_parts(card)) first = std::min(first + kMostPartitions - 1, kMostPartitionDevices);
  }
  if (!has_parts(view.card)) return {first, 0};
  return {first, std::min(kMostPartitions - 1, kMostPartitionDevices - first)};
}

void write_device_nodes(TreeWriter& tree, const CardView& view, const std::string& device) {
  const std::uint32_t number = view.card.class_minor;
  switch (view.product.driver) {
    case Driver::amdgpu:
      write_partitions(tree, view);
      return write_drm(tree, device, view.card.drm_minor);
    case Driver::i915:
    case Driver::xe: return write_drm(tree, device, view.card.drm_minor);
    case Driver::intel_vpu:
    case Driver::amdxdna: return write_accel(tree, device, number, false);
    case Driver::habanalabs: return write_accel(tree, device, number, true);
    case Driver::apex: {
      const std::string node = "apex_" + std::to_string(number);
      return write_entry(tree, device, {node, "apex", node, 120, number});
    }
    case Driver::vfio_pci: return write_group(tree, view, device);
  }
}

}  // namespace accel::sim
