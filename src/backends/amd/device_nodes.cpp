#include "backends/amd/device_nodes.hpp"

#include <system_error>

#include "base/place.hpp"

namespace accel::amd {
namespace {

/// /sys/class/drm/NAME/device leads to the GPU.
bool leads_to(const base::Dir& entry, const std::filesystem::path& device) {
  std::error_code failure;
  return base::canonical(entry.path() / "device", failure) == device && !failure;
}

}  // namespace

std::vector<std::string> device_nodes(const Card& card, const KfdNode* node) {
  std::vector<std::string> names;
  const base::Dir drm(card.machine().path("/sys/class/drm"));
  for (const char* prefix : {"card", "renderD"}) {
    for (const base::Dir& entry : drm.children(prefix)) {
      const bool connector = entry.name().find('-') != std::string::npos;
      if (!connector && leads_to(entry, card.device().path())) {
        names.push_back("/dev/dri/" + entry.name());
      }
    }
  }
  if (node != nullptr) names.emplace_back("/dev/kfd");
  std::erase_if(names,
                [&](const std::string& name) { return !base::exists(card.machine().path(name)); });
  return names;
}

}  // namespace accel::amd
