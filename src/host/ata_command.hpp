// Questions to an ATA disk, wrapped into SCSI commands as the kernel takes them (SAT-4).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "accel/result.hpp"
#include "host/device_node.hpp"

namespace accel::host {

/// What an ATA disk leaves in its registers.
struct AtaRegisters {
  std::uint8_t count = 0;
  std::uint8_t lba_mid = 0;
  std::uint8_t lba_high = 0;
};

/// Out of SCSI sense data, in descriptor or fixed format; empty where they hold no ATA registers.
[[nodiscard]] std::optional<AtaRegisters> parse_ata_registers(std::span<const std::uint8_t> sense);

/// Whether the disk has stopped turning. Answering does not start it.
[[nodiscard]] Result<bool> ata_is_asleep(const DeviceNode& node);
[[nodiscard]] Result<std::array<std::uint8_t, 512>> ata_smart_data(const DeviceNode& node);
/// The disk's own verdict: whether it expects to fail.
[[nodiscard]] Result<bool> ata_is_failing(const DeviceNode& node);

}  // namespace accel::host
