#include "core/kernel_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel {
namespace {

/// More than the kernel keeps (CONFIG_LOG_BUF_SHIFT is at most 25).
constexpr std::size_t kMost = std::size_t{32} << 20U;

/// Documentation/ABI/testing/dev-kmsg: a read gives one record; EPIPE says that records were lost
/// before the next one.
Result<std::string> read_records(int file, const std::string& path) {
  std::string records;
  std::array<char, 8192> buffer{};  // CONSOLE_EXT_LOG_MAX: no record is longer
  while (records.size() < kMost) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count > 0) {
      records.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || errno == EAGAIN) {
      break;
    } else if (errno != EINTR && errno != EPIPE) {
      return base::system_error(path, errno);
    }
  }
  return records;
}

bool parse_record(std::string_view line, KernelMessage& message) {
  const auto semicolon = line.find(';');
  if (semicolon == std::string_view::npos || line.starts_with(' ')) return false;
  auto head = line.substr(0, semicolon);
  for (int field = 0; field < 2; ++field) {
    const auto comma = head.find(',');
    if (comma == std::string_view::npos) return false;
    head.remove_prefix(comma + 1);
  }
  const auto time = base::parse_integer(head.substr(0, head.find(',')));
  if (!time || *time < 0) return false;
  message = {std::chrono::microseconds(*time), std::string(line.substr(semicolon + 1))};
  return true;
}

}  // namespace

std::vector<KernelMessage> parse_kernel_log(std::string_view records) {
  std::vector<KernelMessage> messages;
  while (!records.empty()) {
    const auto line = records.substr(0, records.find('\n'));
    records.remove_prefix(std::min(line.size() + 1, records.size()));
    KernelMessage message;
    if (parse_record(line, message)) messages.push_back(std::move(message));
  }
  return messages;
}

Result<std::vector<KernelMessage>> kernel_log(const Machine& machine) {
  const std::string path = machine.path("/dev/kmsg");
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) {
    // The kernel answers EPERM where the log is hidden, EACCES where the file is.
    if (errno == EPERM || errno == EACCES) {
      return Error{Errc::permission_denied,
                   base::system_error(path, errno).message,
                   "run as root or with CAP_SYSLOG, or set kernel.dmesg_restrict to 0",
                   {}};
    }
    return base::system_error(path, errno);
  }
  auto records = read_records(file, path);
  ::close(file);
  if (!records) return records.error();
  return parse_kernel_log(*records);
}

}  // namespace accel
