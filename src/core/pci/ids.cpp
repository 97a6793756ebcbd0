#include "core/pci/ids.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace accel::pci {
namespace {

constexpr std::uint32_t kDisplayClass = 0x03;      // VGA, 3D and other display controllers
constexpr std::uint32_t kAcceleratorClass = 0x12;  // processing accelerators
constexpr std::uint32_t kAnySubsystem = 0x10000;

/// A vendor and what its processing accelerators (class 0x12) are. Vendor ids: pci-ids.ucw.cz.
struct VendorRow {
  std::uint16_t id;
  std::string_view name;
  DeviceType accelerator_type;
};

// clang-format off
constexpr std::array kVendors{
    VendorRow{0x1002, "AMD", DeviceType::gpu},          VendorRow{0x1022, "AMD", DeviceType::npu},
    VendorRow{0x102b, "Matrox", DeviceType::other},     VendorRow{0x106b, "Apple", DeviceType::npu},
    VendorRow{0x10de, "NVIDIA", DeviceType::gpu},       VendorRow{0x10ee, "Xilinx", DeviceType::fpga},
    VendorRow{0x1234, "QEMU", DeviceType::other},       VendorRow{0x15ad, "VMware", DeviceType::other},
    VendorRow{0x17cb, "Qualcomm", DeviceType::npu},     VendorRow{0x19e5, "Huawei", DeviceType::npu},
    VendorRow{0x1a03, "ASPEED", DeviceType::other},     VendorRow{0x1ac1, "Google", DeviceType::tpu},
    VendorRow{0x1ae0, "Google", DeviceType::tpu},       VendorRow{0x1af4, "Red Hat", DeviceType::other},
    VendorRow{0x1b36, "Red Hat", DeviceType::other},    VendorRow{0x1d0f, "AWS", DeviceType::npu},
    VendorRow{0x1d22, "Baidu", DeviceType::npu},        VendorRow{0x1d26, "Kalray", DeviceType::other},
    VendorRow{0x1d82, "NETINT", DeviceType::vpu},       VendorRow{0x1d95, "Graphcore", DeviceType::other},
    VendorRow{0x1da3, "Habana", DeviceType::hpu},       VendorRow{0x1de0, "Groq", DeviceType::lpu},
    VendorRow{0x1ded, "Alibaba", DeviceType::other},    VendorRow{0x1e0d, "SambaNova", DeviceType::other},
    VendorRow{0x1e30, "Sophgo", DeviceType::npu},       VendorRow{0x1e36, "Enflame", DeviceType::npu},
    VendorRow{0x1e38, "Blaize", DeviceType::other},     VendorRow{0x1e52, "Tenstorrent", DeviceType::npu},
    VendorRow{0x1e60, "Hailo", DeviceType::npu},        VendorRow{0x1e67, "Untether", DeviceType::other},
    VendorRow{0x1ec6, "Vastai", DeviceType::npu},       VendorRow{0x1ed2, "FuriosaAI", DeviceType::npu},
    VendorRow{0x1ed5, "Moore Threads", DeviceType::gpu},VendorRow{0x1eff, "Rebellions", DeviceType::npu},
    VendorRow{0x1f1c, "Sophgo", DeviceType::npu},       VendorRow{0x1f4b, "Axera", DeviceType::npu},
    VendorRow{0x1f82, "d-Matrix", DeviceType::other},   VendorRow{0x1fe9, "MemryX", DeviceType::npu},
    VendorRow{0x1ff4, "DEEPX", DeviceType::npu},        VendorRow{0x209f, "Mobilint", DeviceType::npu},
    VendorRow{0x8086, "Intel", DeviceType::other},      VendorRow{0x9999, "MetaX", DeviceType::gpu},
    VendorRow{0xcdfa, "NextSilicon", DeviceType::other},
};

/// A device that its class does not betray, or whose type or model the class does not tell.
struct DeviceRow {
  std::uint16_t vendor;
  std::uint16_t device;
  std::uint32_t subsystem;  ///< subsystem device id, or kAnySubsystem
  DeviceType type;
  std::string_view model;
};

// Sources: the id tables of the named kernel drivers, and vendors' documents where there is none.
constexpr std::array kDevices{
    // amdxdna (drivers/accel/amdxdna), class 1180
    DeviceRow{0x1022, 0x1502, kAnySubsystem, DeviceType::npu, "XDNA NPU"},
    DeviceRow{0x1022, 0x17f0, kAnySubsystem, DeviceType::npu, "XDNA 2 NPU"},
    DeviceRow{0x1022, 0x17f2, kAnySubsystem, DeviceType::npu, "XDNA NPU"},
    DeviceRow{0x1022, 0x17f3, kAnySubsystem, DeviceType::npu, "XDNA NPU"},
    DeviceRow{0x1022, 0x1b0b, kAnySubsystem, DeviceType::npu, "XDNA NPU"},
    DeviceRow{0x1022, 0x1b0c, kAnySubsystem, DeviceType::npu, "XDNA NPU"},
    // ivpu (drivers/accel/ivpu)
    DeviceRow{0x8086, 0x7d1d, kAnySubsystem, DeviceType::npu, "NPU (Meteor Lake)"},
    DeviceRow{0x8086, 0xad1d, kAnySubsystem, DeviceType::npu, "NPU (Arrow Lake)"},
    DeviceRow{0x8086, 0x643e, kAnySubsystem, DeviceType::npu, "NPU (Lunar Lake)"},
    DeviceRow{0x8086, 0xb03e, kAnySubsystem, DeviceType::npu, "NPU (Panther Lake)"},
    DeviceRow{0x8086, 0xfd3e, kAnySubsystem, DeviceType::npu, "NPU"},
    DeviceRow{0x8086, 0xd71d, kAnySubsystem, DeviceType::npu, "NPU"},
    // habanalabs (drivers/accel/habanalabs)
    DeviceRow{0x1da3, 0x0001, kAnySubsystem, DeviceType::hpu, "Goya"},
    DeviceRow{0x1da3, 0x0030, kAnySubsystem, DeviceType::hpu, "Greco"},
    DeviceRow{0x1da3, 0x1000, kAnySubsystem, DeviceType::hpu, "Gaudi"},
    DeviceRow{0x1da3, 0x1010, kAnySubsystem, DeviceType::hpu, "Gaudi"},
    DeviceRow{0x1da3, 0x1020, kAnySubsystem, DeviceType::hpu, "Gaudi 2"},
    DeviceRow{0x1da3, 0x1060, kAnySubsystem, DeviceType::hpu, "Gaudi 3"},
    DeviceRow{0x1da3, 0x1063, kAnySubsystem, DeviceType::hpu, "Gaudi 3"},
    // qaic (drivers/accel/qaic)
    DeviceRow{0x17cb, 0xa080, kAnySubsystem, DeviceType::npu, "Cloud AI 080"},
    DeviceRow{0x17cb, 0xa100, kAnySubsystem, DeviceType::npu, "Cloud AI 100"},
    DeviceRow{0x17cb, 0xa110, kAnySubsystem, DeviceType::npu, "Cloud AI 200"},
    // Google's tpu-info and libtpu
    DeviceRow{0x1ae0, 0x0027, 0x004e, DeviceType::tpu, "TPU v2"},
    DeviceRow{0x1ae0, 0x0027, 0x004f, DeviceType::tpu, "TPU v3"},
    DeviceRow{0x1ae0, 0x005e, kAnySubsystem, DeviceType::tpu, "TPU v4"},
    DeviceRow{0x1ae0, 0x0062, kAnySubsystem, DeviceType::tpu, "TPU v5p"},
    DeviceRow{0x1ae0, 0x0063, kAnySubsystem, DeviceType::tpu, "TPU v5e"},
    DeviceRow{0x1ae0, 0x006f, kAnySubsystem, DeviceType::tpu, "TPU v6e"},
    DeviceRow{0x1ae0, 0x0076, kAnySubsystem, DeviceType::tpu, "TPU7x"},
    // apex (Coral), class 0880
    DeviceRow{0x1ac1, 0x089a, kAnySubsystem, DeviceType::tpu, "Coral Edge TPU"},
    DeviceRow{0x1de0, 0x0000, kAnySubsystem, DeviceType::lpu, "GroqCard"},
    // tt-kmd
    DeviceRow{0x1e52, 0xfaca, kAnySubsystem, DeviceType::npu, "Grayskull"},
    DeviceRow{0x1e52, 0x401e, kAnySubsystem, DeviceType::npu, "Wormhole"},
    DeviceRow{0x1e52, 0xb140, kAnySubsystem, DeviceType::npu, "Blackhole"},
    // Hailo, class 0b40
    DeviceRow{0x1e60, 0x2864, kAnySubsystem, DeviceType::npu, "Hailo-8"},
    DeviceRow{0x1e60, 0x45c4, kAnySubsystem, DeviceType::npu, "Hailo-10H"},
    DeviceRow{0x1ed2, 0x0000, kAnySubsystem, DeviceType::npu, "Warboy"},
    DeviceRow{0x1ed2, 0x0001, kAnySubsystem, DeviceType::npu, "RNGD"},
    DeviceRow{0x1ed2, 0x2222, kAnySubsystem, DeviceType::npu, "RNGD-S"},
    DeviceRow{0x1eff, 0x1020, kAnySubsystem, DeviceType::npu, "ATOM"},
    DeviceRow{0x1eff, 0x1110, kAnySubsystem, DeviceType::npu, "ATOM"},
    DeviceRow{0x1eff, 0x1120, kAnySubsystem, DeviceType::npu, "ATOM"},
    DeviceRow{0x1eff, 0x1210, kAnySubsystem, DeviceType::npu, "ATOM"},
    DeviceRow{0x1eff, 0x1220, kAnySubsystem, DeviceType::npu, "ATOM"},
    DeviceRow{0x1eff, 0x1250, kAnySubsystem, DeviceType::npu, "ATOM"},
    DeviceRow{0x1d0f, 0x7064, kAnySubsystem, DeviceType::npu, "Neuron device"},
    DeviceRow{0x1d0f, 0x7164, kAnySubsystem, DeviceType::npu, "Neuron device"},
    DeviceRow{0x1d0f, 0x7264, kAnySubsystem, DeviceType::npu, "Neuron device"},
    DeviceRow{0x1d0f, 0x7364, kAnySubsystem, DeviceType::npu, "Neuron device"},
};
// clang-format on

const VendorRow* vendor_row(std::uint16_t vendor) {
  const auto* const found = std::ranges::find(kVendors, vendor, &VendorRow::id);
  return found == kVendors.end() ? nullptr : found;
}

const DeviceRow* device_row(const PciIds& ids) {
  const auto* const found = std::ranges::find_if(kDevices, [&](const DeviceRow& row) {
    return row.vendor == ids.vendor && row.device == ids.device &&
           (row.subsystem == kAnySubsystem || row.subsystem == ids.subsystem_device);
  });
  return found == kDevices.end() ? nullptr : found;
}

}  // namespace

std::string vendor_name(std::uint16_t vendor) {
  if (const VendorRow* row = vendor_row(vendor)) return std::string(row->name);
  std::array<char, 16> text{};
  const int size = std::snprintf(text.data(), text.size(), "PCI %04x", vendor);
  return {text.data(), static_cast<std::size_t>(size)};
}

Classification classify(const PciIds& ids) {
  Classification result{false, vendor_name(ids.vendor), DeviceType::other, {}};
  if (const DeviceRow* row = device_row(ids)) {
    result.is_accelerator = true;
    result.type = row->type;
    result.model = row->model;
    return result;
  }
  const std::uint32_t base_class = ids.class_code >> 16;
  if (base_class == kDisplayClass) {
    result.is_accelerator = true;
    result.type = DeviceType::gpu;
  } else if (base_class == kAcceleratorClass) {
    const VendorRow* row = vendor_row(ids.vendor);
    result.is_accelerator = true;
    result.type = row != nullptr ? row->accelerator_type : DeviceType::other;
  }
  return result;
}

}  // namespace accel::pci
