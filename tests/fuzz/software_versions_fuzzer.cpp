// Texts that programs and packages write about their versions.
#include <cstdint>
#include <string_view>

#include "accel/host.hpp"
#include "fuzz/require.hpp"
#include "host/field.hpp"
#include "host/installed_files.hpp"
#include "host/packages.hpp"
#include "host/toolkits.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  using accel::host::is_plain_text;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto& version :
       {accel::host::docker_version(text), accel::host::nvidia_container_runtime_version(text),
        accel::host::nvidia_module_version(text), accel::host::cuda_header_version(text),
        accel::host::cuda_component_version(text, "cuda")}) {
    require(is_plain_text(version ? *version : version.error().message));
  }
  if (const auto version = accel::host::debian_version(text, "gcc-12")) {
    require(is_plain_text(*version));
  }
  (void)accel::host::has_nvidia_runtime(text);
  (void)accel::host::version_in_name(text);
  return 0;
}
