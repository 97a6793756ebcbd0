#include "host/block_devices.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/place.hpp"

namespace accel::host {
namespace {

bool goes_on_with_digit(std::string_view text, std::string_view prefix) {
  return text.size() > prefix.size() && text.starts_with(prefix) &&
         std::isdigit(static_cast<unsigned char>(text[prefix.size()])) != 0;
}

Attachment attachment_of(const BlockDevice& device) {
  // The order matters: a session or a remote port ends in a SCSI host as everything else does.
  constexpr std::array<std::pair<std::string_view, Attachment>, 10> kSigns{{
      {"nvme", Attachment::nvme},
      {"session", Attachment::iscsi},         // drivers/scsi/scsi_transport_iscsi.c
      {"rport-", Attachment::fibre_channel},  // drivers/scsi/scsi_transport_fc.c
      {"end_device-", Attachment::sas},       // drivers/scsi/scsi_transport_sas.c
      {"usb", Attachment::usb},
      {"ata", Attachment::ata},
      {"virtio", Attachment::virtio},
      {"mmc", Attachment::mmc},
      {"vbd-", Attachment::xen},
      {"VMBUS:", Attachment::hyperv},
  }};
  for (const auto& [sign, attachment] : kSigns) {
    if (!device.component(sign).empty()) return attachment;
  }
  return Attachment::other;
}

BlockDevice resolve(const base::Dir& entry) {
  std::error_code failure;
  auto path = base::canonical(entry.path(), failure);
  if (failure) path = entry.path();
  BlockDevice device{entry.name(), base::Dir(path), {}, Attachment::other};
  for (const auto& component : path) device.components.push_back(component.string());
  device.attachment = attachment_of(device);
  return device;
}

/// Whether its data lie on other devices of the list or in memory.
bool is_derived(const BlockDevice& device) {
  const auto& parts = device.components;
  const auto place = std::ranges::find(parts, "virtual");
  const bool is_virtual =
      place != parts.end() && std::next(place) != parts.end() && *std::next(place) == "block";
  // A network block device is virtual to sysfs, yet its data are at a server.
  if (is_virtual && !goes_on_with_digit(device.name, "nbd")) return true;
  if (goes_on_with_digit(device.name, "pmem")) return true;
  return !device.dir.child("slaves").children().empty();
}

bool is_shown(const BlockDevice& device) {
  if (is_derived(device)) return false;
  if (device.dir.integer("hidden").value_or(0) == 1) return false;
  const auto size = device.dir.integer("size");
  const bool is_empty = size && *size == 0;
  const bool may_be_empty = device.dir.integer("removable").value_or(0) == 1 ||
                            goes_on_with_digit(device.name, "nbd") ||
                            goes_on_with_digit(device.name, "fd");
  return !(is_empty && may_be_empty);
}

}  // namespace

std::string BlockDevice::component(std::string_view prefix) const {
  const auto found = std::find_if(components.rbegin(), components.rend(), [&](const auto& part) {
    return goes_on_with_digit(part, prefix) ||
           // "VMBUS:" is at the front of the bus's name, a digit does not follow.
           (prefix == "VMBUS:" && part.starts_with(prefix));
  });
  return found == components.rend() ? std::string{} : *found;
}

std::vector<BlockDevice> block_devices(const Machine& machine) {
  std::vector<BlockDevice> devices;
  for (const auto& entry : base::Dir(machine.path("/sys/block")).children()) {
    auto device = resolve(entry);
    if (is_shown(device)) devices.push_back(std::move(device));
  }
  return devices;
}

}  // namespace accel::host
