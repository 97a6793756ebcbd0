#include "host/nvme_admin.hpp"

#include <linux/nvme_ioctl.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <string>

namespace accel::host {
namespace {

// Opcodes: NVM Express base specification 2.0, figure 138.
constexpr std::uint8_t kGetLogPage = 0x02;
constexpr std::uint8_t kIdentify = 0x06;
constexpr std::uint32_t kWholeController = 0xffffffff;
constexpr std::uint32_t kPatience = 1000;  // milliseconds

Result<void> ask(const DeviceNode& node, nvme_admin_cmd command, const char* question) {
  command.timeout_ms = kPatience;
  const int status = ::ioctl(node.get(), NVME_IOCTL_ADMIN_CMD, &command);
  if (status < 0) return question_failed(node, question, errno, "CAP_SYS_ADMIN");
  if (status > 0) {
    return Error{Errc::operation_not_supported,
                 node.path() + ": " + question + ": the controller refused, status " +
                     std::to_string(status),
                 {},
                 {}};
  }
  return {};
}

template <std::size_t N>
nvme_admin_cmd command_into(std::array<std::uint8_t, N>& buffer) {
  nvme_admin_cmd command{};
  command.addr = reinterpret_cast<std::uint64_t>(buffer.data());
  command.data_len = N;
  return command;
}

}  // namespace

Result<std::array<std::uint8_t, 512>> nvme_smart_page(const DeviceNode& node) {
  std::array<std::uint8_t, 512> page{};
  auto command = command_into(page);
  command.opcode = kGetLogPage;
  command.nsid = kWholeController;
  command.cdw10 = (512 / 4 - 1) << 16U | 0x02;  // double words less one; page 2
  if (const auto asked = ask(node, command, "SMART log page"); !asked) return asked.error();
  return page;
}

Result<std::array<std::uint8_t, 4096>> nvme_identification(const DeviceNode& node) {
  std::array<std::uint8_t, 4096> identification{};
  auto command = command_into(identification);
  command.opcode = kIdentify;
  command.cdw10 = 1;  // the controller
  if (const auto asked = ask(node, command, "identification"); !asked) return asked.error();
  return identification;
}

}  // namespace accel::host
