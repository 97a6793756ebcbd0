#include "backends/amd/identity.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "backends/amd/device_nodes.hpp"
#include "backends/amd/lines.hpp"
#include "backends/amd/memory_kind.hpp"
#include "backends/amd/sampling.hpp"
#include "base/number.hpp"
#include "core/bare_device.hpp"
#include "core/pci/scan.hpp"

namespace accel::amd {
namespace {

using base::Dir;

/// From libdrm, which every Mesa installation has.
constexpr std::string_view kMarketingNames = "/usr/share/libdrm/amdgpu.ids";

Reading<std::string> file_text(const Dir& dir, std::string_view name) {
  return {Sampling::text(dir, name), dir.source(name)};
}

/// The unique number of the chip: 16 hex digits.
std::string unique_id(const Card& card, const KfdNode* node) {
  std::array<char, 24> text{};
  const auto file = card.device().hex("unique_id");
  const std::uint64_t number = file && *file != 0 ? *file : node != nullptr ? node->unique_id : 0;
  if (number == 0) return {};
  std::snprintf(text.data(), text.size(), "GPU-%016llx", static_cast<unsigned long long>(number));
  return text.data();
}

Reading<std::string> model(const Card& card) {
  auto name = file_text(card.device(), "product_name");
  if (name) return name;
  const PciIds& ids = card.function().ids;
  const auto path = card.machine().path(kMarketingNames);
  if (const auto database = base::read_file(path)) {
    auto found = marketing_name(*database, ids.device, ids.revision);
    if (!found.empty()) return {std::move(found), path.string()};
  }
  auto listed = pci::database_name(ids, card.machine());
  if (listed) return listed;
  return {Absence{ReadingStatus::unsupported,
                  name.reason() + "; no name for it in " + path.string() + " nor in pci.ids",
                  "install libdrm's amdgpu.ids, or the package pci.ids"},
          name.source()};
}

/// A driver of the kernel's own tree has the kernel's version, one of AMD's packages its own.
Reading<std::string> driver_version(const Card& card) {
  const std::string driver = card.function().driver.optional().value_or("amdgpu");
  const Dir module(card.machine().path("/sys/module/" + driver));
  auto own = file_text(module, "version");
  if (own) return own;
  const Dir kernel(card.machine().path("/proc/sys/kernel"));
  return file_text(kernel, "osrelease");
}

void add_text(AcceleratorInfo& info, const char* key, const Dir& dir, std::string_view file) {
  auto text = Sampling::text(dir, file);
  if (text && *text != "unknown") info.extra.emplace_back(key, std::move(*text));
}

/// "fw_version/smc_fw_version" as "firmware_smc".
void add_firmware(AcceleratorInfo& info, const Dir& device) {
  constexpr std::string_view ending = "_fw_version";
  auto files = device.child("fw_version").children();
  std::ranges::sort(files, {}, [](const Dir& file) { return file.name(); });
  for (const Dir& file : files) {
    const std::string name = file.name();
    if (!name.ends_with(ending)) continue;
    auto version = Sampling::text(device.child("fw_version"), name);
    // All zeros: this chip has no such processor.
    if (!version || base::parse_hex(*version).value_or(1) == 0) continue;
    info.extra.emplace_back("firmware_" + name.substr(0, name.size() - ending.size()),
                            std::move(*version));
  }
}

/// The driver's files do not have it, so that it costs an ioctl on a node of a device that is
/// awake.
void add_memory_kind(AcceleratorInfo& info, const Card& card) {
  const auto& driver = card.function().driver;
  if (!card.machine().is_this_machine() || !driver || *driver != "amdgpu" || card.refusal()) return;
  const auto node = std::ranges::find_if(info.device_nodes, [](const std::string& name) {
    return name.starts_with("/dev/dri/renderD");
  });
  if (node == info.device_nodes.end()) return;
  const auto kind = ask_memory_kind(card.machine().path(*node));
  if (kind && !kind->empty()) info.extra.emplace_back("memory_type", std::string(*kind));
}

void add_compute(AcceleratorInfo& info, const KfdNode& node) {
  if (auto target = node.gfx_target(); !target.empty()) {
    info.compute_capability = {std::move(target), node.source};
  }
  if (const auto units = node.compute_units()) info.extra.emplace_back("compute_units", *units);
  info.extra.emplace_back("kfd_gpu_id", static_cast<std::int64_t>(node.gpu_id));
  if (node.memory_bits) info.extra.emplace_back("memory_bus_bits", *node.memory_bits);
  if (node.hive_id != 0) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%016llx",
                  static_cast<unsigned long long>(node.hive_id));
    info.extra.emplace_back("xgmi_hive", std::string(text.data()));
  }
}

}  // namespace

