#include "host/disk.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/number.hpp"
#include "host/field.hpp"
#include "host/hwmon.hpp"
#include "host/nvme.hpp"
#include "host/san.hpp"

namespace accel::host {
namespace {

/// Disks of hypervisors and clouds, whose media nobody inside can tell.
bool is_virtual_model(std::string_view vendor, std::string_view model) {
  // SCSI INQUIRY vendors: QEMU (hw/scsi/scsi-disk.c), VMware, VirtualBox, Hyper-V, Google, Xen.
  constexpr std::array<std::string_view, 6> kVendors{"QEMU", "VMware", "VBOX",
                                                     "Msft", "Google", "XENSRC"};
  // Identify Controller or INQUIRY models. The first three are the clouds' network disks.
  constexpr std::array<std::string_view, 8> kModels{
      "Amazon Elastic Block Store",
      "nvme_card-pd",
      "MSFT NVMe Accelerator",
      "QEMU NVMe Ctrl",
      "QEMU HARDDISK",
      "VBOX HARDDISK",
      "VMware Virtual",
      "ORCL-VBOX-NVME",
  };
  const auto starts = [](std::string_view text) {
    return [text](std::string_view known) { return text.starts_with(known); };
  };
  return std::ranges::any_of(kVendors, starts(vendor)) ||
         std::ranges::any_of(kModels, starts(model));
}

StorageBus bus_of(const BlockDevice& device, const std::optional<NvmeController>& controller) {
  switch (device.attachment) {
    case Attachment::nvme:
      if (!controller || !controller->transport) return StorageBus::other;
      return *controller->transport == "pcie" ? StorageBus::pcie : StorageBus::network;
    case Attachment::ata: return StorageBus::sata;
    case Attachment::sas: return StorageBus::sas;
    case Attachment::usb: return StorageBus::usb;
    case Attachment::virtio: return StorageBus::virtio;
    case Attachment::iscsi:
    case Attachment::fibre_channel: return StorageBus::network;
    default: break;
  }
  const bool is_remote = device.name.starts_with("nbd") || device.name.starts_with("rbd");
  return is_remote ? StorageBus::network : StorageBus::other;
}

StorageType type_of(const BlockDevice& device, const StorageInfo& info) {
  if (info.bus_type == StorageBus::network) return StorageType::network;
  if (device.name.starts_with("sr") || device.name.starts_with("fd")) return StorageType::other;
  const auto vendor = device.dir.child("device").text("vendor").value_or("");
  const bool is_paravirtual = device.attachment == Attachment::virtio ||
                              device.attachment == Attachment::xen ||
                              device.attachment == Attachment::hyperv;
  if (is_paravirtual || is_virtual_model(vendor, info.model ? *info.model : "")) {
    return StorageType::virtual_disk;
  }
  if (device.attachment == Attachment::nvme) return StorageType::nvme_ssd;
  const auto rotates = device.dir.child("queue").integer("rotational");
  if (!rotates) return StorageType::other;
  if (*rotates == 0) {
    return info.bus_type == StorageBus::sata || vendor == "ATA" ? StorageType::sata_ssd
                                                                : StorageType::ssd;
  }
  // The kernel assumes rotation until told otherwise, and USB sticks and cards do not tell.
  const bool tells = info.bus_type == StorageBus::sata || info.bus_type == StorageBus::sas;
  return tells ? StorageType::hdd : StorageType::other;
}

/// Page 0x80 of the disk's product data (SPC-5, 7.7.17): 4 bytes of header, then the serial.
Reading<std::string> scsi_serial(const Machine& machine, const base::Dir& device) {
  const auto source = device.source("vpd_pg80");
  const auto page = base::read_file(device.path() / "vpd_pg80", 256);
  if (!page) return {absence_of(page.error()), source};
  const auto serial =
      page->size() < 4 ? std::string_view{} : trimmed(std::string_view(*page).substr(4));
  if (serial.empty()) return {unsupported(source + ": empty"), source};
  if (!is_plain_text(serial)) return {nonsense(source + ": not a text"), source};
  return {std::string(serial), source, machine.clock->steady()};
}

void read_identity(const Machine& machine, const BlockDevice& device, StorageInfo& info) {
  const auto dir = device.dir.child("device");
  switch (device.attachment) {
    case Attachment::nvme:
      info.model = text_field(machine, dir, "model");
      info.serial = text_field(machine, dir, "serial");
      info.firmware = text_field(machine, dir, "firmware_rev");
      return;
    case Attachment::mmc:  // Documentation/driver-api/mmc/mmc-dev-attrs.rst
      info.model = text_field(machine, dir, "name");
      info.serial = text_field(machine, dir, "serial");
      info.firmware = text_field(machine, dir, "fwrev");
      return;
    case Attachment::virtio:
      if (device.name.starts_with("vd")) {
        info.model = unsupported("virtio disk: virtual, media unknown");
        info.serial = text_field(machine, device.dir, "serial");
        info.firmware = unsupported("virtio disk: virtual, no firmware");
        return;
      }
      break;
    default: break;
  }
  info.model = text_field(machine, dir, "model");
  info.serial = scsi_serial(machine, dir);
  info.firmware = text_field(machine, dir, "rev");
}

Reading<Bytes> capacity(const Machine& machine, const BlockDevice& device) {
  constexpr base::Attribute<Bytes> kSize{"size", 512};  // sectors of 512 bytes, whatever the disk's
  auto size = quantity_field(machine, device.dir, kSize);
  if (size && size->value == 0) {
    return {unsupported(size.source() + ": 0: the disk is not ready"), size.source()};
  }
  return size;
}

void read_place(const Machine& machine, const BlockDevice& device,
                const std::optional<NvmeController>& controller, StorageInfo& info) {
  if (info.bus_type != StorageBus::network) {
    const Absence local = unsupported("a local disk has no server");
    info.server = local;
    info.exported = local;
  } else if (controller) {
    info.server = controller->server;
    info.exported = controller->subsystem;
  } else if (device.attachment == Attachment::iscsi ||
             device.attachment == Attachment::fibre_channel) {
    auto san = read_san_target(machine, device);
    info.server = std::move(san.server);
    info.exported = std::move(san.target);
  } else {
    const Absence unknown = unsupported(device.dir.path().string() + ": names no server");
    info.server = unknown;
    info.exported = unknown;
  }
}

/// "cciss!c0d0" is /dev/cciss/c0d0: a file's name holds no slash.
std::string node_path(const BlockDevice& device) {
  std::string path = "/dev/" + device.name;
  std::ranges::replace(path, '!', '/');
  return path;
}

DiskNode node_of(const BlockDevice& device, const std::optional<NvmeController>& controller,
                 const StorageInfo& info) {
  DiskNode node;
  node.rotates = info.device_type == StorageType::hdd;
  if (controller) {
    node.language = DiskNode::Language::nvme;
    node.path = "/dev/" + controller->name;
    node.device_number = controller->dir.text("dev").value_or("");
    return node;
  }
  node.path = node_path(device);
  node.device_number = device.dir.text("dev").value_or("");
  const bool speaks_ata = info.bus_type == StorageBus::sata ||
                          device.dir.child("device").text("vendor").value_or("") == "ATA";
  if (info.device_type == StorageType::virtual_disk) {
    node.why = "a virtual disk keeps no health record";
  } else if (speaks_ata && info.bus_type != StorageBus::usb && device.name.starts_with("sd")) {
    node.language = DiskNode::Language::ata;
  } else if (info.bus_type == StorageBus::usb) {
    node.why = "not asked through a USB bridge";
  } else {
    node.why = "the disk speaks neither NVMe nor ATA";
  }
  return node;
}

/// A SCSI disk's own state, or that of the PCI function behind an NVMe controller.
bool is_suspended(const base::Dir& dir) {
  const auto is = [](const base::Dir& device) {
    return device.child("power").text("runtime_status").value_or("") == "suspended";
  };
  return is(dir) || is(dir.child("device"));
}

void read_sensor(const Machine& machine, const base::Dir& dir, Disk& disk) {
  auto& temperature = disk.info.temperature;
  if (disk.node.suspended) {
    temperature = Absence{ReadingStatus::asleep, dir.source("power/runtime_status") + ": suspended",
                          "read it with --wake"};
    return;
  }
  auto sensor = read_disk_sensor(machine, dir);
  temperature = std::move(sensor.temperature);
  disk.node.warning_limit = std::move(sensor.warning_limit);
  if (temperature.status() == ReadingStatus::unsupported &&
      disk.node.language == DiskNode::Language::ata) {
    temperature = {unsupported(temperature.reason(), "load the kernel module drivetemp"),
                   temperature.source()};
  }
}

}  // namespace

Disk read_disk(const Machine& machine, const BlockDevice& device) {
  Disk disk;
  disk.name = device.name;
  auto& info = disk.info;
  info.device_path = node_path(device);
  const auto controller = device.attachment == Attachment::nvme ? nvme_controller(machine, device)
                                                                : std::optional<NvmeController>{};
  read_identity(machine, device, info);
  info.bus_type = bus_of(device, controller);
  info.device_type = type_of(device, info);
  info.capacity = capacity(machine, device);
  info.removable = device.dir.integer("removable").value_or(0) == 1;
  read_place(machine, device, controller, info);

  const Absence unrated = unsupported("disks do not state their rated speed to the kernel");
  info.max_read_mbps = unrated;
  info.max_write_mbps = unrated;
  info.max_iops = unrated;

  disk.node = node_of(device, controller, info);
  const auto dir = controller ? controller->dir : device.dir.child("device");
  disk.node.suspended = is_suspended(dir) && !machine.wake;
  read_sensor(machine, dir, disk);
  return disk;
}

}  // namespace accel::host
