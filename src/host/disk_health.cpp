#include "host/disk_health.hpp"

#include "host/ata_command.hpp"
#include "host/ata_smart.hpp"
#include "host/device_node.hpp"
#include "host/field.hpp"
#include "host/nvme_admin.hpp"
#include "host/nvme_smart.hpp"

namespace accel::host {
namespace {

/// What the disk keeps, or that it keeps no such thing.
template <class T>
Reading<T> kept(const std::optional<T>& value, std::string_view what, const std::string& source,
                SteadyTime time) {
  if (value) return {*value, source, time};
  return {unsupported(source + ": the disk keeps no " + std::string(what)), source, time};
}

DiskHealth ask_nvme(const Machine& machine, const DiskNode& node) {
  const auto path = machine.path(node.path);
  const std::string source = path.string() + " (SMART log page)";
  const auto opened = DeviceNode::open(path, node.device_number);
  if (!opened) return no_disk_health(absence_of(opened.error()), source);
  const auto page = nvme_smart_page(*opened);
  if (!page) return no_disk_health(absence_of(page.error()), source);
  const auto identification = nvme_identification(*opened);
  const auto limit =
      identification ? nvme_warning_limit(*identification) : node.warning_limit.optional();
  return nvme_disk_health(*page, limit, source, machine.clock->steady());
}

DiskHealth ask_ata(const Machine& machine, const DiskNode& node) {
  const auto path = machine.path(node.path);
  const std::string source = path.string() + " (ATA SMART)";
  const auto opened = DeviceNode::open(path, node.device_number);
  if (!opened) return no_disk_health(absence_of(opened.error()), source);
  const auto asleep = ata_is_asleep(*opened);
  if (!asleep) return no_disk_health(absence_of(asleep.error()), source);
  if (*asleep && !machine.wake) {
    return no_disk_health(
        {ReadingStatus::asleep, path.string() + ": power mode: standby", "read it with --wake"},
        source);
  }
  const auto page = ata_smart_data(*opened);
  if (!page) return no_disk_health(absence_of(page.error()), source);
  return ata_disk_health(*page, ata_is_failing(*opened), node, source, machine.clock->steady());
}

}  // namespace

DiskHealth no_disk_health(const Absence& why, const std::string& source) {
  return {{why, source}, {why, source}, {why, source}, {why, source}};
}

DiskHealth nvme_disk_health(std::span<const std::uint8_t> page,
                            std::optional<Temperature> warning_limit, const std::string& source,
                            SteadyTime time) {
  const auto smart = parse_nvme_smart(page);
  if (!smart) return no_disk_health(absence_of(annotate(source, smart.error())), source);
  return {{nvme_health(*smart, warning_limit), source, time},
          {percent(smart->used), source, time},
          kept(smart->power_on, "believable power-on hours", source, time),
          kept(smart->temperature, "temperature", source, time)};
}

DiskHealth ata_disk_health(std::span<const std::uint8_t> page, const Result<bool>& is_failing,
                           const DiskNode& node, const std::string& source, SteadyTime time) {
  const auto smart = parse_ata_smart(page, node.rotates);
  if (!smart) return no_disk_health(absence_of(annotate(source, smart.error())), source);
  Reading<StorageHealth> health;
  if (is_failing) {
    health = {ata_health(*smart, *is_failing, node.warning_limit.optional()), source, time};
  } else {
    // Without the disk's verdict, nobody knows that it is well.
    health = {absence_of(is_failing.error()), source, time};
  }
  return {std::move(health),
          kept(smart->wear, node.rotates ? "wear: it rotates" : "wear attribute", source, time),
          kept(smart->power_on, "power-on hours", source, time),
          kept(smart->temperature, "temperature", source, time)};
}

DiskHealth ask_disk_health(const Machine& machine, const DiskNode& node) {
  switch (node.language) {
    case DiskNode::Language::nvme: return ask_nvme(machine, node);
    case DiskNode::Language::ata: return ask_ata(machine, node);
    case DiskNode::Language::none: break;
  }
  return no_disk_health(unsupported(node.why), machine.path(node.path).string());
}

}  // namespace accel::host
