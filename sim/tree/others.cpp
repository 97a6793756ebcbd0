// The files of the drivers that tell little: habanalabs (Documentation/ABI/testing/
// sysfs-driver-habanalabs), Google's apex (gasket-driver), amdxdna (drivers/accel/amdxdna).

#include <algorithm>
#include <array>

#include "cards.hpp"

namespace accel::sim {
namespace {

// clang-format off
constexpr std::array kHabanaFiles{
    NumberFile{"clk_cur_freq_mhz", [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    NumberFile{"clk_max_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.max}; }},
    NumberFile{"max_power", [](const CardView& v) { return std::int64_t{v.gpu.settings.power_limit_mw}; }},
};
// clang-format on

std::string line(std::string_view text) { return std::string(text) + '\n'; }

std::string address_line(const CardView& view) { return pci_name(view.card) + '\n'; }

}  // namespace

void habanalabs_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  tree.file(device + "device_type", "GAUDI2\n");
  tree.file(device + "pci_addr", address_line(view));
  tree.file(device + "cpucp_ver", line(view.product.firmware.view()));
  tree.file(device + "fw_os_ver", line(view.product.firmware.view()));
  tree.file(device + "preboot_btl_ver", line(view.product.firmware.view()));
  tree.file(device + "module_id", std::to_string(view.gpu.module_id - 1) + '\n');
  tree.file(device + "hard_reset_cnt", "0\n");
  tree.file(device + "security_enabled", "1\n");
}

void habanalabs_live(const CardView& view, FileSink& sink) {
  sink.put("status", "Operational\n");
  for (const NumberFile& file : kHabanaFiles) sink.put(std::string(file.name), file.value(view));
}

void apex_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  const std::string node = device + "apex/apex_" + std::to_string(view.card.class_minor) + '/';
  // Where the chip halves its clock, halves it again, and quarters it (coral.ai, PCIe parameters).
  const std::int32_t first = view.board.thermal.gpu_max;
  for (int i = 0; i < 3; ++i) {
    tree.file(node + "trip_point" + std::to_string(i) + "_temp",
              std::to_string((first + 5 * i) * 1000) + '\n');
  }
  for (int i = 1; i <= 2; ++i) {
    tree.file(node + "hw_temp_warn" + std::to_string(i),
              std::to_string(view.board.thermal.shutdown * 1000) + '\n');
  }
  tree.file(node + "status", "ALIVE\n");
}

void apex_live(const CardView& view, FileSink& sink) {
  // Of ten bits of temperature: steps of about a quarter of a degree.
  sink.put("apex/apex_" + std::to_string(view.card.class_minor) + "/temp",
           whole(view.gpu.temperature * 4) * 250);
}

void amdxdna_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  tree.file(device + "vbnv", line(view.product.kind.view()));
  tree.file(device + "fw_version", line(view.product.firmware.view()));
  tree.file(device + "device_type", "0\n");
}

}  // namespace accel::sim
