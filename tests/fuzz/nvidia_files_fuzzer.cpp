// What the nvidia kernel module writes into /proc: no text makes a reading of a question mark or of
// several lines.
#include <cstdint>
#include <string_view>

#include "backends/nvidia/proc_files.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto file = accel::nvidia::parse_gpu_file(text, "information");
  for (const auto* reading : {&file.model, &file.uuid, &file.video_bios, &file.firmware}) {
    if (!*reading) continue;
    require(!(*reading)->empty());
    require((*reading)->find('\n') == std::string::npos);
    require((*reading)->find("??") == std::string::npos);
  }
  require(!file.minor || *file.minor >= 0);
  const auto minor = accel::nvidia::parse_minor(text, "DeviceFileMinor");
  require(!minor || (*minor >= 0 && *minor < 1 << 20));
  const std::string version = accel::nvidia::parse_module_version(text);
  require(version.find_first_not_of("0123456789.") == std::string::npos);
  return 0;
}
