#include "host/edac.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/dir.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

// Documentation/admin-guide/ras.rst, "EDAC control and attribute files".
constexpr std::string_view kControllers = "/sys/devices/system/edac/mc";

/// "mc0", but not the "mc_poll" and other files beside.
bool is_controller(const base::Dir& dir) {
  const auto name = dir.name();
  return name.size() > 2 && std::all_of(name.begin() + 2, name.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::vector<base::Dir> controllers(const Machine& machine) {
  auto found = directory(machine, kControllers).children("mc");
  std::erase_if(found, [](const base::Dir& dir) { return !is_controller(dir); });
  return found;
}

/// Absent as soon as one controller does not answer: a sum without it would be too small.
Reading<std::int64_t> sum(const Machine& machine, const std::vector<base::Dir>& dirs,
                          std::string_view file) {
  std::int64_t total = 0;
  for (const auto& dir : dirs) {
    auto one = integer_field(machine, dir, file);
    if (!one) return one;
    if (*one < 0 || __builtin_add_overflow(total, *one, &total)) {
      return {nonsense(one.source() + ": out of range: " + std::to_string(*one)), one.source()};
    }
  }
  return {total, machine.path(kControllers).string() + "/mc*/" + std::string(file),
          machine.clock->steady()};
}

/// "channel 1 slot 0" without the slot, for every module of at least one byte.
Reading<std::int64_t> channels(const Machine& machine, const std::vector<base::Dir>& dirs) {
  const std::string source = machine.path(kControllers).string() + "/mc*/dimm*/dimm_location";
  std::set<std::pair<std::string, std::string>> found;
  for (const auto& controller : dirs) {
    for (const auto& module : controller.children("dimm")) {
      const auto size = module.integer("size");
      if (!size || *size <= 0) continue;
      const auto location = text_field(machine, module, "dimm_location");
      if (!location) return {location.absence(), location.source()};
      if (location->find("channel") == std::string::npos) {
        return {unsupported(location.source() + ": names no channel: " + *location), source};
      }
      found.emplace(controller.name(), location->substr(0, location->find(" slot")));
    }
  }
  if (found.empty()) return {unsupported(source + ": no module"), source};
  return {static_cast<std::int64_t>(found.size()), source, machine.clock->steady()};
}

}  // namespace

EdacCounts read_edac(const Machine& machine) {
  const auto dirs = controllers(machine);
  if (dirs.empty()) {
    const auto source = machine.path(kControllers).string();
    const Reading<std::int64_t> none{
        unsupported(source + ": no memory controller",
                    "where the memory has ECC: load the platform's EDAC driver, e.g. amd64_edac "
                    "or skx_edac"),
        source};
    return {none, none, none};
  }
  return {sum(machine, dirs, "ce_count"), sum(machine, dirs, "ue_count"), channels(machine, dirs)};
}

}  // namespace accel::host
