#include "host/ata_command.hpp"

#include <scsi/sg.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <string>

namespace accel::host {
namespace {

// ATA PASS-THROUGH (16): SAT-4, 12.2.2. ATA commands: ACS-3, 7.
constexpr std::uint8_t kPassThrough = 0x85;
constexpr std::uint8_t kNoData = 3 << 1;
constexpr std::uint8_t kDataIn = 4 << 1;
constexpr std::uint8_t kReturnRegisters = 0x20;
constexpr std::uint8_t kOneBlockIn = 0x0e;  // from the device, in blocks, as the count says
constexpr std::uint8_t kSmart = 0xb0;
constexpr std::uint8_t kSmartReadData = 0xd0;
constexpr std::uint8_t kSmartReturnStatus = 0xda;
constexpr std::uint8_t kCheckPowerMode = 0xe5;
constexpr unsigned kPatience = 1000;  // milliseconds

struct Command {
  const char* question;
  std::array<std::uint8_t, 16> cdb{};
};

Command smart_command(const char* question, std::uint8_t feature) {
  Command command{question, {kPassThrough}};
  command.cdb[4] = feature;
  command.cdb[10] = 0x4f;  // SMART's signature in the middle and high LBA
  command.cdb[12] = 0xc2;
  command.cdb[14] = kSmart;
  return command;
}

struct Answer {
  std::array<std::uint8_t, 512> data{};
  std::array<std::uint8_t, 64> sense{};
  std::uint8_t status = 0;
};

Result<Answer> ask(const DeviceNode& node, Command& command, bool has_data) {
  Answer answer;
  sg_io_hdr_t request{};
  request.interface_id = 'S';
  request.cmdp = command.cdb.data();
  request.cmd_len = static_cast<unsigned char>(command.cdb.size());
  request.sbp = answer.sense.data();
  request.mx_sb_len = static_cast<unsigned char>(answer.sense.size());
  request.timeout = kPatience;
  request.dxfer_direction = has_data ? SG_DXFER_FROM_DEV : SG_DXFER_NONE;
  request.dxferp = has_data ? answer.data.data() : nullptr;
  request.dxfer_len = has_data ? static_cast<unsigned>(answer.data.size()) : 0;
  if (::ioctl(node.get(), SG_IO, &request) != 0) {
    return question_failed(node, command.question, errno, "CAP_SYS_RAWIO");
  }
  if (request.host_status != 0 || (request.driver_status & 0x0fU & ~0x08U) != 0) {
    return Error{Errc::io_error,
                 node.path() + ": " + command.question + ": host status " +
                     std::to_string(request.host_status) + ", driver status " +
                     std::to_string(request.driver_status),
                 {},
                 {}};
  }
  answer.status = request.status;
  return answer;
}

Result<AtaRegisters> ask_registers(const DeviceNode& node, Command command) {
  command.cdb[1] = kNoData;
  command.cdb[2] = kReturnRegisters;
  const auto answer = ask(node, command, false);
  if (!answer) return answer.error();
  const auto registers = parse_ata_registers(answer->sense);
  if (!registers) {
    return Error{Errc::operation_not_supported,
                 node.path() + ": " + command.question + ": no ATA registers in the answer",
                 {},
                 {}};
  }
  return *registers;
}

}  // namespace

std::optional<AtaRegisters> parse_ata_registers(std::span<const std::uint8_t> sense) {
  if (sense.size() < 22) return std::nullopt;
  const unsigned format = sense[0] & 0x7fU;
  // SAT-4, 12.2.6: ATA Status Return descriptor, the first in the list.
  if (format == 0x72 && sense[8] == 0x09 && sense[9] >= 12) {
    return AtaRegisters{sense[13], sense[17], sense[19]};
  }
  // SAT-4, 12.2.7: fixed format; additional sense 00/1D is "ATA pass-through information".
  if (format == 0x70 && sense[12] == 0x00 && sense[13] == 0x1d) {
    return AtaRegisters{sense[6], sense[10], sense[11]};
  }
  return std::nullopt;
}

Result<bool> ata_is_asleep(const DeviceNode& node) {
  Command command{"power mode", {kPassThrough}};
  command.cdb[14] = kCheckPowerMode;
  const auto registers = ask_registers(node, command);
  if (!registers) return registers.error();
  // ACS-3, table 34: standby is 0x00 or 0x01; idle and active are 0x80 and above.
  return registers->count <= 0x01;
}

Result<std::array<std::uint8_t, 512>> ata_smart_data(const DeviceNode& node) {
  auto command = smart_command("SMART data", kSmartReadData);
  command.cdb[1] = kDataIn;
  command.cdb[2] = kOneBlockIn;
  command.cdb[6] = 1;
  const auto answer = ask(node, command, true);
  if (!answer) return answer.error();
  if (answer->status != 0) {
    return Error{
        Errc::operation_not_supported,
        node.path() + ": SMART data: the disk refused, status " + std::to_string(answer->status),
        {},
        {}};
  }
  return answer->data;
}

Result<bool> ata_is_failing(const DeviceNode& node) {
  const auto registers = ask_registers(node, smart_command("SMART status", kSmartReturnStatus));
  if (!registers) return registers.error();
  // ACS-3, 7.46.8: 4F/C2 as sent means well, F4/2C a threshold exceeded.
  if (registers->lba_mid == 0x4f && registers->lba_high == 0xc2) return false;
  if (registers->lba_mid == 0xf4 && registers->lba_high == 0x2c) return true;
  return Error{Errc::malformed,
               node.path() + ": SMART status: neither well nor failing: " +
                   std::to_string(registers->lba_mid) + "/" + std::to_string(registers->lba_high),
               {},
               {}};
}

}  // namespace accel::host
