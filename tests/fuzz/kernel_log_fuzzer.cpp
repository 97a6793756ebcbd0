// The kernel's log, and NVIDIA's lines in it.
#include <cstdint>
#include <string_view>

#include "backends/nvidia/xid_log.hpp"
#include "core/kernel_log.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto log = accel::parse_kernel_log(text);
  for (const auto& message : log) accel::fuzz::require(message.time.count() >= 0);
  const auto found = accel::nvidia::xid_findings(log, {});
  accel::fuzz::require(found.size() <= log.size());
  (void)accel::nvidia::parse_xid_line(text);
  return 0;
}
