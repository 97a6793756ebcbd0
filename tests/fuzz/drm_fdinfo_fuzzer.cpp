// What a DRM driver prints into /proc/PID/fdinfo: no text makes an engine without a name or without
// an engine in it, or more of them than anyone has.
#include <cstdint>
#include <string_view>

#include "base/drm_fdinfo.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const auto client = accel::base::parse_drm_fdinfo({reinterpret_cast<const char*>(bytes), size});
  if (!client) return 0;
  require(!client->driver.empty());
  require(client->engines.size() <= 64 && client->regions.size() <= 64);
  for (const auto& engine : client->engines) {
    require(!engine.name.empty() && engine.capacity > 0);
    require(client->engine(engine.name) == &engine);
  }
  for (const auto& region : client->regions) require(client->region(region.name) == &region);
  return 0;
}
