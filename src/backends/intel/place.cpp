#include "backends/intel/place.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "base/place.hpp"

namespace accel::intel {
namespace {

using base::Dir;

constexpr std::uint16_t kIntel = 0x8086;
/// Of GPUs and NPUs (drivers/gpu/drm/i915, drivers/gpu/drm/xe, drivers/accel/ivpu).
constexpr std::array<std::string_view, 3> kDrivers{"i915", "xe", "intel_vpu"};

/// A class of device nodes: where its folders are, and below /dev its nodes.
struct NodeClass {
  std::string_view folder;  ///< below the PCI function, and below /sys/class
  std::string_view stem;    ///< "card" of "card0", whose folder holds the driver's files
  std::string_view nodes;
};
constexpr std::array kClasses{NodeClass{"drm", "card", "/dev/dri/"},
                              NodeClass{"accel", "accel", "/dev/accel/"}};

/// "card0", but not its connectors ("card0-DP-1").
bool is_numbered(std::string_view name, std::string_view stem) {
  if (!name.starts_with(stem) || name.size() == stem.size()) return false;
  return name.find_first_not_of("0123456789", stem.size()) == std::string_view::npos;
}

/// The folders that the kernel keeps below the function.
void look_below(Place& place, const NodeClass& kind) {
  for (const Dir& entry : place.device().child(kind.folder).children()) {
    const std::string name = entry.name();
    const bool is_first = is_numbered(name, kind.stem);
    if (is_first && place.class_folder.empty()) place.class_folder = entry.path();
    if (is_first || is_numbered(name, "renderD")) {
      place.nodes.push_back(std::string(kind.nodes) + name);
    }
  }
}

/// A recording may hold a card's folder, whose `device` is the function, and nothing below that.
void look_in_class(Place& place, const NodeClass& kind, const Machine& machine) {
  const std::string folder = "/sys/class/" + std::string(kind.folder);
  for (const Dir& entry : Dir(machine.path(folder)).children(kind.stem)) {
    if (!is_numbered(entry.name(), kind.stem)) continue;
    std::error_code failure;
    const auto real = base::canonical(entry.path() / "device", failure);
    if (failure || real != place.function.directory) continue;
    place.class_folder = entry.path();
    place.nodes.push_back(std::string(kind.nodes) + entry.name());
    return;
  }
}

}  // namespace

bool is_served(const PciFunction& function) {
  return function.ids.vendor == kIntel && function.driver &&
         std::ranges::find(kDrivers, *function.driver) != kDrivers.end();
}

Place place_of(const PciFunction& function, const Machine& machine) {
  Place place;
  place.function = function;
  for (const NodeClass& kind : kClasses) look_below(place, kind);
  for (const NodeClass& kind : kClasses) {
    if (place.class_folder.empty()) look_in_class(place, kind, machine);
  }
  return place;
}

}  // namespace accel::intel
