#include "render/device_title.hpp"

#include "render/accelerator_document.hpp"

namespace accel::render {

std::string device_selector(const AcceleratorInfo& info) {
  std::string number = std::to_string(info.global_index);
  if (info.partition >= 0) number.append(".").append(std::to_string(info.partition));
  return number;
}

std::string device_number(const AcceleratorInfo& info) { return "[" + device_selector(info) + "]"; }

std::string model_text(const AcceleratorInfo& info) {
  if (info.model) return *info.model;
  if (!info.pci_ids) return "unknown model";
  return "device " + hex_text(info.pci_ids->vendor, 4) + ":" + hex_text(info.pci_ids->device, 4);
}

}  // namespace accel::render
