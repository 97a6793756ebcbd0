#include "core/sysfs/identity.hpp"

#include <algorithm>

#include "core/process_lookup.hpp"
#include "core/sysfs/number.hpp"

namespace accel::sysfs {
namespace {

/// A number of nothing but 0 or nothing but F is a field that was never written, or cannot be read.
bool is_blank_number(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  const auto only = [&](std::string_view letters) {
    return text.find_first_not_of(letters) == std::string_view::npos;
  };
  return only("0-") || only("fF-");
}

Reading<std::string> text_of(const base::Dir& folder, std::string_view file) {
  const std::string source = folder.source(file);
  auto text = folder.text(file);
  if (!text) return {absence_of(text.error()), source};
  if (text->empty()) return {Absence{ReadingStatus::unsupported, source + ": it is empty", ""}};
  return {printable(text->substr(0, text->find('\n'))), source};
}

void add(const Fact& fact, Reading<std::string> text, AcceleratorInfo& info) {
  const bool numbers_it = fact.kind == Fact::Kind::identity || fact.kind == Fact::Kind::serial;
  if (numbers_it && text && is_blank_number(*text)) {
    text =
        Absence{ReadingStatus::unsupported, text.source() + ": '" + *text + "' is no number", ""};
  }
  switch (fact.kind) {
    case Fact::Kind::identity:
      if (text) info.uuid = *text;
      break;
    case Fact::Kind::serial: info.serial = std::move(text); break;
    case Fact::Kind::model:
      if (text || !info.model) info.model = std::move(text);
      break;
    case Fact::Kind::firmware:
      if (!info.firmware_version) info.firmware_version = std::move(text);
      break;
    case Fact::Kind::driver_version:
      if (!info.driver_version) info.driver_version = std::move(text);
      break;
    case Fact::Kind::extra:
      if (text) info.extra.emplace_back(fact.key, *text);
      break;
  }
}

/// What no row of the table tells; a row that does puts it right.
void explain_absences(const Table& table, AcceleratorInfo& info) {
  const Absence untold{ReadingStatus::unsupported, "no file of the driver tells it", ""};
  info.memory = untold;
  info.serial = untold;
  info.firmware_version = untold;
  info.compute_capability =
      Absence{ReadingStatus::unsupported, std::string(table.maker) + " numbers none", ""};
  if (info.gpu_type) return;
  const bool is_gpu = info.device_type == DeviceType::gpu;
  info.gpu_type = is_gpu ? untold : Absence{ReadingStatus::unsupported, "it is no GPU", ""};
}

/// The kernel spells the names of modules with underscores, those of drivers as their authors did:
/// vfio-pci is of the module vfio_pci.
std::string module_of(std::string driver) {
  std::ranges::replace(driver, '-', '_');
  return driver;
}

}  // namespace

void read_facts(const Table& table, const Folders& folders, const std::optional<Absence>& asleep,
                const Machine& machine, AcceleratorInfo& info) {
  info.device_nodes = folders.nodes();
  explain_absences(table, info);
  // /sys/module/<module>/version (Documentation/ABI/stable/sysfs-module): the module's, not the
  // device's, so that it may be read at any time.
  if (info.driver) {
    const auto module = machine.path("/sys/module") / module_of(*info.driver);
    info.driver_version = text_of(base::Dir(module), "version");
  }
  for (const Fact& fact : table.facts) {
    add(fact, asleep ? Reading<std::string>(*asleep) : text_of(folders.at(fact.folder), fact.file),
        info);
  }
}

AcceleratorInfo platform_identity(const Table& table, const PlatformDevice& row,
                                  const base::Dir& device) {
  const std::string source = device.path().string();
  AcceleratorInfo info;
  info.uuid = "SOC-" + device.name();
  info.vendor = table.maker;
  info.device_type = row.type;
  info.model = {std::string(row.model), "driver " + std::string(row.driver)};
  info.bus_type = {BusType::soc, source};
  const Absence no_bus{ReadingStatus::unsupported, source + ": it is on no PCI bus", ""};
  info.pci_address = no_bus;
  info.pci_ids = no_bus;
  info.pcie_gen = no_bus;
  info.bandwidth_gbps = no_bus;
  info.driver = {std::string(row.driver), device.source("driver")};
  if (row.type == DeviceType::gpu) info.gpu_type = {GpuType::integrated, source};
  return info;
}

}  // namespace accel::sysfs