AcceleratorInfo identify(const Card& card, const KfdNode* node) {
  const Dir& device = card.device();
  AcceleratorInfo info = bus_identity(card.function());
  info.vendor = "AMD";
  info.device_type = DeviceType::gpu;
  if (auto id = unique_id(card, node); !id.empty()) info.uuid = std::move(id);
  info.model = model(card);
  info.serial = file_text(device, "serial_number");
  info.firmware_version = file_text(device, "vbios_version");
  info.driver_version = driver_version(card);
  const auto size = Sampling::integer(device, "mem_info_vram_total");
  const std::string size_source = device.source("mem_info_vram_total");
  info.memory = {size ? judged(kBytes, *size, size_source) : Result<Bytes>(size.error()),
                 size_source};
  info.compute_capability = {
      Absence{ReadingStatus::unsupported, "no node of this GPU in /sys/class/kfd/kfd/topology",
              "the kernel's option HSA_AMD adds it"},
      "/sys/class/kfd/kfd/topology"};
  if (node != nullptr) add_compute(info, *node);
  info.device_nodes = device_nodes(card, node);
  add_text(info, "board_part_number", device, "product_number");
  add_text(info, "manufacturer", device, "manufacturer");
  add_text(info, "fru_id", device, "fru_id");
  add_text(info, "memory_vendor", device, "mem_info_vram_vendor");
  add_memory_kind(info, card);
  add_text(info, "vbios_build", device, "vbios_build");
  add_firmware(info, device);
  return info;
}

Reading<GpuType> gpu_type(const Card& card) {
  ReadingSet unused;
  const Sampling sampling(card, unused);
  if (sampling.table()) {
    // Revisions 2 and 3 are those of chips with a CPU; 1.4 and later of MI300, which has variants
    // with one (MI300A), so that they do not tell.
    const MetricsTable& table = *sampling.table();
    if (table.format() >= 2) return {GpuType::integrated, table.source()};
    if (table.content() < 4) return {GpuType::discrete, table.source()};
  }
  if (const auto& sensors = sampling.sensors()) {
    // Only chips with a CPU have a northbridge rail, and only cards have limits for the edge
    // (drivers/gpu/drm/amd/pm/amdgpu_pm.c, hwmon_attributes_visible).
    const auto rail = sensors->text("in1_label");
    if (rail && *rail == "vddnb") return {GpuType::integrated, sensors->source("in1_label")};
    if (sensors->has("temp1_crit")) return {GpuType::discrete, sensors->source("temp1_crit")};
    if (sensors->has("temp2_crit")) return {GpuType::discrete, sensors->source("temp2_crit")};
  }
  return {Absence{ReadingStatus::unsupported,
                  card.device().path().string() +
                      ": neither gpu_metrics nor its sensors tell a card from a chip with a CPU",
                  ""},
          card.device().path().string()};
}

std::string marketing_name(std::string_view database, std::uint16_t device, std::uint8_t revision) {
  while (!database.empty()) {
    const auto line = next_line(database);
    const auto first = line.find(',');
    if (line.starts_with('#') || first == std::string_view::npos) continue;
    const auto second = line.find(',', first + 1);
    if (second == std::string_view::npos) continue;
    auto middle = line.substr(first + 1, second - first - 1);
    const auto id = base::parse_hex(line.substr(0, first));
    const auto step = base::parse_hex(next_word(middle));
    if (!id || !step || *id != device || *step != revision) continue;
    auto rest = line.substr(second + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    return std::string(rest);
  }
  return {};
}

}  // namespace accel::amd
