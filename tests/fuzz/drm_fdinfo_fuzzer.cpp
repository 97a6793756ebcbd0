// What a DRM driver prints into /proc/PID/fdinfo: no text makes an engine without a name or without
// an engine in it, more of them than anyone has, or a share beyond all of the time.
#include <cstdint>
#include <string_view>

#include "base/drm_fdinfo.hpp"
#include "core/drm_processes.hpp"
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
    const accel::base::DrmEngine before;
    accel::base::DrmEngine now = engine;
    const auto share = accel::advance(before, now, std::chrono::seconds(1));
    require(!share || (*share >= 0 && *share <= 1));
  }
  for (const auto& region : client->regions) require(client->region(region.name) == &region);
  return 0;
}
