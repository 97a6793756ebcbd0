// The kernel's log, as far as this user may read it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel {

struct KernelMessage {
  std::chrono::microseconds time{};  ///< since the machine started
  std::string text;
};

/// What the log still has, oldest first. permission_denied where the machine hides it
/// (kernel.dmesg_restrict). Reads without waiting for what is to come.
[[nodiscard]] Result<std::vector<KernelMessage>> kernel_log(const Machine& machine);

/// Records as /dev/kmsg gives them, "6,1234,5678901,-;text"; lines that continue one (they begin
/// with a blank) are left out, as are lines of another form.
[[nodiscard]] std::vector<KernelMessage> parse_kernel_log(std::string_view records);

}  // namespace accel
