// The files of one vendor's driver, a pair of functions each: what never changes, and what does.
#pragma once

#include <string>

#include "card_view.hpp"
#include "writer.hpp"

namespace accel::sim {

/// Everything that hangs on cards in the tree: device nodes, files of the drivers, of KFD, modules.
void write_cards(TreeWriter& tree, const Node& node);

/// "0000:03:00.0" of a card's function.
std::string pci_name(const Card& card);

/// The files of the card that change. `sink` is given all of them each time.
void live_files(const CardView& view, FileSink& sink);

// `device` is the card's folder in the tree, with a slash at its end.
void amdgpu_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void amdgpu_live(const CardView& view, FileSink& sink);
void i915_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void i915_live(const CardView& view, FileSink& sink);
void xe_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void xe_live(const CardView& view, FileSink& sink);
void intel_vpu_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void intel_vpu_live(const CardView& view, FileSink& sink);
void amdxdna_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void habanalabs_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void habanalabs_live(const CardView& view, FileSink& sink);
void apex_constants(TreeWriter& tree, const CardView& view, const std::string& device);
void apex_live(const CardView& view, FileSink& sink);

/// drm/cardN, accel/accelN, apex/apex_N or the vfio group, and what leads there.
void write_device_nodes(TreeWriter& tree, const CardView& view, const std::string& device);

/// The platform devices that stand for a GPU's partitions from the second on: the number of the
/// first of them, and how many there are.
struct PartitionDevices {
  std::uint32_t first;
  std::uint32_t count;
};
PartitionDevices partition_devices(const CardView& view);

/// The topology of AMD's compute driver.
void write_kfd(TreeWriter& tree, const Node& node);
/// Makes the topology anew, after a GPU was divided in another way.
void rewrite_kfd(const Node& node, const std::string& root);
/// The number by which KFD knows a GPU or a partition of it.
std::uint32_t kfd_gpu_id(const Card& card, std::uint32_t partition);

/// The table gpu_metrics of the product's revision.
std::string gpu_metrics(const CardView& view);

}  // namespace accel::sim
