#include "tables/vendor_trees.hpp"

#include "support/pci_tree.hpp"

namespace accel::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAddress = "0000:41:00.0";
const fs::path kPci = "sys/devices/pci0000:00/0000:00:01.0/0000:41:00.0";

fs::path add_pci(FakeTree& tree, const std::string& runtime_status, FakeFunction function) {
  function.class_code = "0x120000";
  function.runtime_status = runtime_status;
  return add_card(tree, kAddress, std::move(function));
}

/// A device of the platform bus, with its driver or without.
fs::path add_platform(FakeTree& tree, const std::string& name, const std::string& driver,
                      const std::string& runtime_status) {
  const fs::path folder = fs::path("sys/devices/platform") / name;
  tree.directory(folder).link("sys/bus/platform/devices/" + name,
                              fs::path("../../../devices/platform") / name);
  if (!runtime_status.empty()) tree.file(folder / "power/runtime_status", runtime_status + "\n");
  if (driver.empty()) return folder;
  const fs::path bound = fs::path("sys/bus/platform/drivers") / driver;
  tree.link(bound / name, fs::path("../../../../devices/platform") / name)
      .link(bound / "module", "../../../../module/" + driver)
      .file(bound / "uevent", "")
      .link(folder / "driver", fs::path("../../../bus/platform/drivers") / driver);
  return folder;
}

/// An entry of a class below its device, with its node.
void add_node(FakeTree& tree, const fs::path& entry, const std::string& node) {
  tree.file(entry / "uevent", "MAJOR=261\nMINOR=0\nDEVNAME=" + node + "\n");
}

/// Of a GPU's devfreq (Documentation/ABI/testing/sysfs-class-devfreq).
std::vector<DriverFile> devfreq_files(const fs::path& devfreq) {
  const std::string frequencies = "180000000 300000000 550000000 \n";
  return {
      {devfreq / "cur_freq", "300000000\n", &metric::clock_graphics.row, 300'000'000},
      {devfreq / "min_freq", "180000000\n", &metric::clock_graphics_locked_min.row, 180'000'000},
      {devfreq / "max_freq", "450000000\n", &metric::clock_graphics_locked_max.row, 450'000'000},
      {devfreq / "available_frequencies", frequencies, &metric::clock_graphics_min.row, 180'000'000,
       -1, true},
      {devfreq / "available_frequencies", frequencies, &metric::clock_graphics_max.row, 550'000'000,
       -1, true}};
}

VendorTree apple() {
  return {"Apple",
          "Apple",
          "SOC-406400000.gpu",
          "gpu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_platform(tree, "406400000.gpu", "asahi", status);
            add_node(tree, folder / "drm/renderD128", "dri/renderD128");
            return folder;
          },
          {}};
}

VendorTree cloud_ai() {
  return {"Qualcomm",
          "Qualcomm",
          "PCI-0000:41:00.0",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder =
                add_pci(tree, status, {.vendor = "0x17cb", .device = "0xa100", .driver = "qaic"});
            add_node(tree, folder / "accel/accel0", "accel/accel0");
            return folder;
          },
          {{kPci / "ce_count", "3\n", &metric::ras_corrected.row, 3},
           {kPci / "ue_nonfatal_count", "2\n", &metric::ras_uncorrected.row, 2},
           {kPci / "ue_count", "1\n", &metric::ras_fatal.row, 1}}};
}

VendorTree adreno() {
  return {"Qualcomm",
          "Qualcomm",
          "SOC-3d00000.gpu",
          "gpu",
          [](FakeTree& tree, const std::string& status) {
            return add_platform(tree, "3d00000.gpu", "adreno", status);
          },
          devfreq_files("sys/devices/platform/3d00000.gpu/devfreq/3d00000.gpu")};
}

VendorTree kgsl() {
  const fs::path node = "sys/devices/platform/5000000.qcom,kgsl-3d0/kgsl/kgsl-3d0";
  return {
      "Qualcomm",
      "Qualcomm",
      "SOC-5000000.qcom,kgsl-3d0",
      "gpu",
      [](FakeTree& tree, const std::string& status) {
        const auto folder = add_platform(tree, "5000000.qcom,kgsl-3d0", "kgsl-3d", status);
        add_node(tree, folder / "kgsl/kgsl-3d0", "kgsl-3d0");
        return folder;
      },
      {{node / "gpu_busy_percentage", "37 %\n", &metric::utilization.row, 0.37},
       {node / "gpuclk", "427000000\n", &metric::clock_graphics.row, 427'000'000},
       {node / "max_gpuclk", "710000000\n", &metric::clock_graphics_locked_max.row, 710'000'000},
       {node / "temp", "48300\n", &metric::temperature.row, 48'300}}};
}

VendorTree tpu() {
  return {"Google",
          "Google",
          "PCI-0000:41:00.0",
          "tpu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_pci(
                tree, status, {.vendor = "0x1ae0", .device = "0x0063", .driver = "vfio-pci"});
            tree.link(folder / "iommu_group", "../../../../kernel/iommu_groups/7");
            return folder;
          },
          {}};
}

VendorTree coral() {
  const fs::path node = kPci / "apex/apex_0";
  return {
      "Google",
      "Google",
      "PCI-0000:41:00.0",
      "tpu",
      [](FakeTree& tree, const std::string& status) {
        const auto folder =
            add_pci(tree, status, {.vendor = "0x1ac1", .device = "0x089a", .driver = "apex"});
        add_node(tree, folder / "apex/apex_0", "apex_0");
        return folder;
      },
      {{node / "temp", "51300\n", &metric::temperature.row, 51'300},
       {node / "trip_point0_temp", "84800\n", &metric::temperature_limit_slowdown.row, 84'800},
       {node / "trip_point2_temp", "94800\n", &metric::temperature_limit_critical.row, 94'800}}};
}

VendorTree groq() {
  return {"Groq",
          "Groq",
          "PCI-0000:41:00.0",
          "lpu",
          [](FakeTree& tree, const std::string& status) {
            return add_pci(tree, status,
                           {.vendor = "0x1de0", .device = "0x0000", .driver = "groq_driver"});
          },
          {}};
}

VendorTree gaudi() {
  return {"Habana",
          "Habana",
          "PCI-0000:41:00.0",
          "hpu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_pci(
                tree, status, {.vendor = "0x1da3", .device = "0x1020", .driver = "habanalabs"});
            tree.file(folder / "status", "Operational\n");
            add_node(tree, folder / "accel/accel0", "accel/accel0");
            return folder;
          },
          {{kPci / "max_power", "600000\n", &metric::power_limit.row, 600'000'000},
           {kPci / "clk_cur_freq_mhz", "1650\n", &metric::clock_npu.row, 1'650'000'000},
           {kPci / "clk_max_freq_mhz", "1800\n", &metric::clock_npu_max.row, 1'800'000'000},
           {kPci / "hard_reset_cnt", "2\n", &metric::resets.row, 2},
           {kPci / "cpucp_ver", "hl-gaudi2-1.16.2\n"}}};
}

/// Before kernel 6.2 the files were in the driver's own class.
VendorTree old_gaudi() {
  const fs::path node = "sys/class/habanalabs/hl0";
  return {"Habana",
          "Habana",
          "PCI-0000:41:00.0",
          "hpu",
          [](FakeTree& tree, const std::string& status) {
            tree.file("sys/class/habanalabs/hl0/pci_addr", "0000:41:00.0\n")
                .file("sys/class/habanalabs/hl1/pci_addr", "0000:42:00.0\n")
                .file("sys/class/habanalabs/hl1/max_power", "1000\n");
            add_node(tree, "sys/class/habanalabs/hl0", "hl0");
            return add_pci(tree, status,
                           {.vendor = "0x1da3", .device = "0x1000", .driver = "habanalabs"});
          },
          {{node / "max_power", "350000\n", &metric::power_limit.row, 350'000'000},
           {node / "clk_cur_freq_mhz", "1575\n", &metric::clock_npu.row, 1'575'000'000},
           {node / "hard_reset_cnt", "0\n", &metric::resets.row, 0},
           {node / "soft_reset_cnt", "3\n", &metric::resets_partial.row, 3}}};
}

VendorTree ryzen_ai() {
  return {"AMD XDNA",
          "AMD",
          "PCI-0000:41:00.0",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_pci(
                tree, status, {.vendor = "0x1022", .device = "0x1502", .driver = "amdxdna"});
            add_node(tree, folder / "accel/accel0", "accel/accel0");
            return folder;
          },
          {{kPci / "fw_version", "1.5.2.380\n"}, {kPci / "vbnv", "RyzenAI-npu1\n"}}};
}

VendorTree blackhole() {
  const fs::path node = kPci / "tenstorrent/tenstorrent!0";
  const fs::path hwmon = kPci / "hwmon/hwmon4";
  return {"Tenstorrent",
          "Tenstorrent",
          "0000A1B2C3D4E5F6",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_pci(
                tree, status, {.vendor = "0x1e52", .device = "0xb140", .driver = "tenstorrent"});
            add_node(tree, folder / "tenstorrent/tenstorrent!0", "tenstorrent/0");
            tree.file(folder / "tenstorrent/tenstorrent!0/tt_asic_id", "0000A1B2C3D4E5F6\n")
                .file(folder / "tenstorrent/tenstorrent!0/tt_heartbeat", "4711\n");
            return folder;
          },
          {{node / "tt_aiclk", "1350\n", &metric::clock_npu.row, 1'350'000'000},
           {node / "tt_axiclk", "900\n", &metric::clock_fabric.row, 900'000'000},
           {node / "tt_arcclk", "800\n", &metric::clock_soc.row, 800'000'000},
           {node / "tt_therm_trip_count", "0\n", &metric::thermal_shutdowns.row, 0},
           {node / "tt_serial", "0000046131925008\n"},
           {node / "tt_fw_bundle_ver", "18.12.0.0\n"},
           {hwmon / "temp1_input", "47250\n", &metric::temperature.row, 47'250},
           {hwmon / "temp1_max", "75000\n", &metric::temperature_limit_slowdown.row, 75'000},
           {hwmon / "power1_input", "41000000\n", &metric::power.row, 41'000'000},
           {hwmon / "power1_max", "300000000\n", &metric::power_limit.row, 300'000'000},
           {hwmon / "in0_input", "789\n", &metric::voltage.row, 789'000},
           {hwmon / "fan1_input", "2100\n", &metric::fan_rpm.row, 2'100, 0}}};
}

VendorTree atom() {
  return {"Rebellions",
          "Rebellions",
          "PCI-0000:41:00.0",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_pci(
                tree, status, {.vendor = "0x1eff", .device = "0x1220", .driver = "rebellions"});
            add_node(tree, folder / "rebellions/rbln0", "rbln0");
            return folder;
          },
          {{kPci / "rebellions/rbln0/dram_total", "17179869184\n", &metric::memory_total.row,
            17'179'869'184},
           {kPci / "rebellions/rbln0/card_name", "RBLN-CA12\n"}}};
}

VendorTree rngd() {
  return {"FuriosaAI",
          "FuriosaAI",
          "A0B1C2D3-0000-4000-8000-010203040506",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            const fs::path virtual_node = "sys/devices/virtual/rngd_mgmt/rngd!npu0mgmt";
            tree.file(virtual_node / "busname", "0000:41:00.0\n")
                .file(virtual_node / "device_uuid", "A0B1C2D3-0000-4000-8000-010203040506\n")
                .link("sys/class/rngd_mgmt/rngd!npu0mgmt",
                      "../../devices/virtual/rngd_mgmt/rngd!npu0mgmt");
            add_node(tree, virtual_node, "rngd/npu0mgmt");
            return add_pci(tree, status,
                           {.vendor = "0x1ed2", .device = "0x0001", .driver = "furiosa_rngd"});
          },
          {{"sys/devices/virtual/rngd_mgmt/rngd!npu0mgmt/device_sn", "RNGD0001\n"},
           {"sys/devices/virtual/rngd_mgmt/rngd!npu0mgmt/fw_version", "1.6.0, c1bebfd\n"}}};
}

VendorTree ascend() {
  return {"Huawei",
          "Huawei",
          "PCI-0000:41:00.0",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            return add_pci(tree, status,
                           {.vendor = "0x19e5", .device = "0xd802", .driver = "devdrv_device"});
          },
          {}};
}

VendorTree trainium() {
  const fs::path node = "sys/devices/virtual/neuron_device/neuron0";
  return {
      "AWS",
      "AWS",
      "PCI-0000:41:00.0",
      "npu",
      [](FakeTree& tree, const std::string& status) {
        tree.link("sys/class/neuron_device/neuron0", "../../devices/virtual/neuron_device/neuron0");
        add_node(tree, "sys/devices/virtual/neuron_device/neuron0", "neuron0");
        return add_pci(tree, status, {.vendor = "0x1d0f", .device = "0x7164", .driver = "neuron"});
      },
      {{node / "stats/hardware/mem_ecc_uncorrected", "5\n", &metric::ecc_uncorrected.row, 5},
       {node / "info/serial_number", "68c3a1f0f1\n"},
       {node / "info/architecture/device_name", "Trainium1\n"}}};
}

VendorTree rocket() {
  return {"Rockchip",
          "Rockchip",
          "SOC-rknn",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_platform(tree, "rknn", "", status);
            add_node(tree, folder / "accel/accel0", "accel/accel0");
            return folder;
          },
          {}};
}

VendorTree rknpu() {
  return {"Rockchip",
          "Rockchip",
          "SOC-fdab0000.npu",
          "npu",
          [](FakeTree& tree, const std::string& status) {
            tree.file("sys/class/thermal/thermal_zone0/type", "soc-thermal\n")
                .file("sys/class/thermal/thermal_zone6/type", "npu-thermal\n");
            return add_platform(tree, "fdab0000.npu", "RKNPU", status);
          },
          {{"sys/devices/platform/fdab0000.npu/devfreq/fdab0000.npu/cur_freq", "1000000000\n",
            &metric::clock_npu.row, 1'000'000'000},
           {"sys/devices/platform/fdab0000.npu/devfreq/fdab0000.npu/max_freq", "900000000\n",
            &metric::clock_npu_max.row, 900'000'000},
           {"sys/class/thermal/thermal_zone6/temp", "44384\n", &metric::temperature.row, 44'384},
           {"sys/kernel/debug/rknpu/load", "NPU load:  Core0:  7%, Core1: 41%, Core2:  0%,\n",
            &metric::utilization.row, 0.41}}};
}

VendorTree mali() {
  return {"Arm",
          "Arm",
          "SOC-fb000000.gpu",
          "gpu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_platform(tree, "fb000000.gpu", "panthor", status);
            add_node(tree, folder / "drm/renderD129", "dri/renderD129");
            return folder;
          },
          devfreq_files("sys/devices/platform/fb000000.gpu/devfreq/fb000000.gpu")};
}

VendorTree v3d() {
  return {"Broadcom",
          "Broadcom",
          "SOC-fec00000.gpu",
          "gpu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_platform(tree, "fec00000.gpu", "v3d", status);
            add_node(tree, folder / "drm/renderD128", "dri/renderD128");
            return folder;
          },
          {}};
}

VendorTree vivante() {
  return {"Vivante",
          "Vivante",
          "SOC-etnaviv",
          "gpu",
          [](FakeTree& tree, const std::string& status) {
            const auto folder = add_platform(tree, "etnaviv", "etnaviv", status);
            add_node(tree, folder / "drm/renderD128", "dri/renderD128");
            return folder;
          },
          {}};
}

}  // namespace

const std::vector<VendorTree>& vendor_trees() {
  static const std::vector<VendorTree> trees{
      apple(),    cloud_ai(),  adreno(),   kgsl(),      tpu(),  coral(),  groq(),
      gaudi(),    old_gaudi(), ryzen_ai(), blackhole(), atom(), rngd(),   ascend(),
      trainium(), rocket(),    rknpu(),    mali(),      v3d(),  vivante()};
  return trees;
}

fs::path build(FakeTree& tree, const VendorTree& vendor, const std::string& runtime_status) {
  const fs::path folder = vendor.add_device(tree, runtime_status);
  for (const DriverFile& file : vendor.files) tree.file(file.path, file.text);
  return folder;
}

}  // namespace accel::testing
